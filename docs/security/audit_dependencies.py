"""Ask an advisory database (OSV) about every locked package.

    python docs/security/audit_dependencies.py [ADDRESS]

Ends with 0 when nothing is known against any, with 1 and a list when something is, with 3 when the
database cannot be reached: then nobody has looked, and it says so. Sends names and versions of the
packages, nothing else. Not part of the tests: what it says changes from day to day.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from qingting.cli.sbom import Locked, locked

ADDRESS = "https://api.osv.dev/v1/querybatch"
CLEAN, KNOWN, NOT_LOOKED = 0, 1, 3


def ask(packages: list[Locked], address: str) -> list[list[str]]:
    """The ids known against each package, in their order. Raises OSError, ValueError."""
    queries = [
        {"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version}
        for one in packages
    ]
    request = urllib.request.Request(
        address, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        results = json.load(response)["results"]
    return [[one["id"] for one in each.get("vulns", [])] for each in results]


def main(address: str = ADDRESS) -> int:
    """Ask, tell, and return the exit status."""
    packages = locked()
    try:
        found = ask(packages, address)
    except (OSError, ValueError, KeyError) as error:
        print(f"not looked: the advisory database cannot be asked ({type(error).__name__})")
        return NOT_LOOKED
    bad = [(one, ids) for one, ids in zip(packages, found, strict=True) if ids]
    for one, ids in bad:
        print(f"{one.name} {one.version}: {', '.join(ids)}")
    print(f"{len(packages)} packages asked about, {len(bad)} with something known against them")
    return KNOWN if bad else CLEAN


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))

"""qingting sbom: what this installation is made of, as CycloneDX 1.6 JSON.

The list is requirements.lock where the program runs from its folder, with the hashes that packages
were checked against; elsewhere the packages that are installed. Licences are what the packages say
of themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from qingting import __version__

LOCK: Final = Path(__file__).resolve().parents[2] / "requirements.lock"
_PINNED: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock."""

    name: str
    version: str
    hashes: tuple[str, ...]


def locked(path: Path = LOCK) -> list[Locked]:
    """The packages of a lock, in its order. Raises OSError."""
    found: list[Locked] = []
    # A package goes on over lines that end with a backslash.
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if match := _PINNED.match(entry.strip()):
            hashes = tuple(_HASH.findall(entry))
            found.append(Locked(_plain(match["name"]), match["version"], hashes))
    return found


def installed() -> Iterator[Locked]:
    """What is installed, where there is no lock."""
    for one in sorted(metadata.distributions(), key=lambda each: _plain(each.name)):
        yield Locked(_plain(one.name), one.version, ())


def made(packages: list[Locked], now: datetime) -> dict[str, Any]:
    """The document."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "qingting",
                "name": "qingting",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": [_component(one) for one in packages],
    }


def write() -> str:
    """The document of this installation, as text."""
    packages = locked() if LOCK.is_file() else list(installed())
    return json.dumps(made(packages, datetime.now(UTC)), indent=2, ensure_ascii=False) + "\n"


def _component(one: Locked) -> dict[str, Any]:
    address = f"pkg:pypi/{one.name}@{one.version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": one.name,
        "version": one.version,
        "purl": address,
    }
    if licence := _licence(one.name):
        component["licenses"] = [{"license": {"name": licence}}]
    if one.hashes:
        # One for each file of the package; a component's own hashes would mean one file.
        component["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                "hashes": [{"alg": "SHA-256", "content": each} for each in one.hashes],
            }
        ]
    return component


def _licence(name: str) -> str:
    """What the package says; empty when it is not installed here or says nothing short."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    names = ("License-Expression", "License")
    found = next((said[one] for one in names if one in said), "")
    if not found or len(found) > 80 or "\n" in found:
        classes = [one for one in said.get_all("Classifier") or [] if one.startswith("License")]
        found = classes[0].rpartition(" :: ")[2] if classes else ""
    return str(found)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

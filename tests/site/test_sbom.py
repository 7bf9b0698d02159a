"""The list of parts is what is locked, and what is locked is what is installed."""

from __future__ import annotations

import json
from importlib import metadata

from click.testing import CliRunner

from qingting.cli.main import main
from qingting.cli.sbom import LOCK, installed, locked, made

# Locked for systems that are not this one.
ELSEWHERE = {"colorama", "httpx2-jsfetch"}


def test_every_package_is_locked_by_hash() -> None:
    for name in (LOCK, LOCK.with_name("requirements-dev.lock")):
        packages = locked(name)
        assert len(packages) > 30
        assert [one.name for one in packages if not one.hashes] == []
        pins = [line for line in name.read_text().splitlines() if "==" in line]
        assert len(pins) == len(packages), "a line that is no pin"


def test_the_list_is_what_is_locked() -> None:
    said = CliRunner().invoke(main, ["sbom"])
    assert said.exit_code == 0, said.output
    listed = json.loads(said.output)
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["serialNumber"].startswith("urn:uuid:")
    components = {one["purl"]: one for one in listed["components"]}
    assert set(components) == {f"pkg:pypi/{one.name}@{one.version}" for one in locked()}
    django = next(one for one in listed["components"] if one["name"] == "django")
    assert django["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    hashes = [each["content"] for each in django["externalReferences"][0]["hashes"]]
    assert hashes
    assert all(len(one) == 64 for one in hashes)


def test_what_is_locked_is_installed() -> None:
    here = {one.name: one.version for one in installed()}
    # A package may be locked twice, for older and newer versions of Python.
    for name in {one.name for one in locked()} - ELSEWHERE:
        assert here[name] in {one.version for one in locked() if one.name == name}, name


def test_without_a_lock_what_is_installed_is_listed() -> None:
    from datetime import UTC, datetime

    listed = made(list(installed()), datetime(2026, 3, 1, tzinfo=UTC))
    assert listed["metadata"]["timestamp"] == "2026-03-01T00:00:00Z"
    names = {one["name"] for one in listed["components"]}
    assert {"django", "cryptography"} <= names
    assert metadata.version("django") in {one["version"] for one in listed["components"]}

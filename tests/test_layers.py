"""Folder = feature, file = layer: which files may know HTTP, and which numbers may stand where."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "qingting"
HTTP = ("django.http", "django.shortcuts", "django.views", "django.urls")
# pages, their addresses, who a request comes from, who may pass a door, django-allauth's hooks, and
# the site that puts them together.
MAY_KNOW_HTTP = re.compile(
    r"(^site/|(^|/)(\w*pages?|(\w+_)?urls|visitors|visiting|actor|doors|(\w+_)?forms|adapter|entering|middleware|provider|saml|freshness|first_factor|lock)\.py$)"
)
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def knows_http(path: Path) -> bool:
    return any(name == web or name.startswith(web + ".") for name in imported(path) for web in HTTP)


def test_only_pages_know_http() -> None:
    offenders = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if knows_http(path) and not MAY_KNOW_HTTP.search(path.relative_to(PACKAGE).as_posix())
    ]
    assert offenders == []


def test_the_rule_sees_an_offender(tmp_path: Path) -> None:
    bad = tmp_path / "service.py"
    bad.write_text("from django.http import HttpRequest\n")
    assert knows_http(bad)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_crisis_number_stands_in_code(path: Path) -> None:
    found = re.findall(r"\b(?:12356|12355|741741|400-\d{3}-\d{4}|116 ?123)\b", path.read_text())
    assert found == []


def test_no_file_is_a_god() -> None:
    long = {p.name: n for p in FILES if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}

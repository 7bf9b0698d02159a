"""Days on which something was looked at: never in the future, and not longer ago than a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder, tables
from qingting.content_check.places import Path

DATED: Final = ("compiled_on", "reviewed_on", "verified_on")
OLDEST: Final = 365


def check(folder: Folder, today: date) -> Iterator[Finding]:
    """Every day of every file."""
    for document in folder.documents:
        yield from of(document, today)


def of(document: Document, today: date) -> Iterator[Finding]:
    """The days of one file."""
    for place, value in _days(document.data, ()):
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            yield document.found("no_day", place, value=str(value))
            continue
        age = (today - day).days
        if age < 0:
            yield document.found("future", place, day=str(day), today=str(today))
        elif age > OLDEST:
            yield document.found("old", place, day=str(day), days=str(age))


def _days(table: Mapping[str, Any], place: Path) -> Iterator[tuple[Path, Any]]:
    for key, value in table.items():
        if key in DATED:
            yield (*place, key), value
        elif isinstance(value, dict):
            yield from _days(value, (*place, key))
        elif isinstance(value, list):
            for number, one in tables(value):
                yield from _days(one, (*place, key, number))

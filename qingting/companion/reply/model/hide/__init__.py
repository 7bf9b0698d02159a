"""Finds in a text what tells who somebody is: names, numbers, schools, addresses."""

from __future__ import annotations

from typing import Final

from qingting.companion.reply.model.hide import chinese, english, numbers
from qingting.companion.reply.model.hide.found import Found, Kind, plain
from qingting.companion.reply.model.hide.remembered import Remembered

__all__ = ["Found", "Kind", "find_all", "without_overlaps"]


def _look(text: str) -> list[Found]:
    """Everything found, not overlapping, in the order of the text."""
    readable = plain(text)
    found = [
        *numbers.find(readable),
        *chinese.find(readable),
        *english.find(readable),
    ]
    return without_overlaps(found)


def without_overlaps(found: list[Found]) -> list[Found]:
    """Of things that overlap the longer stays, then the surer kind."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.order, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


# Twelve of the thirteen texts of a turn were looked through a turn ago: 1 to 3 ms less of each.
find_all: Final = Remembered(_look)

"""Lists that ask hold one question a line; lists that show listening hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qingting.companion.protect.facets import NOW, NOW_USUAL, ORDER
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Folder, Line

_ASKING: Final = frozenset(
    {
        *("ask", "widen", "explore", "comfort", "act"),
        *(name for names in ORDER.values() for name in names),
        *(name for names in (*NOW.values(), NOW_USUAL) for name in names),
    }
)
_STILL: Final = frozenset(
    {
        *("notice", "lead", "light", "strong", "quoted", "picked", "about", "plain", "room"),
        *("effort", "ordinary", "stay", "honest", "bring", "bring_plain"),
    }
)
_OFFERS: Final = (
    ("people", "offer"),
    ("plan", "offer"),
    *(("coming_back", f"day{days}") for days in (1, 3, 7, 30)),
)
# What somebody else is said to ask, or the person asked, is no question of ours.
_QUOTES: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")


def check(folder: Folder) -> Iterator[Finding]:
    """Every line of the talk."""
    for line in folder.lines:
        if line.spoken:
            yield from _of(line)


def _of(line: Line) -> Iterator[Finding]:
    outside = _marks(_QUOTES.sub("", line.text))
    if _asks(line.path):
        ends = line.text.rstrip('”"').endswith(("？", "?"))
        if outside == 0:
            yield line.found("asks_nothing")
        elif outside > 1:
            yield line.found("asks_twice")
        elif line.path[0] != "safety" and not ends:
            yield line.found("asks_not_last")
    elif line.path[-1] in _STILL:
        if outside:
            yield line.found("asks_here", key=line.path[-1])
    elif _marks(line.text) > 1:
        yield line.found("asks_twice")


def _asks(path: tuple[str, ...]) -> bool:
    """Whether the lines of a list are questions."""
    shelf, last = path[0], path[-1]
    if shelf in ("topics", "situations"):
        return last in ("ask", "widen")
    if shelf == "danger":
        return last == "ask" or bool({"probes", "now"} & set(path))
    if shelf == "safety":
        return last == "ask" or path[1:3] in _OFFERS
    if path[:2] in (("moves", "remark"), ("moves", "check_in")):
        return last == "ask"
    return path[:2] == ("moves", "question") and (last in _ASKING or path[2] in ("felt", "asked"))


def _marks(text: str) -> int:
    return text.count("？") + text.count("?")

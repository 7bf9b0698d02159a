"""The opening of a text or a letter that somebody asked for, with a gap for them to fill."""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.plan.openings import OPENING, address
from qingting.companion.words.bank import bank
from qingting.companion.work import Work

# How a parent is spoken to at the beginning of one; they have their own word.
_ADDRESSED: Final = re.compile(r"(?<=[“\"])(?:妈|爸|Mum|Dad)(?=[，,])")
# What is said after an opening, where it is not the general line.
_AFTER: Final = {"ex": "after_ex", "dead": "after_dead"}


def is_opening(small: str | None) -> bool:
    """Whether the plan of this name gives an opening."""
    return small is not None and small.startswith(OPENING)


def opening(work: Work) -> tuple[str, ...]:
    """The opening, and one word on what to do with it. When all were given, one again."""
    path = (work.plan.small or "").removeprefix(OPENING).split(".")
    words, chooser = bank(work.language), work.chooser
    if path == ["none"] and work.state.no_exercises:
        path = ["none_plain"]
    lines = words.lines("moves", "openings", *path)
    first = chooser.choose(lines) or chooser.again(lines)
    after = _AFTER.get(path[0], "after") if len(path) > 1 else ""
    more = chooser.choose(words.lines("moves", "openings", after)) if after else None
    if first and path[0] == "parent":
        first = _ADDRESSED.sub(address(work) or r"\g<0>", first)
    return tuple(line for line in (first, more) if line)

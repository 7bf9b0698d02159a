"""A sentence of a message, as everything that looks for what is worth keeping reads it."""

from __future__ import annotations

from dataclasses import dataclass

from qingting.companion.remember.dates.span import DateSpan


@dataclass(frozen=True, slots=True)
class Sentence:
    """plain: apostrophes and characters made one (extract.plain_of). marked: plain, with marks for
    the letters of its days. typed: as it was typed, from `start` of its message on. All three are
    of equal length."""

    plain: str
    marked: str
    typed: str
    start: int
    days: tuple[DateSpan, ...]

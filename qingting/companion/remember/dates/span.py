"""A stretch of days that a text names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days named by text[start:end]: from `first` to `last`, both included (the same for a single
    day). exact: the days themselves were named; False for a stretch in which something happens on
    one day of it ("next week", "下个月")."""

    start: int
    end: int
    first: date
    last: date
    exact: bool = True

"""A place in a text where a Chinese day is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qingting.companion.remember.dates.chinese_parts import is_over

# First and last day, and whether the days themselves were named.
Days = tuple[date, date, bool]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day is named, what surrounds it, and the day before it that it may lean on."""

    match: re.Match[str]
    text: str
    today: date
    before: Days | None

    @property
    def over(self) -> bool:
        """Whether what is told of the day is past."""
        return is_over(self.text, self.match.start(), self.match.end())


Rule = tuple[re.Pattern[str], Callable[[Place], Days | None]]

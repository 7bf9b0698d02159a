"""A letter about a week, and the page to take to somebody, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from qingting.companion.person import Language

By = Literal["guided", "model"]
Section = Literal["lately", "sleep", "worse", "helps", "questions", "want", "dont_want"]
SECTIONS: Final[tuple[Section, ...]] = Section.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """One letter.

    week: ISO week it is about. by: who worded it; edited: the person changed it. gone: they deleted
    it, so that nothing is left but that this week has had its letter. present: it sums nothing up.
    locale, timezone: of the person when it was made, by which the next one is.
    """

    id: str
    week: str
    language: Language
    words: str
    at: datetime
    by: By = "guided"
    edited: bool = False
    gone: bool = False
    present: bool = False
    locale: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The page to take to somebody. sections: their words. left_out: sections that are not printed.
    name: as they typed it, "" for none. on: the day it says."""

    id: str
    language: Language
    on: date
    sections: Mapping[Section, str] = field(default_factory=dict)
    left_out: frozenset[Section] = frozenset()
    name: str = ""

"""A pack: what one place asks, statement by statement, each with its source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from qingting.companion.person import AgeBand
from qingting.policy.packs.kinds import Value

Who = Literal["all", "minor", "known_minor", "u13", "u14", "u16", "16-17"]
# in_force and future come from the day in `since`; guidance asks and does not bind; unconfirmed may
# be law or not; derived is our reading of what a law means for a companion.
State = Literal["in_force", "future", "guidance", "unconfirmed", "derived"]
# V: the text was read. S: told by others who read it. M: from memory. U: unsure.
Confidence = Literal["V", "S", "M", "U"]
SURE: Final = frozenset({"V", "S"})

_MINORS: Final[frozenset[AgeBand]] = frozenset({"under_14", "14_15", "16_17"})
_BANDS: Final[dict[Who, frozenset[AgeBand]]] = {
    "all": _MINORS | {"unknown", "adult"},
    "minor": _MINORS,
    "known_minor": _MINORS,
    # A line inside a band is never looked for: who may be under it counts as under it.
    "u13": frozenset({"under_14"}),
    "u14": frozenset({"under_14"}),
    "u16": frozenset({"under_14", "14_15"}),
    "16-17": frozenset({"16_17"}),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One control as one place asks for it. since: from which day; None: it was so before anybody
    noted the day. ref: the article, as the pack's sources name it."""

    pack: str
    control: str
    who: Who
    value: Value
    state: State
    since: date | None
    ref: str
    confidence: Confidence

    @property
    def id(self) -> str:
        """How an operator names it, e.g. to confirm it: US-NY:minors.companion_features:minor."""
        return f"{self.pack}:{self.control}:{self.who}"

    @property
    def sure(self) -> bool:
        """Whether it may be relied on where it is milder than what applies without it."""
        return self.confidence in SURE

    def concerns(self, band: AgeBand) -> bool:
        """Whether it is about somebody of this age."""
        return band in _BANDS[self.who]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a pack's facts come from. ref: the beginning of the refs it stands behind."""

    ref: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """One place, or one overlay for a setting.

    id: CN, US-CA, school. places: country codes it is the pack of; none for a part of a country and
    for an overlay. within: packs that apply wherever this one does. names: in both languages.
    """

    id: str
    names: dict[str, str]
    places: tuple[str, ...]
    within: tuple[str, ...]
    verified_on: date
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]

    def name(self, language: str) -> str:
        """Its name in a language; English where that has none."""
        return self.names.get(language, self.names["en"])

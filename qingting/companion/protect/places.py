"""Help at hand for one person, now: the right emergency number and the best line to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qingting.companion.person import Language, Person
from qingting.companion.protect.resources import Directory, Resource, region_of
from qingting.companion.understand.reading import Kind

_POLICE: Final[frozenset[Kind]] = frozenset(
    {"violence", "abuse", "sexual_violence", "exploitation"}
)
# Said where the place is unknown: a number that may be wrong is worse than none.
_EMERGENCY_UNKNOWN: Final[Mapping[Language, str]] = {
    "zh": "你所在地的急救电话",
    "en": "your local emergency number",
}


@dataclass(frozen=True, slots=True)
class Help:
    """The numbers that may stand in one reply."""

    language: Language
    ambulance: Resource | None
    police: Resource | None
    line: Resource | None

    def slots(self, kind: Kind | None) -> dict[str, str]:
        """The {emergency} and {line} slots for a kind of danger."""
        first = self.police if kind in _POLICE else self.ambulance
        number = first.number if first else None
        found = {"emergency": number or _EMERGENCY_UNKNOWN[self.language]}
        if self.line is not None:
            found["line"] = self.line.label(self.language)
        return found

    @property
    def pinned(self) -> tuple[str, str] | None:
        """Label and address of the line to keep in sight."""
        if self.line is None or self.line.href is None:
            return None
        return self.line.label(self.language), self.line.href


def help_for(person: Person, language: Language, now: datetime, directory: Directory) -> Help:
    """What can be offered to this person now: place from their choice, then from their locale."""
    region = person.region or region_of(person.locale)
    place = directory.for_place(region, language=language)
    return Help(
        language=language,
        ambulance=place.emergency("ambulance"),
        police=place.emergency("police"),
        line=place.crisis_line(now, person.age_band) or place.finder,
    )

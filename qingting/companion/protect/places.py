"""Help at hand for one person, now: the right emergency number and the best line to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from qingting.companion.person import Language, Person
from qingting.companion.protect.institution import on_duty_now
from qingting.companion.protect.resource import Resource
from qingting.companion.protect.resources import Directory, Place, region_of
from qingting.companion.understand.reading import Kind

_POLICE: Final[frozenset[Kind]] = frozenset(
    {"violence", "abuse", "sexual_violence", "exploitation"}
)
# The hours, on the person's own clock, between which a line with office-like hours may be closed.
_NIGHT: Final = 23
_MORNING: Final = 7
# Said where the place is unknown: a number that may be wrong is worse than none.
_EMERGENCY_UNKNOWN: Final[Mapping[Language, str]] = {
    "zh": "你所在地的急救电话",
    "en": "your local emergency number",
}


@dataclass(frozen=True, slots=True)
class Help:
    """What may stand in one reply. line: the line to name, None where the place has none to call;
    finder: the international directory, shown beside the words then."""

    language: Language
    ambulance: Resource | None
    police: Resource | None
    line: Resource | None
    finder: Resource

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
        shown = self.line or self.finder
        return (shown.label(self.language), shown.href) if shown.href else None

    def pinned_now(self, kind: Kind | None) -> tuple[str, str] | None:
        """Label and address of the emergency number, where it may be now: one touch to call."""
        first = self.police if kind in _POLICE else self.ambulance
        if first is None or first.href is None:
            return self.pinned
        return first.label(self.language), first.href


def help_for(person: Person, language: Language, now: datetime, directory: Directory) -> Help:
    """What can be offered to this person now: place from their choice, then from their locale."""
    region = person.region or region_of(person.locale)
    place = directory.for_place(region, language=language)
    return Help(
        language=language,
        ambulance=place.emergency("ambulance"),
        police=place.emergency("police"),
        line=_line_for(place, person, now),
        finder=place.finder,
    )


def _line_for(place: Place, person: Person, now: datetime) -> Resource | None:
    """The best line: somebody of their own institution who is on duty now, for they can come; else
    a crisis line, at night one that is surely open before one whose hours differ by city."""
    on_duty = on_duty_now(place.resources, now)
    if on_duty is not None:
        return on_duty
    lines = place.crisis_lines(now, person.age_band)
    if _is_night(person, now):
        surely_open = [line for line in lines if line.open_now(now)]
        lines = (*surely_open, *lines)
    return lines[0] if lines else None


def _is_night(person: Person, now: datetime) -> bool:
    return not _MORNING <= now.astimezone(ZoneInfo(person.timezone)).hour < _NIGHT

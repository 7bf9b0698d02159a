"""Help at hand for one person, now: the right emergency number and the best line to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from qingting.companion.person import Language, Person
from qingting.companion.protect.institution import on_duty_now
from qingting.companion.protect.resource import Resource
from qingting.companion.protect.resources import Directory, Place, region_of
from qingting.companion.understand.reading import KINDS, Kind

_POLICE: Final[frozenset[Kind]] = frozenset(
    {"violence", "abuse", "sexual_violence", "exploitation"}
)
_NO_CRISIS: Final[frozenset[Kind]] = frozenset({"panic"})
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
    own: the line of one kind of danger, where the place has one, named instead of it; finder: the
    international directory, shown beside the words where there is no line; poison: the line that
    knows what is dangerous to have taken."""

    language: Language
    ambulance: Resource | None
    police: Resource | None
    line: Resource | None
    finder: Resource
    own: Mapping[Kind, Resource] = field(default_factory=dict)
    poison: Resource | None = None

    def slots(self, kind: Kind | None) -> dict[str, str]:
        """The {emergency}, {police} and {line} slots for a kind of danger; {emergency_text}, the
        number that takes a text where speaking is dangerous, and {poison}, where the place has
        them."""
        first = self._first(kind)
        number = first.number if first else None
        found = {"emergency": number or _EMERGENCY_UNKNOWN[self.language]}
        found["police"] = (self.police and self.police.number) or found["emergency"]
        line = self.line_of(kind)
        if line is not None:
            found["line"] = line.label(self.language)
        texted = _texted(first)
        if texted is not None:
            found["emergency_text"] = texted
        if self.poison is not None:
            found["poison"] = self.poison.label(self.language)
        return found

    def line_of(self, kind: Kind | None) -> Resource | None:
        """The line to name for a kind of danger."""
        own = self.own.get(kind) if kind is not None else None
        # A panic is not given a line for people who want to die: one of its own, or none.
        return own if own is not None or kind in _NO_CRISIS else self.line

    @property
    def pinned(self) -> tuple[str, str] | None:
        """Label and address of the line to keep in sight."""
        return self.pinned_for(None)

    def pinned_for(self, kind: Kind | None) -> tuple[str, str] | None:
        """Label and address of the line to keep in sight in a kind of danger."""
        shown = self.line_of(kind) or self.finder
        return (shown.label(self.language), shown.href) if shown.href else None

    def pinned_now(self, kind: Kind | None) -> tuple[str, str] | None:
        """Label and address of the emergency number, where it may be now: one touch to call."""
        first = self._first(kind)
        if first is None or first.href is None:
            return self.pinned_for(kind)
        return first.label(self.language), first.href

    def _first(self, kind: Kind | None) -> Resource | None:
        return self.police if kind in _POLICE else self.ambulance


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
        own=_own_lines(place, person, now),
        poison=next((each for each in place.resources if each.kind == "poison"), None),
    )


def _line_for(place: Place, person: Person, now: datetime) -> Resource | None:
    """The best line: somebody of their own institution who is on duty now, for they can come; else
    a crisis line, at night one that is surely open before one whose hours differ by city."""
    on_duty = on_duty_now(place.resources, now)
    if on_duty is not None:
        return on_duty
    return _best(place.crisis_lines(now, person.age_band), person, now)


def _own_lines(place: Place, person: Person, now: datetime) -> dict[Kind, Resource]:
    """The best line of each kind of danger that has lines of its own there. Somebody of their own
    institution who is on duty goes before these, too."""
    on_duty = on_duty_now(place.resources, now)
    if on_duty is not None:
        return dict.fromkeys(_NO_CRISIS, on_duty)
    found = {}
    for kind in KINDS:
        line = _best(place.lines_of(kind, now, person.age_band), person, now)
        if line is not None:
            found[kind] = line
    return found


def _best(lines: tuple[Resource, ...], person: Person, now: datetime) -> Resource | None:
    if _is_night(person, now):
        surely_open = [line for line in lines if line.open_now(now)]
        lines = (*surely_open, *lines)
    return lines[0] if lines else None


def _texted(first: Resource | None) -> str | None:
    """The number of an emergency service that takes a text instead of a call."""
    for channel in first.channels if first is not None else ():
        if channel.type == "text":
            return channel.value
    return None


def _is_night(person: Person, now: datetime) -> bool:
    return not _MORNING <= now.astimezone(ZoneInfo(person.timezone)).hour < _NIGHT

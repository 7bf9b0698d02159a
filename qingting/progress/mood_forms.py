"""A check-in as its form sends it. Whatever was typed stays in it, also where it cannot be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from qingting.companion.progress.cells import day_of, sleep_of
from qingting.companion.progress.mood import Mood
from qingting.companion.progress.mood_words import mood_keys

# A note, and no page of the journal; what is longer is kept all the same.
ROOM: Final = 2_000
_SPOT: Final = re.compile(r"(-[12]|[0-2])_(-[12]|[0-2]|)")
_MIDDAY: Final = time(12)


@dataclass(frozen=True, slots=True)
class TypedMood:
    """A form of a check-in. spot: the place on the grid, valence and energy with "_" between.
    sleep, day: as typed. problem: what keeps it from being kept, in words, and `wrong` the field
    that it is about; both "" for nothing."""

    which: str
    spot: str = ""
    feelings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sleep: str = ""
    note: str = ""
    day: str = ""
    problem: str = ""
    wrong: str = ""
    hours: float | None = field(default=None, compare=False)
    on: date | None = field(default=None, compare=False)

    @property
    def more(self) -> bool:
        """Whether there is something beside the one tap."""
        return bool(
            self.feelings or self.about or self.sleep or self.note or self.day or self.wrong
        )


def typed_mood(form: QueryDict, today: date, before: Mood | None = None) -> TypedMood:
    """Read the form. today: the person's day. before: the check-in it puts right; where that was
    noted without a place on the grid it may stay so."""
    keys = mood_keys()
    typed = TypedMood(
        which=form.get("which", ""),
        spot=form.get("spot", ""),
        feelings=_among(form.getlist("feeling"), keys.every_feeling),
        about=_among(form.getlist("about"), keys.about),
        sleep=form.get("sleep", "").strip(),
        note=form.get("note", "").replace("\r\n", "\n").strip(),
        day=form.get("day", "").strip(),
    )
    hours, on = sleep_of(typed.sleep), day_of(typed.day)
    if typed.sleep and hours is None:
        told = _("How long you slept could not be read. Hours, like 6 or 7.5.")
        return replace(typed, problem=told, wrong="sleep")
    if typed.day and (on is None or on > today):
        told = _("That day could not be read, or it is still to come.")
        return replace(typed, problem=told, wrong="day")
    if before is None and not _SPOT.fullmatch(typed.spot):
        told = _("One square first, whichever is nearest.")
        return replace(typed, problem=told, wrong="spot")
    return replace(typed, hours=hours, on=on)


def mood_of(typed: TypedMood, which: UUID, now: datetime, before: Mood | None = None) -> Mood:
    """The check-in a form makes. typed: without a problem. now: on the person's own clock."""
    at = before.at if before is not None else now.replace(microsecond=0)
    on = before.on if before is not None else now.date()
    if typed.on is not None and typed.on != on:
        on = typed.on
        at = datetime.combine(on, at.timetz() if before is not None else _MIDDAY, at.tzinfo)
    valence, energy = (before.valence, before.energy) if before is not None else (0, None)
    if found := _SPOT.fullmatch(typed.spot):
        valence, energy = int(found[1]), int(found[2]) if found[2] else None
    return Mood(
        id=which.hex,
        on=on,
        at=at,
        valence=valence,
        energy=energy,
        feelings=typed.feelings,
        about=typed.about,
        sleep=typed.hours,
        note=typed.note,
        source=before.source if before is not None else "tapped",
    )


def as_typed(mood: Mood) -> TypedMood:
    """The form that a check-in would have come from."""
    energy = "" if mood.energy is None else mood.energy
    return TypedMood(
        which=mood.id,
        spot=f"{mood.valence}_{energy}",
        feelings=mood.feelings,
        about=mood.about,
        sleep="" if mood.sleep is None else f"{mood.sleep:g}",
        note=mood.note,
        day=mood.on.isoformat(),
    )


def _among(sent: list[str], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in known if one in sent)

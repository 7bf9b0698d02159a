"""What somebody wants to be asked again. Nobody is asked again without having chosen so, and being
asked is a quiet line on two pages: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from qingting.companion.instruments.shelf import instruments
from qingting.progress.models import Schedule
from qingting.progress.rows import ANSWERS, Rows
from qingting.progress.service import Progress

# Days: the window that most questionnaires ask about, so that no two of them overlap.
EVERY: Final = 14


@dataclass(frozen=True, slots=True)
class Again:
    """That a questionnaire is asked again. every: in days. start: the day it was chosen on."""

    id: str
    instrument: str
    every: int
    start: date


def _dump(again: Again) -> dict[str, Any]:
    return {
        "v": 1,
        "instrument": again.instrument,
        "every": again.every,
        "from": again.start.isoformat(),
    }


def _load(which: str, stored: dict[str, Any]) -> Again:
    start = date.fromisoformat(stored["from"])
    return Again(which, stored["instrument"], stored["every"], start)


SCHEDULES: Rows[Again] = Rows(Schedule, _dump, _load)


def chosen(progress: Progress, person: UUID) -> dict[str, Again]:
    """What is asked again, by questionnaire. Raises CannotStore's errors."""
    return {one.instrument: one for one in SCHEDULES.all_of(person, progress.seal(person))}


def ask_again(progress: Progress, person: UUID, key: str, today: date) -> None:
    """Ask a questionnaire again, every two weeks."""
    seal = progress.seal(person)
    with transaction.atomic():
        held = [one for one in SCHEDULES.all_of(person, seal) if one.instrument == key]
        which = UUID(held[0].id) if held else uuid4()
        again = Again(which.hex, key, EVERY, today)
        SCHEDULES.keep(person, which, again, seal, progress.clock())


def ask_no_more(progress: Progress, person: UUID, key: str) -> None:
    """Ask it again no more."""
    seal = progress.seal(person)
    with transaction.atomic():
        for one in SCHEDULES.all_of(person, seal):
            if one.instrument == key:
                SCHEDULES.drop(person, UUID(one.id))


def due(progress: Progress, person: UUID, today: date) -> tuple[str, ...]:
    """The questionnaires somebody wanted to be asked again and whose day has come, by key. today:
    their own day. Raises CannotStore's errors."""
    seal = progress.seal(person)
    wanted = [one for one in SCHEDULES.all_of(person, seal) if one.instrument in instruments()]
    if not wanted:
        return ()
    finished: dict[str, date] = {}
    for answers in ANSWERS.all_of(person, seal):
        if answers.finished:
            last = finished.get(answers.instrument)
            finished[answers.instrument] = max(last or answers.on, answers.on)
    return tuple(
        one.instrument
        for one in wanted
        if today >= finished.get(one.instrument, one.start) + timedelta(days=one.every)
    )

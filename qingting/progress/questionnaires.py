"""Questionnaires by person: begun, gone on with, left, read again, deleted; danger in an answer is
heard in the transaction that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from qingting.companion.instruments.instrument import Answers, Instrument, Item
from qingting.companion.instruments.scoring import checked, score
from qingting.companion.instruments.shelf import askable
from qingting.companion.person import AgeBand, Person
from qingting.companion.protect.institution import on_duty_now
from qingting.companion.protect.resources import Directory, region_of
from qingting.people import devices
from qingting.people.models import Person as PersonRow
from qingting.privacy.sealing import PersonSeal
from qingting.progress import question_hearing
from qingting.progress.models import Questionnaire
from qingting.progress.rows import ANSWERS
from qingting.progress.service import NoSuchThing, Progress
from qingting.safety.hearing import Answer

# One that was left is gone on with for so long: its questions are about the last days, and answers
# of two different weeks make no number.
FRESH: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent. which: the id it carries. values: answers by item key, each one that its
    item has. done: whether it is to be counted now."""

    instrument: Instrument
    which: UUID
    values: Mapping[str, int]
    done: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it. heard: the words for danger in what is new in it."""

    answers: Answers
    heard: Answer | None = None


def due_items(instrument: Instrument, values: Mapping[str, int]) -> tuple[Item, ...]:
    """The items that are to be asked, those of them that depend on another's answer only after
    such an answer."""
    danger = {item.key: item.danger_from for item in instrument.items}
    return tuple(
        item
        for item in instrument.items
        if not item.only_if
        or any(values.get(key, -1) >= (danger[key] or 1) for key in item.only_if)
    )


def left_open(instrument: Instrument, values: Mapping[str, int]) -> tuple[Item, ...]:
    """The items without which it cannot be counted, and which have no answer yet."""
    return tuple(
        item
        for item in due_items(instrument, values)
        if item.key not in values and (item.scored or item.danger_from is not None)
    )


def is_whole(instrument: Instrument, values: Mapping[str, int]) -> bool:
    """Whether it can be counted as it stands."""
    return score(instrument, values).value is not None or not left_open(instrument, values)


def age_band(progress: Progress, person: UUID | None) -> AgeBand:
    """How old somebody says they are; "unknown" where it was not said or cannot be read."""
    return "unknown" if person is None else progress.ages(person)


def offered(who: Person, now: datetime) -> tuple[Instrument, ...]:
    """What somebody may be asked now, by their language, age and whether a person of the
    institution is on duty: who asks about dying by a list must have somebody to lead to."""
    return askable(who.language, who.age_band, on_call=on_call(who, now))


def on_call(who: Person, now: datetime) -> bool:
    """Whether somebody of the institution who listens is surely there now."""
    region = who.region or region_of(who.locale)
    place = Directory.load().for_place(region, language=who.language)
    return on_duty_now(place.resources, now) is not None


def save(progress: Progress, token: str, sent: Sent, who: Person) -> Saved:
    """Keep what a form sent, on top of what was answered before. Danger in it is answered, and
    raises the safety episode in the same transaction. Raises BadAnswer, CannotStore's errors."""
    checked(sent.instrument, sent.values)
    now = progress.clock()
    person = devices.find_person(token) or devices.welcome(token, progress.keyring, now)
    seal, today = progress.seal(person), who.local(now).date()
    with transaction.atomic():
        # One form at a time, so that the same one sent twice is one.
        PersonRow.objects.select_for_update().get(pk=person)
        stored = _before(person, sent, seal, today)
        if stored is not None and stored.finished and stored.on != today:
            # A page that was open for days: what was counted stays as it is.
            return Saved(stored)
        answers = _after(stored, sent, who, today)
        if stored is not None and answers == stored:
            return Saved(stored)
        ANSWERS.keep(person, UUID(answers.id), answers, seal, now)
        found = question_hearing.newly(
            sent.instrument, stored.values if stored else {}, answers.values
        )
        heard = question_hearing.heard(progress, person, seal, found, who, answers.id)
    return Saved(answers, heard)


def half_done(progress: Progress, person: UUID, today: date) -> dict[str, Answers]:
    """What was begun and can be gone on with, by questionnaire. Raises CannotStore's errors."""
    return _half_done(person, progress.seal(person), today)


def past(progress: Progress, person: UUID) -> list[Answers]:
    """All they answered, whole or in part, the newest first. Raises CannotStore's errors."""
    return ANSWERS.all_of(person, progress.seal(person))


def result(progress: Progress, person: UUID | None, which: UUID) -> Answers:
    """One of them. Raises NoSuchThing, CannotStore's errors."""
    found = None if person is None else ANSWERS.one(person, which, progress.seal(person))
    if found is None:
        raise NoSuchThing
    return found


def one_before(progress: Progress, person: UUID, answers: Answers) -> Answers | None:
    """The last of the same questionnaire that was counted before this one."""
    earlier = [
        one
        for one in past(progress, person)
        if one.instrument == answers.instrument
        and one.finished
        and one.id != answers.id
        and one.on <= answers.on
    ]
    return max(earlier, key=lambda one: one.on, default=None)


def delete(progress: Progress, person: UUID | None, which: UUID) -> None:
    """Delete one of theirs. What was heard of danger in it stays known. Raises NoSuchThing."""
    if person is None or not ANSWERS.drop(person, which):
        raise NoSuchThing


def _half_done(person: UUID, seal: PersonSeal, today: date) -> dict[str, Answers]:
    found: dict[str, Answers] = {}
    for one in ANSWERS.all_of(person, seal):
        if not one.finished and today - one.on < FRESH:
            found.setdefault(one.instrument, one)
    return found


def _before(person: UUID, sent: Sent, seal: PersonSeal, today: date) -> Answers | None:
    """What this form goes on with: the one whose id it carries, else one half done."""
    stored = ANSWERS.one(person, sent.which, seal)
    if stored is not None and stored.instrument == sent.instrument.key:
        return stored
    return _half_done(person, seal, today).get(sent.instrument.key)


def _after(stored: Answers | None, sent: Sent, who: Person, today: date) -> Answers:
    values = {**(stored.values if stored else {}), **sent.values}
    whole = is_whole(sent.instrument, values)
    if stored is None:
        which = sent.which
        if Questionnaire.objects.filter(id=which).exists():
            which = uuid4()  # nobody takes over what is somebody else's
        stored = Answers(which.hex, sent.instrument.key, who.language, today, {})
    finished = stored.finished or (sent.done and whole)
    return replace(
        stored,
        values=values,
        language=who.language,
        on=today if finished and not stored.finished else stored.on,
        finished=finished,
    )

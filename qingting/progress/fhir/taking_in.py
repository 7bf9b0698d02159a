"""Answers that were brought along, kept: none twice, and danger in them heard as on the pages of
the questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from qingting.companion.instruments import shelf
from qingting.companion.instruments.instrument import Answers
from qingting.companion.person import Language, Person
from qingting.companion.protect.ticked import Ticked
from qingting.people.models import Person as PersonRow
from qingting.progress import question_hearing
from qingting.progress.fhir.reading import Brought
from qingting.progress.models import Questionnaire
from qingting.progress.questionnaires import is_whole
from qingting.progress.rows import ANSWERS
from qingting.progress.service import Progress
from qingting.safety.hearing import Answer

_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it. new, known: how many were kept, and were there already. kept_out: keys of
    those that are not for this person here. heard: the words for danger in what is new."""

    new: int
    known: int
    kept_out: tuple[str, ...]
    heard: Answer | None


def take_in(
    progress: Progress, person: UUID, found: Sequence[Brought], who: Person, seed: str
) -> Taken:
    """Keep them. found: each with its day. Danger in them raises the safety episode in the same
    transaction, also where the questionnaire is none for this person. Raises CannotStore's
    errors."""
    now = progress.clock()
    seal = progress.seal(person)
    open_to = _open_to(who)
    with transaction.atomic():
        # One form at a time, so that the same one sent twice is one.
        PersonRow.objects.select_for_update().get(pk=person)
        stored = ANSWERS.all_of(person, seal)
        fresh, known = _fresh(found, stored, person, who)
        mine = [one for one, brought in fresh if brought.instrument.key in open_to]
        rows = [(UUID(one.id), one, _noon(one.on, who, now)) for one in mine]
        ANSWERS.keep_many(person, rows, seal)
        new = [brought for _one, brought in fresh]
        ticked = dangers(new, [*stored, *(one for one, _brought in fresh)])
        heard = question_hearing.heard(progress, person, seal, ticked, who, seed)
    out = {one.instrument.key: None for one in new if one.instrument.key not in open_to}
    return Taken(len(mine), known, tuple(out), heard)


def hear(
    progress: Progress, person: UUID, found: Sequence[Brought], who: Person, seed: str
) -> Answer | None:
    """The words for danger in what is not kept, with the episode raised. Raises CannotStore's
    errors."""
    ticked = dangers(found, ())
    with transaction.atomic():
        return question_hearing.heard(progress, person, progress.seal(person), ticked, who, seed)


def dangers(found: Sequence[Brought], known: Sequence[Answers]) -> list[Ticked]:
    """What tells of danger in them, as far as no later answer to the same question says otherwise:
    what was once is not asked about as if it were now."""
    latest: dict[tuple[str, str], date] = {}
    answered = [(one.instrument, one.on, one.values) for one in known]
    answered += [(one.instrument.key, one.on or date.max, one.values) for one in found]
    for key, on, values in answered:
        for item in values:
            latest[key, item] = max(latest.get((key, item), date.min), on)
    return [
        ticked
        for one in found
        for ticked in question_hearing.ticked(one.instrument, _last(one, latest))
    ]


def _last(one: Brought, latest: Mapping[tuple[str, str], date]) -> dict[str, int]:
    """The answers of one that nobody gave again later."""
    key, on = one.instrument.key, one.on or date.max
    return {item: value for item, value in one.values.items() if on >= latest[key, item]}


def _open_to(who: Person) -> frozenset[str]:
    """The questionnaires that may be kept of somebody of this age: those that there are words for.
    Nobody has to be on duty for what was answered elsewhere."""
    return frozenset(
        one.key
        for language in _LANGUAGES
        for one in shelf.askable(language, who.age_band, on_call=True)
    )


def _fresh(
    found: Sequence[Brought], stored: Sequence[Answers], person: UUID, who: Person
) -> tuple[list[tuple[Answers, Brought]], int]:
    """Those that are not there yet, and how many are: by what they are called elsewhere, by our own
    id, and by what they say."""
    ids = {one.id for one in stored}
    said = {_same(one) for one in stored}
    fresh: list[tuple[Answers, Brought]] = []
    for one in found:
        answers = _answers(one, person, who)
        own = one.identifier.rpartition("urn:uuid:")[2].replace("-", "")
        if answers.id in ids or own in ids or _same(answers) in said:
            continue
        ids.add(answers.id)
        said.add(_same(answers))
        fresh.append((answers, one))
    return fresh, len(found) - len(fresh)


def _answers(one: Brought, person: UUID, who: Person) -> Answers:
    """In our form. One that is known elsewhere gets an id that follows from that and the person."""
    which = uuid5(person, one.identifier) if one.identifier else uuid4()
    if Questionnaire.objects.filter(id=which).exclude(person_id=person).exists():
        which = uuid4()
    return Answers(
        id=which.hex,
        instrument=one.instrument.key,
        language=one.language or who.language,
        on=one.on or date.min,
        values=dict(one.values),
        finished=is_whole(one.instrument, one.values),
        asked_in="imported",
    )


def _same(answers: Answers) -> tuple[object, ...]:
    return (answers.instrument, answers.on, tuple(sorted(answers.values.items())))


def _noon(day: date, who: Person, now: datetime) -> datetime:
    """The moment that stands for a day: its noon, and none that is still to come."""
    return min(datetime.combine(day, _NOON, who.local(now).tzinfo), now)

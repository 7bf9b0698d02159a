"""All of somebody's questionnaires and check-ins as one bundle."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Language, Person
from qingting.companion.progress.mood import Mood
from qingting.privacy import fhir
from qingting.privacy.fhir import Resource
from qingting.progress.fhir.checking import fault_of
from qingting.progress.fhir.observations import check_in, scored
from qingting.progress.fhir.questionnaires import questionnaire, response

log = logging.getLogger(__name__)


def resources(
    person: UUID, answers: Sequence[Answers], moods: Sequence[Mood], reader: Person
) -> list[Resource]:
    """What there is of a person, in this order: each questionnaire that was answered to its end,
    the answers with their scores, the check-ins. Only what is half done, and what would not be
    valid, is left out; the latter is logged."""
    whole = [one for one in answers if one.finished]
    return [
        *_valid(_questionnaires(whole)),
        *_valid(_answered(whole, person, reader)),
        *_valid(check_in(one, person) for one in moods),
    ]


def bundle(
    person: UUID,
    answers: Sequence[Answers],
    moods: Sequence[Mood],
    reader: Person,
    now: datetime,
) -> Resource:
    """The bundle of a person, who stands in it as a random id and nothing else."""
    return fhir.bundle(person, now, resources(person, answers, moods, reader))


def _questionnaires(answers: Sequence[Answers]) -> Iterator[Resource]:
    shelf = instruments()
    asked: dict[tuple[str, Language], None] = {
        (one.instrument, one.language): None for one in reversed(answers)
    }
    for key, language in asked:
        if key in shelf and language in shelf[key].wordings:
            yield questionnaire(shelf[key], language)


def _answered(answers: Sequence[Answers], person: UUID, reader: Person) -> Iterator[Resource]:
    shelf = instruments()
    for one in answers:
        instrument = shelf.get(one.instrument)
        yield response(one, instrument, person)
        if instrument is not None and (found := scored(one, instrument, person, reader)):
            yield found


def _valid(found: Iterator[Resource]) -> Iterator[Resource]:
    for one in found:
        fault = fault_of(one)
        if fault is None:
            yield one
        else:
            where = ".".join(map(str, fault))
            log.error("a %s is left out of FHIR: not valid at %s", one["resourceType"], where)

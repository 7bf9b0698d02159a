"""What happens with an exercise that somebody does: kept, found again, deleted; danger in it heard.

Whoever asks is known by the token of their device; nobody reaches somebody else's runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import Error as DatabaseError
from django.db import IntegrityError, connection, transaction

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.exercise import Exercise
from qingting.companion.exercise.run import Run
from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode, settled
from qingting.people import devices
from qingting.policy.models import Event, EventKind
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.skills.answers import Answers, run_after, together, version_of
from qingting.skills.hearing import Answer, Danger, answer, dangers
from qingting.skills.models import ExerciseRun
from qingting.skills.ports import Episodes

log = logging.getLogger(__name__)

CannotStore = (StorageError, DatabaseError, OSError)
_MOST: Final = 200


class NoSuchRun(Exception):
    """There is no such run, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as it is stored."""

    id: UUID
    run: Run
    begun_at: datetime
    updated_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. which: the run it belongs to. seen: version of the answers that the
    page showed."""

    exercise: Exercise
    which: UUID
    answers: Answers
    seen: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Skills:
    """The exercises at work in one process. All of it raises one of CannotStore when storage
    fails, except where it says otherwise."""

    keyring: Keyring
    episodes: Episodes
    clock: Callable[[], datetime]

    def episode_of(self, token: str | None) -> Episode:
        """What is known of a person's danger, as it stands today."""
        person = devices.find_person(token)
        if person is None:
            return Episode()
        with connection.cursor() as cursor:
            stored = self.episodes.of(cursor, person, self.keyring.open(person))
        return settled(stored, self.clock())

    def runs_of(self, token: str | None, *, most: int = _MOST) -> list[KeptRun]:
        """A person's runs, last touched first."""
        person = devices.find_person(token)
        if person is None:
            return []
        seal = self.keyring.open(person)
        rows = ExerciseRun.objects.filter(person_id=person).order_by("-updated_at")[:most]
        return [_opened(row, seal) for row in rows]

    def run_of(self, token: str | None, which: UUID) -> KeptRun:
        """One run of a person's. Raises NoSuchRun."""
        person = devices.find_person(token)
        row = _row(which, person) if person is not None else None
        if person is None or row is None:
            raise NoSuchRun
        return _opened(row, self.keyring.open(person))

    def save(self, token: str, filled: Filled, person: Person) -> tuple[KeptRun, Answer | None]:
        """Keep what was typed; what is said where it reads as danger, which raises the safety
        episode in the same transaction."""
        whose = devices.find_person(token) or devices.welcome(token, self.keyring, self.clock())
        seal = self.keyring.open(whose)
        before = _before(_row(filled.which, whose), seal, filled.exercise)
        stored = before.answers if before else {}
        found = dangers(filled.exercise, stored, filled.answers, person, filled.which.hex)
        try:
            return self._keep(whose, seal, filled, found, person)
        except IntegrityError:
            # The same form came twice at the same moment: now its run is known.
            return self._keep(whose, seal, filled, found, person)

    def hear_unsaved(self, token: str | None, filled: Filled, person: Person) -> Answer | None:
        """What is said to danger where nothing can be kept: words that cannot wait do not wait for
        storage. Never raises because storage failed."""
        found = dangers(filled.exercise, {}, filled.answers, person, filled.which.hex)
        if not found:
            return None
        try:
            episode = self.episode_of(token)
        except CannotStore:
            episode = Episode()
        return answer(found, person, episode, self.clock(), filled.which.hex)

    def delete(self, token: str | None, which: UUID | None = None) -> None:
        """Delete one run of a person's, or all of them. Raises NoSuchRun."""
        person = devices.find_person(token)
        if person is None:
            raise NoSuchRun
        found = ExerciseRun.objects.filter(person_id=person)
        if which is not None:
            found = found.filter(id=which)
        if not found.delete()[0] and which is not None:
            raise NoSuchRun

    def _keep(
        self,
        whose: UUID,
        seal: PersonSeal,
        filled: Filled,
        found: list[Danger],
        person: Person,
    ) -> tuple[KeptRun, Answer | None]:
        now = self.clock()
        with transaction.atomic():
            row = _row(filled.which, whose, lock=True)
            before = _before(row, seal, filled.exercise)
            stored = before.answers if before else {}
            answers = filled.answers
            if version_of(stored) != filled.seen:
                answers = together(stored, answers, filled.exercise)
            run = run_after(filled.exercise, before, answers, now, finished=filled.finished)
            if row is None or before is None:
                row = ExerciseRun(id=_free(filled.which), person_id=whose, begun_at=now)
            row.body = seal.seal_json(runs.dump(run), _place(row.id))
            row.updated_at, row.ended_at = now, now if run.ended else None
            row.save(force_insert=before is None, force_update=before is not None)
            told = self._heard(whose, seal, found, person, row.id) if found else None
        return KeptRun(row.id, run, row.begun_at, now, row.ended_at), told

    def _heard(
        self, whose: UUID, seal: PersonSeal, found: list[Danger], person: Person, which: UUID
    ) -> Answer:
        """The words of danger, with the episode raised and the referral counted."""
        now = self.clock()
        with connection.cursor() as cursor:
            episode = self.episodes.of(cursor, whose, seal)
            told = answer(found, person, episode, now, which.hex)
            self.episodes.keep(cursor, whose, seal, told.episode, now)
        for kind in (EventKind.SAFETY_REPLY, EventKind.REFERRAL_SHOWN):
            Event.objects.create(person_id=whose, kind=kind, at=now)
        return told


def _row(which: UUID, person: UUID, *, lock: bool = False) -> ExerciseRun | None:
    rows = ExerciseRun.objects.select_for_update() if lock else ExerciseRun.objects.all()
    return rows.filter(id=which, person_id=person).first()


def _before(row: ExerciseRun | None, seal: PersonSeal, exercise: Exercise) -> Run | None:
    """The run as it is stored; None for a new one, or one of another exercise."""
    run = _opened(row, seal).run if row is not None else None
    return run if run is not None and run.exercise == exercise.id else None


def _free(which: UUID) -> UUID:
    """The id, or a new one where it is taken: somebody else's run is never taken over."""
    return uuid4() if ExerciseRun.objects.filter(id=which).exists() else which


def _opened(row: ExerciseRun, seal: PersonSeal) -> KeptRun:
    run = runs.load(seal.open_json(row.body, _place(row.id)))
    return KeptRun(row.id, run, row.begun_at, row.updated_at, row.ended_at)


def _place(which: UUID) -> Place:
    return Place("skills_exerciserun", "body", which)


_current: Skills | None = None


def use(skills: Skills) -> None:
    """Set the exercises of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one keyring; set once at start
    _current = skills


def current() -> Skills:
    """The exercises of this process. Raises RuntimeError before the site wired them."""
    if _current is None:
        raise RuntimeError("skills are not wired: qingting.site.wiring.wire() was not called")
    return _current

"""What happens with an exercise that somebody does: kept, found again, deleted; danger in it heard.

Whoever asks is known by the token of their device; nobody reaches somebody else's runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.safety.ports import Episodes
from qingting.skills.answers import Filled, other_instead, run_after
from qingting.skills.hearing import Answer, Danger, answer, dangers
from qingting.skills.models import ExerciseRun
from qingting.skills.ports import FollowUps, Talks
from qingting.skills.rate import Rate
from qingting.skills.rows import KeptRun, of_person, on_page, opened, place_of

log = logging.getLogger(__name__)

CannotStore = (StorageError, DatabaseError, OSError)
_MOST: Final = 200
# A talk that was gone on with in this time is the one to go back to.
_OPEN: Final = timedelta(hours=12)
# Forms a minute: of one device, and of all devices never seen behind one address.
_FORMS: Final = 60
_FORMS_OF_STRANGERS: Final = 120
_MINUTE: Final = 60.0


class NoSuchRun(Exception):
    """There is no such run, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a page that was sent. heard: the words for danger in it. other: the exercise
    to be done in place of this one, or ""."""

    kept: KeptRun
    heard: Answer | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Skills:
    """The exercises at work in one process. All of it raises one of CannotStore when storage
    fails, except where it says otherwise. follow_ups: None asks nothing afterwards."""

    keyring: Keyring
    episodes: Episodes
    talks: Talks
    clock: Callable[[], datetime]
    follow_ups: FollowUps | None = None
    devices_rate: Rate = field(default_factory=lambda: Rate(_FORMS, _MINUTE))
    strangers_rate: Rate = field(default_factory=lambda: Rate(_FORMS_OF_STRANGERS, _MINUTE))

    def allows(self, token: str | None, address: str) -> bool:
        """Whether one more form may come from there now. Asks no storage."""
        if token is not None:
            return self.devices_rate.allows(token)
        return self.strangers_rate.allows(address)

    def open_talk(self, token: str | None) -> UUID | None:
        """The conversation to go back to; None where there is none. Never raises because storage
        failed: a page is shown without the link."""
        try:
            person = devices.find_person(token)
            if person is None:
                return None
            return self.talks.open_one(person, self.clock() - _OPEN)
        except CannotStore:
            return None

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
        return [opened(row, seal) for row in of_person(person).order_by("-updated_at")[:most]]

    def run_of(self, token: str | None, which: UUID) -> KeptRun:
        """One run of a person's. Raises NoSuchRun."""
        person = devices.find_person(token)
        row = of_person(person).filter(id=which).first() if person is not None else None
        if person is None or row is None:
            raise NoSuchRun
        return opened(row, self.keyring.open(person))

    def save(self, token: str, filled: Filled, person: Person) -> Saved | None:
        """Keep what was typed on a page, and where one stands; danger in it is answered, and raises
        the safety episode in the same transaction. None where there was nothing to keep."""
        whose = devices.find_person(token)
        row = on_page(filled.which, whose) if whose is not None else None
        if row is None and filled.press == "later" and not filled.answers:
            return None
        whose = whose or devices.welcome(token, self.keyring, self.clock())
        seal = self.keyring.open(whose)
        before = _before(row, seal, filled.exercise)
        after = run_after(filled, before, self.clock())
        stored = before.answers if before else {}
        found = dangers(filled.exercise, stored, after.answers, person, filled.which.hex)
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
        with transaction.atomic():
            if self.follow_ups is not None:
                self.follow_ups.deleted(person, list(found.values_list("id", flat=True)))
            if not found.delete()[0] and which is not None:
                raise NoSuchRun

    def _keep(
        self,
        whose: UUID,
        seal: PersonSeal,
        filled: Filled,
        found: list[Danger],
        person: Person,
    ) -> Saved:
        now = self.clock()
        with transaction.atomic():
            row = on_page(filled.which, whose, lock=True)
            before = _before(row, seal, filled.exercise)
            run = run_after(filled, before, now)
            if row is None or before is None:
                row = ExerciseRun(id=_free(filled.which), person_id=whose, begun_at=now)
            row.body = seal.seal_json(runs.dump(run), place_of(row.id))
            row.updated_at, row.ended_at = now, now if run.ended else None
            row.save(force_insert=before is None, force_update=before is not None)
            told = self._heard(whose, seal, found, person, row.id) if found else None
            ended = run.ended is not None and (before is None or before.ended is None)
            if self.follow_ups is not None and ended and not found:
                today = person.local(now).date()
                self.follow_ups.finished(whose, seal, run, row.id, person.language, now, today)
        kept = KeptRun(row.id, run, row.begun_at, now, row.ended_at)
        return Saved(kept, told, other_instead(filled, run.answers))

    def _heard(
        self, whose: UUID, seal: PersonSeal, found: list[Danger], person: Person, which: UUID
    ) -> Answer:
        """The words of danger, with the episode raised and the referral counted."""
        now = self.clock()
        with connection.cursor() as cursor:
            episode = self.episodes.of(cursor, whose, seal)
            told = answer(found, person, episode, now, which.hex)
            self.episodes.keep(cursor, whose, seal, told.episode, now)
        self.episodes.answered(whose, now)
        return told


def _before(row: ExerciseRun | None, seal: PersonSeal, exercise: Exercise) -> Run | None:
    """The run as it is stored; None for a new one, or one of another exercise."""
    run = opened(row, seal).run if row is not None else None
    return run if run is not None and run.exercise == exercise.id else None


def _free(which: UUID) -> UUID:
    """The id, or a new one where it is taken: somebody else's run is never taken over."""
    return uuid4() if ExerciseRun.objects.filter(id=which).exists() else which


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

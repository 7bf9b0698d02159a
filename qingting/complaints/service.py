"""Complaints: made by anybody, answered by an operator within the days that are said, read by
whoever made them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from qingting.companion.person import Person as Reader
from qingting.companion.protect.episode import Episode
from qingting.companion.understand import Told, understand_all
from qingting.companion.understand.reading import at_least
from qingting.complaints.models import About, Complaint, State
from qingting.people.staff_service import hashed, new_code
from qingting.privacy.audit import Action, By, record
from qingting.privacy.errors import StorageError
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import InstallationSeal, PersonSeal, Place
from qingting.safety.hearing import Answer, Danger, answer
from qingting.safety.ports import Episodes

TABLE: Final = "complaints_complaint"
# Characters of a complaint and of an answer.
ROOM: Final = 4_000
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A complaint to be read. words: None where they do not open any more. reply: what was
    answered, "" for nothing yet."""

    id: UUID
    about: str
    state: str
    words: str | None
    reply: str
    at: datetime
    due_on: date
    answered_at: datetime | None
    mine: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What a complaint left. code: for whoever has no device here, once. heard: what is said to
    danger in its words."""

    code: str = ""
    heard: Answer | None = None


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints at work in one process. days: within which they are answered."""

    keyring: Keyring
    installation: Installation
    episodes: Episodes
    clock: Callable[[], datetime]
    days: int

    def make(self, person: UUID | None, about: About, words: str, reader: Reader) -> Made:
        """Keep one. Danger in its words is answered like anywhere. Raises StorageError."""
        now = self.clock()
        row = Complaint(person_id=person, about=about, at=now)
        row.due_on = reader.local(now).date() + timedelta(days=self.days)
        code = "" if person else new_code(4)
        row.code_hash = None if person else hashed(code)
        row.body = self._seal(row).seal(words[:ROOM], _place(row, "body"))
        with transaction.atomic():
            row.save(force_insert=True)
            heard = self._heard(person, words, reader, row.pk)
        return Made(code, heard)

    def unsaved(self, words: str, reader: Reader) -> Answer | None:
        """What is said to danger in words that could not be kept."""
        found = _dangers(words, reader)
        return answer(found, reader, Episode(), self.clock(), "complaint") if found else None

    def of(self, person: UUID) -> list[Shown]:
        """Those of a person, newest first. Raises KeyMissing."""
        return [
            self.shown(one) for one in Complaint.objects.filter(person_id=person).order_by("-at")
        ]

    def by_code(self, code: str) -> Shown | None:
        """The one that a code was given for."""
        if not code.strip():
            return None
        row = Complaint.objects.filter(person=None, code_hash=hashed(code)).first()
        return None if row is None else self.shown(row)

    def waiting(self) -> Sequence[Shown]:
        """For whoever answers them: what waits, the most urgent first, then what is answered."""
        found = Complaint.objects.exclude(state=State.CLOSED).order_by("-state", "due_on", "at")
        return [self.shown(one) for one in found[:_SHOWN]]

    def reply(self, which: UUID, words: str, account: UUID) -> bool:
        """Answer one. False where it is not there or closed. Noted in the audit log."""
        with transaction.atomic():
            row = Complaint.objects.select_for_update().filter(pk=which).first()
            if row is None or row.state == State.CLOSED or not words.strip():
                return False
            row.answer = self._seal(row).seal(words.strip()[:ROOM], _place(row, "answer"))
            row.state, row.answered_at = State.ANSWERED, self.clock()
            row.save()
            by = By("account", str(account))
            record(
                Action.COMPLAINT_ANSWERED,
                by=by,
                subject=row.person_id,
                object_ref=f"complaint:{row.pk}",
            )
        return True

    def close(self, which: UUID, person: UUID) -> bool:
        """Its person is done with it. False where it is not theirs."""
        mine = Complaint.objects.filter(pk=which, person_id=person).exclude(state=State.CLOSED)
        return bool(mine.update(state=State.CLOSED, closed_at=self.clock()))

    def shown(self, row: Complaint, seal: PersonSeal | None = None) -> Shown:
        """One to be read; what does not open is left out. Raises KeyMissing."""
        words: str | None = None
        reply = ""
        try:
            key = seal or self._seal(row)
            words = key.open(row.body, _place(row, "body"))
            reply = key.open(row.answer, _place(row, "answer")) if row.answer else ""
        except StorageError:
            words = None
        return Shown(
            row.pk, row.about, row.state, words, reply, row.at, row.due_on, row.answered_at
        )

    def _seal(self, row: Complaint) -> PersonSeal | InstallationSeal:
        if row.person_id is None:
            return self.installation.seal()
        return self.keyring.open(row.person_id)

    def _heard(self, person: UUID | None, words: str, reader: Reader, which: UUID) -> Answer | None:
        """What is said to danger, with the episode raised. In a transaction of the caller."""
        found = _dangers(words, reader)
        if not found:
            return None
        now = self.clock()
        if person is None:
            return answer(found, reader, Episode(), now, which.hex)
        seal = self.keyring.open(person)
        with connection.cursor() as cursor:
            said = answer(found, reader, self.episodes.of(cursor, person, seal), now, which.hex)
            self.episodes.keep(cursor, person, seal, said.episode, now)
        self.episodes.answered(person, now)
        return said


def _dangers(words: str, reader: Reader) -> list[Danger]:
    told = [Told(words, ())]
    readings = understand_all(told, default_language=reader.language)
    return [
        Danger(one, reading)
        for one, reading in zip(told, readings, strict=True)
        if at_least(reading.risk.level, "moderate")
    ]


def _place(row: Complaint, column: str) -> Place:
    return Place(TABLE, column, row.pk)


_current: Complaints | None = None


def use(complaints: Complaints) -> None:
    """Set those of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one of it; set once at start
    _current = complaints


def current() -> Complaints:
    """Those of this process. Raises RuntimeError before the site wired them."""
    if _current is None:
        raise RuntimeError("complaints are not wired: qingting.site.wiring.wire() was not called")
    return _current

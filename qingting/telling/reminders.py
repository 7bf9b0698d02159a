"""Reminders by mail, for whoever asked for them: on the days after a danger, and when something is
due that we said we would ask about. They say nothing of what they are, come by day, at most once a
day, and never to somebody who has come by meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from qingting.companion.person import Person as Reader
from qingting.companion.protect.told_words import Letter as Words
from qingting.companion.protect.told_words import reminder
from qingting.companion.words.script import in_script
from qingting.outbox import service as outbox
from qingting.outbox.models import Kind, Letter
from qingting.outbox.models import State as LetterState
from qingting.people.consent import grants
from qingting.people.consent.vocabulary import What
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.telling.models import OPEN, ReminderChoice, Telling

log = logging.getLogger(__name__)

# To whom the consent is given: this way of reaching them.
BY_MAIL: Final = "mail"
_TABLE: Final = "telling_reminderchoice"
# The hours of their own day in which a reminder may come.
_FROM, _TO = 10, 20
_APART: Final = timedelta(hours=20)

# (person, their seal, now, their own day) -> a word for what is due, the same for the same thing;
# None for nothing.
Due = Callable[[UUID, PersonSeal, datetime, datetime], str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Where reminders go, and on whose clock."""

    to: str
    locale: str
    timezone: str

    @property
    def reader(self) -> Reader:
        """In whose language and on whose clock."""
        return Reader(locale=self.locale, timezone=self.timezone)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Reminders at work in one process. public_url: the one address in them."""

    keyring: Keyring
    clock: Callable[[], datetime]
    public_url: str
    due: Due

    @property
    def possible(self) -> bool:
        """Whether any can be sent from here."""
        return outbox.current().mail is not None

    def choice(self, person: UUID) -> Choice | None:
        """What somebody chose, while they agree to it. Raises StorageError, DatabaseError."""
        row = ReminderChoice.objects.filter(person_id=person).first()
        if row is None or not self._agreed(person):
            return None
        return Choice(**self.keyring.open(person).open_json(row.body, _place(person)))

    def choose(self, person: UUID, choice: Choice) -> None:
        """Where they go from now on. Raises StorageError, DatabaseError."""
        now = self.clock()
        body: dict[str, Any] = {
            "to": choice.to,
            "locale": choice.locale,
            "timezone": choice.timezone,
        }
        sealed = self.keyring.open(person).seal_json(body, _place(person))
        with transaction.atomic():
            ReminderChoice.objects.update_or_create(
                person_id=person, defaults={"body": sealed, "updated_at": now}
            )
            grants.give(person, What.REMINDERS_BY_CHANNEL, BY_MAIL, now=now)

    def end(self, person: UUID) -> None:
        """No more; those that wait are stopped."""
        with transaction.atomic():
            waiting = Letter.objects.filter(
                person_id=person, kind=Kind.REMINDER, state=LetterState.QUEUED
            )
            waiting.update(state=LetterState.WITHDRAWN, ended_at=self.clock())
            ReminderChoice.objects.filter(person_id=person).delete()
            grants.withdraw(person, What.REMINDERS_BY_CHANNEL, BY_MAIL, now=self.clock())

    def write(self, now: datetime) -> None:
        """Write those that are due now. One person's that cannot be read keeps no other waiting.
        Raises DatabaseError."""
        if not self.possible:
            return
        for person in list(ReminderChoice.objects.values_list("person_id", flat=True)):
            try:
                self._write(person, now)
            except (StorageError, ValueError) as error:
                log.error("a reminder could not be written: %s", type(error).__name__)

    def _write(self, person: UUID, now: datetime) -> None:
        choice = self.choice(person)
        if choice is None:
            return
        today = choice.reader.local(now)
        if not _FROM <= today.hour < _TO or self._lately(person, now):
            return
        seal = self.keyring.open(person)
        key = self.due(person, seal, now, today)
        if key is None or Telling.objects.filter(person_id=person, state__in=OPEN).exists():
            return
        with transaction.atomic():
            letter = _in_script(reminder(choice.reader.language, key, self.public_url), choice)
            outbox.current().write(
                person, seal, Kind.REMINDER, choice.to, letter, merge=f"reminder.{key}"
            )

    def _lately(self, person: UUID, now: datetime) -> bool:
        return Letter.objects.filter(
            person_id=person, kind=Kind.REMINDER, made_at__gt=now - _APART
        ).exists()

    def _agreed(self, person: UUID) -> bool:
        now = self.clock()
        return grants.holds(person, What.REMINDERS_BY_CHANNEL, BY_MAIL, now=now) is not None


def _in_script(letter: Words, choice: Choice) -> Words:
    lines = tuple(in_script(line, choice.reader) for line in letter.lines)
    return Words(in_script(letter.subject, choice.reader), lines)


def _place(person: UUID) -> Place:
    return Place(_TABLE, "body", person)


_current: Reminders | None = None


def use(reminders: Reminders) -> None:
    """Make it this process's (qingting.site.wiring)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = reminders


def current() -> Reminders:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("reminders are not wired")
    return _current

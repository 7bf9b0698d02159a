"""How much room this takes in somebody's life, as their own page and a turn ask for it.

What is done in a talk the companion decides (companion/plan/dependence.py); here stands what the
person does themselves: look, answer a few questions, agree on something, drop it, have it
forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from qingting.companion.dependence.balance import Balance, Check, Taper
from qingting.companion.dependence.rules import may_taper
from qingting.companion.dependence.using import BEFORE, LATELY, Hours
from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode
from qingting.companion.understand.reading import Risk
from qingting.policy import dependence_rows
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal


class Ties(Protocol):
    """What is known elsewhere of somebody and their people; the site puts it in."""

    def episode(self, person: UUID, seal: PersonSeal, now: datetime) -> Episode:
        """Their safety episode as it stands now. Raises StorageError."""
        ...

    def named(self, person: UUID, seal: PersonSeal) -> tuple[str, ...]:
        """People they named themselves: remembered, in the safety plan, or to be called in an
        emergency. Raises StorageError."""
        ...


class NotNow(Exception):
    """Nothing can be agreed on now: a danger is or was near, or nobody is named."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows. may_agree: whether something may be agreed on now."""

    balance: Balance
    hours: Hours
    named: tuple[str, ...]
    may_agree: bool


class Balances:
    """Needs no actor: it is called with the person whose device it is, and nobody else reads it."""

    def __init__(self, keyring: Keyring, ties: Ties, clock: Callable[[], datetime]) -> None:
        self._keyring = keyring
        self._clock = clock
        self.ties = ties

    def now(self) -> datetime:
        """The present moment."""
        return self._clock()

    def seen(self, person: UUID, reader: Person) -> Seen:
        """What there is. Raises StorageError."""
        seal, there = self._keyring.open(person), reader.local(self._clock())
        balance = dependence_rows.of(person, seal)
        since = there.date().fromordinal(there.date().toordinal() - LATELY - BEFORE)
        named = self.ties.named(person, seal)
        return Seen(
            balance.since(there.date()),
            dependence_rows.hours_of(person, there, since),
            named,
            self._may_agree(person, seal, balance, named),
        )

    def answer(self, person: UUID, reader: Person, answers: Mapping[str, str]) -> None:
        """Keep what they answered themselves; nothing given takes earlier answers away. Raises
        StorageError."""
        today = reader.local(self._clock()).date()
        check = Check(dict(answers), today) if answers else None
        self._change(person, lambda before: replace(before, check=check))

    def agree(self, person: UUID, reader: Person, taper: Taper) -> None:
        """Keep what they chose for themselves. Raises NotNow, StorageError."""
        seal = self._keyring.open(person)
        balance = dependence_rows.of(person, seal)
        if not self._may_agree(person, seal, balance, self.ties.named(person, seal)):
            raise NotNow
        self._change(person, lambda before: replace(before, taper=taper))

    def drop(self, person: UUID) -> None:
        """What was agreed on is gone. Raises StorageError."""
        self._change(person, lambda before: replace(before, taper=None))

    def decline(self, person: UUID, reader: Person) -> None:
        """They want none of it brought up for a while. Raises StorageError."""
        today = reader.local(self._clock()).date()
        self._change(person, lambda before: replace(before, declined_on=today))

    def forget(self, person: UUID) -> None:
        """Every sign is forgotten. Raises StorageError."""
        self._change(person, Balance.forgotten)

    def _may_agree(
        self, person: UUID, seal: PersonSeal, balance: Balance, named: tuple[str, ...]
    ) -> bool:
        now = self._clock()
        episode = self.ties.episode(person, seal, now)
        return may_taper(episode, Risk(), hurt=balance.hurt, now=now, named=named)

    def _change(self, person: UUID, changed: Callable[[Balance], Balance]) -> None:
        seal = self._keyring.open(person)
        with transaction.atomic():
            before = dependence_rows.of(person, seal)
            dependence_rows.keep(person, seal, before, changed(before), self._clock())


_current: Balances | None = None


def use(balances: Balances) -> None:
    """Set the balances of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one of it; set once at start
    _current = balances


def current() -> Balances:
    """The balances of this process. Raises RuntimeError before the site wired it."""
    if _current is None:
        raise RuntimeError("balances are not wired: qingting.site.wiring.wire() was not called")
    return _current


def named_by(person: UUID, seal: PersonSeal) -> tuple[str, ...]:
    """Whom somebody named; nobody where the site wired nothing. Raises StorageError."""
    return () if _current is None else _current.ties.named(person, seal)

"""What this feature needs of others; the site puts it in (see also qingting.safety.ports)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.person import AgeBand, Person
from qingting.companion.progress.week import Around
from qingting.privacy.sealing import PersonSeal


class Ages(Protocol):
    """How old people say they are."""

    def __call__(self, person: UUID, /) -> AgeBand:
        """The band of one person; "unknown" where they did not say. Never raises because storage
        failed."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise done to its end. exercise: its id. on: the person's own day. before, after: how
    strong it was, 0 to 10; None where not both numbers were given."""

    exercise: str
    on: date
    before: int | None = None
    after: int | None = None


class Exercises(Protocol):
    """The exercises somebody did."""

    def done(
        self, person: UUID, seal: PersonSeal, since: datetime | None, who: Person
    ) -> Sequence[Done]:
        """Those done to their end, since a moment or ever. who: whose clock says the day. One that
        does not open any more is left out."""
        ...


class NoExercises:
    """Nobody did any."""

    def done(
        self, _person: UUID, _seal: PersonSeal, _since: datetime | None, _who: Person
    ) -> Sequence[Done]:
        """None."""
        return ()


class Surroundings(Protocol):
    """What else is known for a letter about a week."""

    def around(
        self, person: UUID, seal: PersonSeal, first: date, last: date, who: Person, now: datetime
    ) -> Around:
        """What lies around the days from first to last. Raises StorageError."""
        ...


class NothingAround:
    """Nothing else is known."""

    def around(
        self,
        _person: UUID,
        _seal: PersonSeal,
        _first: date,
        _last: date,
        _who: Person,
        _now: datetime,
    ) -> Around:
        """Nothing."""
        return Around()

"""What this feature needs of others; the site puts it in (see also qingting.safety.ports)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.companion.person import Language
from qingting.privacy.sealing import PersonSeal


class FollowUps(Protocol):
    """What is asked about in the days after."""

    def finished(
        self,
        person: UUID,
        seal: PersonSeal,
        run: Run,
        which: UUID,
        language: Language,
        now: datetime,
        today: date,
    ) -> None:
        """An exercise was done to its end. which: the id its run is kept under. In the transaction
        of its last step."""
        ...

    def deleted(self, person: UUID, runs: Collection[UUID]) -> None:
        """These runs are being deleted: nothing is asked about them."""
        ...


class Talks(Protocol):
    """The conversations there are."""

    def open_one(self, person: UUID, since: datetime) -> UUID | None:
        """The person's conversation that was last gone on with, if that was since then."""
        ...

"""Feelings read in talks, kept apart from what a person says of themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from qingting.companion.progress.mood import Felt
from qingting.privacy.sealing import PersonSeal
from qingting.progress.models import FeltDay, ProgressChoice
from qingting.progress.rows import FELT

# One row holds a day, or so much of it as does not make every turn write a long one.
_MOST: Final = 60
_RECENT: Final = timedelta(hours=26)


class KeptFeelings:
    """See qingting.talk.ports.Feelings."""

    def keep(self, person: UUID, seal: PersonSeal, felt: Felt, now: datetime) -> None:
        """Keep what was read, unless they want none of it kept. In the transaction of the turn."""
        if ProgressChoice.objects.filter(person_id=person, felt=False).exists():
            return
        which, day = _row_of_day(person, seal, felt, now)
        FELT.keep(person, which, (*day, felt), seal, now)


def felt_of(person: UUID, seal: PersonSeal, since: datetime | None = None) -> list[Felt]:
    """What was read in a person's talks, the oldest first. since: in rows written since then."""
    days = FELT.all_of(person, seal, since)
    return sorted((one for day in days for one in day), key=lambda one: one.at)


def _row_of_day(
    person: UUID, seal: PersonSeal, felt: Felt, now: datetime
) -> tuple[UUID, tuple[Felt, ...]]:
    """The row that this day goes on in and what it holds; a fresh one on a new day."""
    rows = FeltDay.objects.filter(person_id=person, at__gte=now - _RECENT).order_by("-at")
    which = rows.values_list("id", flat=True).first()
    day = FELT.one(person, which, seal) if which is not None else None
    if which is None or not day or len(day) >= _MOST or day[-1].at.date() != felt.at.date():
        return uuid4(), ()
    return which, day

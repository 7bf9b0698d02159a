"""The exercises somebody did, for the page of how they are doing: as the exercises store them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Person
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal
from qingting.progress.ports import Done
from qingting.skills.answers import before_and_after
from qingting.skills.models import ExerciseRun
from qingting.skills.rows import KeptRun, of_person, opened

# The newest so many; nobody does more in years, and opening them takes time.
_MOST: Final = 500


class DoneExercises:
    """See qingting.progress.ports."""

    def done(
        self, person: UUID, seal: PersonSeal, since: datetime | None, who: Person
    ) -> list[Done]:
        """The exercises done to their end, the newest first."""
        rows = of_person(person).exclude(ended_at=None)
        if since is not None:
            rows = rows.filter(ended_at__gte=since)
        kept = [_opened(row, seal) for row in rows.order_by("-ended_at")[:_MOST]]
        return [_done(one, who) for one in kept if one and one.run.ended == "finished"]


def _opened(row: ExerciseRun, seal: PersonSeal) -> KeptRun | None:
    try:
        return opened(row, seal)
    except (Unreadable, KeyError, ValueError):
        return None


def _done(kept: KeptRun, who: Person) -> Done:
    run = kept.run
    on = who.local(kept.ended_at or kept.updated_at).date()
    exercise = exercises().get(run.exercise)
    both = before_and_after(exercise, run.answers) if exercise else None
    if both is None:
        return Done(run.exercise, on)
    return Done(run.exercise, on, int(both[0]), int(both[1]))

"""Rows of exercises, and the runs sealed in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.run import Run
from qingting.privacy.sealing import PersonSeal, Place
from qingting.skills.models import ExerciseRun


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as it is stored. talk: the conversation it was done in; None for one of a page."""

    id: UUID
    run: Run
    begun_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    talk: UUID | None = None

    @property
    def waits(self) -> bool:
        """Whether it can be gone on with. On a page one is left for good only when another was
        done in its place."""
        return self.run.ended is None or (self.talk is not None and self.run.ended == "left")


def of_person(person: UUID) -> QuerySet[ExerciseRun]:
    """The runs of a person; not those of a talk that is being deleted, which go with it."""
    return ExerciseRun.objects.filter(person_id=person, talk__deleted_at=None)


def on_page(which: UUID, person: UUID, *, lock: bool = False) -> ExerciseRun | None:
    """A run done on its page. One of a talk is gone on with in the talk."""
    rows = ExerciseRun.objects.select_for_update() if lock else ExerciseRun.objects.all()
    return rows.filter(id=which, person_id=person, talk=None).first()


def opened(row: ExerciseRun, seal: PersonSeal) -> KeptRun:
    """What lies in a row. Raises Unreadable."""
    run = runs.load(seal.open_json(row.body, place_of(row.id)))
    return KeptRun(row.id, run, row.begun_at, row.updated_at, row.ended_at, row.talk_id)


def place_of(which: UUID) -> Place:
    """Where a run lies sealed."""
    return Place("skills_exerciserun", "body", which)

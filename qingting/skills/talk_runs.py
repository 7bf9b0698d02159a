"""Exercises done in a talk, kept beside those done on their pages (see qingting.talk.ports)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.run import Run
from qingting.privacy.sealing import PersonSeal
from qingting.skills.models import ExerciseRun
from qingting.skills.rows import place_of


class RunsOfTalks:
    """Keeps them. A talk has no more than one run that began at a moment: its row is found again
    by that, so that a run gone on with, or told twice, is one row."""

    def keep(
        self, person: UUID, conversation: UUID, seal: PersonSeal, run: Run, now: datetime
    ) -> UUID:
        """Keep a run as it stands now; the id it is kept under. In the transaction of the turn."""
        which = uuid5(conversation, run.begun_at.isoformat())
        ExerciseRun.objects.update_or_create(
            id=which,
            person_id=person,
            talk_id=conversation,
            defaults={
                "body": seal.seal_json(runs.dump(run), place_of(which)),
                "begun_at": run.begun_at,
                "updated_at": now,
                "ended_at": now if run.ended else None,
            },
        )
        return which

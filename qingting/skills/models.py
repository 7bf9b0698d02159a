"""Storage of the times somebody did an exercise."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class ExerciseRun(models.Model):
    """One time of doing an exercise. Which one it was, how far it went and every answer, the
    numbers before and after among them, lie sealed in `body` (companion/exercise/run.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exercise_runs")
    body = SealedField()
    begun_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="exercises.json",
        erased="rows deleted, key destroyed",
        retained="until the person deletes them, or as long as their data",
        clear=frozenset({"id", "person", "begun_at", "updated_at", "ended_at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-updated_at"], name="skills_recent")]

"""Storage of the times somebody did an exercise."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class ExerciseRun(models.Model):
    """One time of doing an exercise. Which one it was, how far it went and every answer, the
    numbers before and after among them, lie sealed in `body` (companion/exercise/run.py). talk:
    the conversation it was done in; None for one done on its page. It goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exercise_runs")
    # By name: a feature imports no other. The database itself sees to it that no run outlives the
    # conversation it was done in.
    talk = models.ForeignKey(
        "talk.Conversation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    body = SealedField()
    begun_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="exercises, their numbers as moods, and both in FHIR",
        erased="rows deleted, key destroyed",
        retained="until the person deletes them, or the talk they were done in; "
        "or as long as their data",
        clear=frozenset({"id", "person", "talk", "begun_at", "updated_at", "ended_at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-updated_at"], name="skills_recent")]

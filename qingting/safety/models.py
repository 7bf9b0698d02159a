"""Storage of safety episodes and safety plans: one of each a person, across conversations."""

from __future__ import annotations

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class EpisodeRecord(models.Model):
    """A person's safety episode. `level` is in the clear so that those on duty can be told how
    many people need them without anyone's words being opened."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    level = models.CharField(max_length=8)
    record = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="being_safe: what was asked and told, in plain words; never a level",
        erased="row deleted, key destroyed",
        retained="as long as the person's data",
        clear=frozenset({"person", "level", "updated_at"}),
        withheld=frozenset({"level"}),
    )


class SafetyPlanRecord(models.Model):
    """A person's safety plan: one a person, whatever conversation its lines were told in."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="safety_plan, and a document of FHIR",
        erased="row deleted, key destroyed",
        retained="until the person deletes it, or as long as their data",
        clear=frozenset({"person", "updated_at"}),
    )

    class Meta:
        db_table = "safety_safetyplan"

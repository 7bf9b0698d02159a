"""Storage of safety episodes: one record a person, across conversations."""

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
        exported="safety.json",
        erased="row deleted, key destroyed",
        retained="as long as the person's data",
        clear=frozenset({"person", "level", "updated_at"}),
    )

"""Storage of the voice somebody chose. Which one lies sealed: it may tell more than it seems."""

from __future__ import annotations

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class VoiceChoice(models.Model):
    """The voice of one person, and when they chose it (service.py). No row: the plain one."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="voice: the voice that was chosen",
        erased="row deleted, key destroyed",
        retained="until the person chooses otherwise",
        clear=frozenset({"person", "updated_at"}),
    )

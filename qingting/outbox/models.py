"""Storage of letters: to whom and what is sealed, how it stands is in the clear."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class Kind(StrEnum):
    """What a letter is for; decides how long it is tried (deliver.py)."""

    TOLD = "told"  # somebody is told that the person is in danger
    REMINDER = "reminder"  # a reminder that the person asked for


class State(StrEnum):
    """How a letter stands."""

    HELD = "held"  # written and shown, not released yet
    QUEUED = "queued"  # to be sent at not_before
    SENDING = "sending"  # handed to the mail server now, or when a process died
    SENT = "sent"
    FAILED = "failed"  # tried to its end, or refused for good
    WITHDRAWN = "withdrawn"


class Letter(models.Model):
    """A letter. body: address, subject and text as JSON, under the person's key. merge: two letters
    of one person with the same word are one letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12)
    merge = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    body = SealedField()

    privacy = PersonalData(
        exported="letters: to whom, the exact words, when and what became of it",
        erased="row deleted, key destroyed; what was sent is with whoever got it",
        retained="90 days after it was sent, stopped or given up",
        clear=frozenset(
            {
                "id",
                "person",
                "kind",
                "state",
                "merge",
                "tries",
                "made_at",
                "not_before",
                "ended_at",
            }
        ),
        withheld=frozenset({"merge"}),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "merge"], name="outbox_letter_once")
        ]
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_letter_due")]

"""Storage of complaints: what was written and what was answered lie sealed."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class About(models.TextChoices):
    """What a complaint is about."""

    REPLY = "reply"
    RULE = "rule"
    AGE = "age"
    OTHER = "other"


class State(models.TextChoices):
    """How far it came."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"


class Complaint(models.Model):
    """One complaint, sealed under its person's key. person: None for a browser that is nobody
    here; then it is sealed under the installation's own key, and whoever has its code (kept only
    hashed) reads the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=8, choices=About.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    code_hash = models.BinaryField(max_length=32, null=True)
    body = SealedField()
    answer = SealedField(null=True)
    at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="complaints: what you wrote, what was answered, and when",
        erased="row deleted, key destroyed",
        retained="400 days after it was closed",
        clear=frozenset(
            {
                "id",
                "person",
                "about",
                "state",
                "code_hash",
                "at",
                "due_on",
                "answered_at",
                "closed_at",
            }
        ),
        withheld=frozenset({"code_hash"}),
    )

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="complaints_state")]

"""Storage of what is remembered. What it is about lies sealed; a row in the clear says only that
there is something, since when, and on which day a question is due."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class MemoryItem(models.Model):
    """One item of the ledger (companion/remember/item.py), sealed in `body`: its words, its quote,
    where it was heard, and what it took the place of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="memory: every item with its quote, its date and what it took the place of",
        erased="rows deleted, key destroyed",
        retained="until the person forgets it; or as long as their data",
        clear=frozenset({"id", "person", "updated_at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-updated_at"], name="memory_recent")]


class MemoryIndex(models.Model):
    """What is searched at every message, one row a person: the items in force, and their vectors
    of meaning (companion/recall/search.py). It can be made again from the items at any time."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    head = SealedField()
    vectors = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="memory: its items; the vectors are reckoned from them",
        erased="rows deleted, key destroyed",
        retained="as long as the items",
        clear=frozenset({"person", "updated_at"}),
    )


class MemoryChoice(models.Model):
    """What somebody chose about being remembered. paused: nothing new is kept and nothing recalled.
    check_ins: whether we may ask how a thing went."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    paused = models.BooleanField(default=False)
    check_ins = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="memory: what was chosen about it",
        erased="rows deleted",
        retained="until it is chosen otherwise",
        clear=frozenset({"person", "paused", "check_ins", "updated_at"}),
    )


class CheckIn(models.Model):
    """Something to ask about on a visit: how the interview went, whether an exercise helped. What,
    lies sealed in `body`; due_on: the first day to ask."""

    class State(models.TextChoices):
        """waiting: to be asked. asked: was asked. dropped: not wanted, or too late."""

        WAITING = "waiting"
        ASKED = "asked"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = SealedField()
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="memory: what we meant to ask about",
        erased="rows deleted, key destroyed",
        retained="sixty days after it was due; or until what it is about is forgotten",
        clear=frozenset({"id", "person", "due_on", "state", "updated_at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "state", "due_on"], name="memory_due")]

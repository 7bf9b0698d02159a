"""Storage of conversations, their messages, and the turns that answer them."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class Conversation(models.Model):
    """A conversation. `state` is what the companion carries from turn to turn. private: nothing of
    it is remembered, and it is erased when it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conversations")
    title = SealedField(null=True)
    state = SealedField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    private = models.BooleanField(default=False, db_default=False)

    privacy = PersonalData(
        exported="conversations: every talk with its messages",
        erased="rows deleted, key destroyed",
        retained="until deleted; a deleted one can be brought back for ten minutes; a private one "
        "until it is ended, or twelve hours after its last word",
        clear=frozenset({"id", "person", "created_at", "updated_at", "deleted_at", "private"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-updated_at"], name="talk_recent")]


class Turn(models.Model):
    """One message being answered. It is stored before anything else can fail, claimed by one
    worker at a time, and found again when that worker dies."""

    class Status(models.TextChoices):
        """open: to be answered. done: answered."""

        OPEN = "open"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    key = models.CharField(max_length=64)
    status = models.CharField(max_length=4, choices=Status.choices)
    claimed_by = models.CharField(max_length=32)
    claimed_until = models.DateTimeField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="its messages, in conversations; the rest is bookkeeping of ours",
        erased="rows deleted",
        retained="as long as the conversation",
        clear=frozenset(
            {
                "id",
                "person",
                "conversation",
                "key",
                "status",
                "claimed_by",
                "claimed_until",
                "created_at",
                "finished_at",
            }
        ),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_turn_a_key")]
        indexes = [
            models.Index(
                fields=["conversation"], condition=models.Q(status="open"), name="talk_open_turn"
            ),
        ]


class Message(models.Model):
    """One message. `about` keeps, sealed, why a reply was made as it was."""

    class Speaker(models.TextChoices):
        """Who said it."""

        PERSON = "person"
        COMPANION = "companion"
        COUNSELLOR = "counsellor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    turn = models.ForeignKey(Turn, null=True, on_delete=models.SET_NULL, related_name="messages")
    seq = models.IntegerField()
    speaker = models.CharField(max_length=10, choices=Speaker.choices)
    body = SealedField()
    about = SealedField(null=True)
    created_at = models.DateTimeField()

    privacy = PersonalData(
        exported="conversations: every talk with its messages",
        erased="rows deleted, key destroyed",
        retained="as long as the conversation",
        clear=frozenset({"id", "conversation", "turn", "seq", "speaker", "created_at"}),
        person="conversation__person",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="one_message_a_place"),
        ]

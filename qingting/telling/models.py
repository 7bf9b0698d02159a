"""Storage of tellings, of what staff are asked to do about one, and of reminders by mail."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models

from qingting.outbox.models import Letter
from qingting.people.models import Person
from qingting.people.staff.models import Organisation
from qingting.privacy.declarations import PersonalData, SealedField


class State(StrEnum):
    """How a telling stands. docs/telling.md draws the way from one to the next."""

    WAITING = "waiting"  # the person sees the letter and can stop it
    SENDING = "sending"  # released to the outbox
    TOLD = "told"  # sent; an answer is waited for
    THERE = "there"  # somebody is with them
    STOPPED = "stopped"  # by the person, or because it must not go any more
    STAFF = "staff"  # nobody answered; it is a task of staff
    UNANSWERED = "unanswered"  # nobody answered and there is nobody else
    FAILED = "failed"  # nothing could be sent and there is nobody else


OPEN = (State.WAITING, State.SENDING, State.TOLD)


class Why(StrEnum):
    """Why one was stopped."""

    NOT_NOW = "not_now"
    WITH_ME = "with_me"  # somebody is with them already
    NOT_THEM = "not_them"  # this one must not be told, now or ever
    RULED_OUT = "ruled_out"  # what was said since rules it out


class Telling(models.Model):
    """One danger and who is told of it, one after the other. letter: the one that goes or went
    last; whom: the random id of whom it is for. code_hash: of the code in its link. body: what it
    rests on, the language, who was tried. Sealed. said_at: when its bad end was told in a talk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12)
    whom = models.CharField(max_length=40)
    why = models.CharField(max_length=12)
    answer = models.CharField(max_length=8)  # "", there, cannot
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)
    began_at = models.DateTimeField()
    goes_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)
    body = SealedField()

    privacy = PersonalData(
        exported="told: who was told that you were in danger, when, and what they answered",
        erased="row deleted, key destroyed; the audit log keeps that somebody was told",
        retained="90 days after it ended",
        clear=frozenset(
            {
                "id",
                "person",
                "letter",
                "state",
                "whom",
                "why",
                "answer",
                "code_hash",
                "began_at",
                "goes_at",
                "answer_by",
                "ended_at",
                "said_at",
            }
        ),
        withheld=frozenset({"code_hash", "whom"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-began_at"], name="telling_of_person")]


class Task(models.Model):
    """What staff of an organisation are asked to do: nobody answered. Nothing of the person is in
    it; staff see the word by which a class knows them, and who that is opens by break-glass alone.
    outcome: "", reached, not_reached."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12)

    privacy = PersonalData(
        exported="told: that staff of your school were asked to look after you, and when they did",
        erased="row deleted; the audit log keeps that somebody was told",
        retained="90 days after it ended",
        clear=frozenset(
            {
                "id",
                "person",
                "telling",
                "organisation",
                "made_at",
                "taken_by",
                "taken_at",
                "ended_at",
                "outcome",
            }
        ),
        withheld=frozenset({"taken_by"}),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["telling", "organisation"], name="telling_task_once")
        ]


class ReminderChoice(models.Model):
    """Where reminders go that somebody asked for. body: the address and the language. Sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="told: where reminders go",
        erased="row deleted",
        retained="until it is taken back, or as long as the person",
        clear=frozenset({"person", "updated_at"}),
    )

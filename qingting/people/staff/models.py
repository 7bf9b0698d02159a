"""Storage of organisations and classes, of who serves where, of invitations, of break-glass and of
notices. Names and reasons are sealed; a person stands here as a random id, never with an account
of theirs."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.accounts.models import Account
from qingting.people.models import Person
from qingting.privacy.declarations import NoPersonalData, PersonalData, SealedField


class Organisation(models.Model):
    """A school, a university, a centre. Its name is sealed under the installation's own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = SealedField()
    created_at = models.DateTimeField()

    privacy = NoPersonalData("the name of an organisation, sealed; who is in it stands elsewhere")


class Group(models.Model):
    """A class, a year, a dormitory: part of an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    name = SealedField()
    created_at = models.DateTimeField()

    privacy = NoPersonalData("the name of a class, sealed; who is in it stands elsewhere")


class Membership(models.Model):
    """That somebody joined a class by its code. `reference` is a random word of ten letters that
    they can show to a counsellor: the only handle on them, and they alone are shown it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    reference = models.CharField(max_length=16, unique=True)
    joined_at = models.DateTimeField()

    privacy = PersonalData(
        exported="classes: which you joined, and when",
        erased="row deleted",
        retained="until the person leaves the class",
        clear=frozenset({"id", "person", "group", "reference", "joined_at"}),
    )


class Appointment(models.Model):
    """That an account serves an organisation as counsellor or supervisor, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="appointments: where you serve, and since when",
        erased="row deleted with the account; the audit log keeps that it was given",
        retained="as long as the account",
        clear=frozenset({"id", "account", "organisation", "since", "ended_at"}),
        person="account_id",
        owner="account",
    )


class Invitation(models.Model):
    """A code for a role or for a class, kept only hashed. `role` is empty for a class and for a
    plain account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.BinaryField(max_length=32, unique=True)
    role = models.CharField(max_length=16)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE)
    made_by = models.CharField(max_length=48)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    uses_left = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)

    privacy = NoPersonalData("a hashed code and what it is for; who used it is not kept with it")


class BreakGlass(models.Model):
    """That somebody asked to open something of a person's, why, who agreed, and until when.

    what: identity, last_conversation or plan. reason, danger: sealed under the person's own key,
    so that they go with the person. told_from: from when on the person is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    what = models.CharField(max_length=20)
    reason = SealedField()
    danger = SealedField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8)  # "", allowed, refused
    open_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    told_from = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="opened: who asked to open what, why, and until when",
        erased="row deleted; the audit log keeps that it was opened",
        retained="as long as the person",
        clear=frozenset(
            {
                "id",
                "person",
                "organisation",
                "what",
                "asked_by",
                "asked_at",
                "decided_by",
                "decided_at",
                "decision",
                "open_until",
                "read_at",
                "ended_at",
                "told_from",
                "acknowledged_at",
            }
        ),
        withheld=frozenset({"asked_by", "decided_by"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-asked_at"], name="staff_glass_person")]


class Notice(models.Model):
    """What everybody is told ahead: that the model or the way of speaking changes, or that the
    service ends. body: both languages, sealed under the installation's own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    shown_from = models.DateField()
    body = SealedField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = NoPersonalData("what whoever runs the installation tells everybody")


class FirstLink(models.Model):
    """A one-time link that makes an operator's account, kept only hashed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy = NoPersonalData("a hashed code; whom it made an account for stands in the audit log")

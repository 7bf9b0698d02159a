"""Storage of consents, a declared age, guardians, and the person to call in an emergency."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.accounts.models import Account
from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class Grant(models.Model):
    """That a person agreed to one thing. Nothing is ever changed in it but `withdrawn_at`.

    what, why: words of vocabulary.py. whom: to whom, as an id or a host name; "" for nobody in
    particular. version: of the words that were agreed to. until: None means until withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=32)
    whom = models.CharField(max_length=64)
    why = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="consents: what you agreed to, when, and when you took it back",
        erased="row deleted; the audit log keeps that it was given",
        retained="as long as the person",
        clear=frozenset(
            {
                "id",
                "person",
                "what",
                "whom",
                "why",
                "version",
                "since",
                "until",
                "withdrawn_at",
            }
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "what", "whom"], name="consent_grant_of")]


class Age(models.Model):
    """How old a person says they are: a band, never a birthday. Sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="consents: your age as you said it",
        erased="row deleted",
        retained="as long as the person",
        clear=frozenset({"person", "updated_at"}),
    )


class Rest(models.Model):
    """An amount a day and a night that a young person or a guardian of theirs chose (resting.py):
    how much, from when until when, and whose choice it is. Sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="consents: the amount a day and the night agreed on",
        erased="row deleted",
        retained="until it is taken away, or as long as the person",
        clear=frozenset({"person", "updated_at"}),
    )


class GuardianCode(models.Model):
    """A code that a young person shows to a guardian: for once, for 72 hours, kept only hashed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="consents: when you asked a parent or guardian",
        erased="row deleted",
        retained="as long as the person",
        clear=frozenset({"id", "person", "code_hash", "made_at", "until", "used_at"}),
        withheld=frozenset({"code_hash"}),
    )


class Guardian(models.Model):
    """That a guardian agreed. body: their name and what they are to the young person, sealed.

    account: the guardian's own, if they made one; what it opens is their own page alone.
    way_back_hash: of the code with which they take it back without an account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardians")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    body = SealedField()
    way_back_hash = models.BinaryField(max_length=32, unique=True)
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="consents: which guardian agreed, and when",
        erased="row deleted; the audit log keeps that a guardian agreed",
        retained="as long as the person",
        clear=frozenset({"id", "person", "account", "way_back_hash", "agreed_at", "withdrawn_at"}),
        withheld=frozenset({"account", "way_back_hash"}),
    )


class Contact(models.Model):
    """Somebody to call in an emergency, in the person's own words. Sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="consents: whom to call in an emergency",
        erased="row deleted",
        retained="until the person takes it out",
        clear=frozenset({"person", "updated_at"}),
    )

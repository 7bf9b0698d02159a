"""Storage of people and their devices: pseudonyms only, no name, no contact."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.privacy.declarations import PersonalData


class Person(models.Model):
    """Somebody who talks here: a random id. What they write elsewhere is sealed under their key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    privacy = PersonalData(
        exported="devices: since when",
        erased="row deleted, key destroyed",
        retained="until the person erases it or the operator's retention ends",
        clear=frozenset({"id", "created_at"}),
        person="id",
    )


class Device(models.Model):
    """A browser or a phone a guest uses: knows the person by a random token, kept only hashed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    token_hash = models.BinaryField(unique=True, max_length=32)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="devices: when each was first seen",
        erased="row deleted",
        retained="until revoked or the person is erased",
        clear=frozenset({"id", "person", "token_hash", "created_at", "revoked_at"}),
        withheld=frozenset({"token_hash"}),
    )

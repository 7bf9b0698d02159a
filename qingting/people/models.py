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
    # Asked for on this device after so many minutes without a page; "" for none. Argon2id.
    pin = models.CharField(max_length=128, default="", db_default="", blank=True)
    pin_minutes = models.PositiveSmallIntegerField(default=5, db_default=5)
    # How often it was tried since when. Here, so that every process counts the same.
    pin_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    pin_tried_from = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="devices: when each was first seen, whether it has a PIN",
        erased="row deleted",
        retained="until revoked or the person is erased",
        clear=frozenset(
            {
                "id",
                "person",
                "token_hash",
                "created_at",
                "revoked_at",
                "pin",
                "pin_minutes",
                "pin_tries",
                "pin_tried_from",
            }
        ),
        withheld=frozenset({"token_hash", "pin", "pin_minutes", "pin_tries", "pin_tried_from"}),
    )

"""Guests: a device is known by a random token in a signed cookie, kept only hashed.

The token is not the person's id and can be revoked; nobody is asked for a name.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from qingting.people.models import Device, Person
from qingting.privacy.keyring import Keyring


def hashed(token: str) -> bytes:
    """What is stored of a token. It has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def find_person(token: str | None) -> UUID | None:
    """Whose device this is, or None for a device never seen or revoked."""
    if token is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM people_device WHERE token_hash = %s AND revoked_at IS NULL",
            [hashed(token)],
        )
        row = cursor.fetchone()
    return None if row is None else _uuid(row[0])


def welcome(token: str, keyring: Keyring, now: datetime) -> UUID:
    """A new guest for a device never seen: their key first, so that nothing is ever unsealed.

    Two messages sent at once by a new device meet here; the loser takes the winner's person.
    """
    person, device = uuid.uuid4(), uuid.uuid4()
    keyring.create(person)
    moment = connection.ops.adapt_datetimefield_value(now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (id, created_at) VALUES (%s, %s)", [_param(person), moment]
        )
        cursor.execute(
            "INSERT INTO people_device (id, person_id, token_hash, created_at) "
            "VALUES (%s, %s, %s, %s) ON CONFLICT (token_hash) DO NOTHING",
            [_param(device), _param(person), hashed(token), moment],
        )
        won = cursor.rowcount == 1
        if not won:
            cursor.execute("DELETE FROM people_person WHERE id = %s", [_param(person)])
    if not won:
        keyring.destroy(person)
    found = find_person(token)
    if found is None:
        raise PermissionError("this device was revoked")
    return found


def new_person(keyring: Keyring, now: datetime) -> UUID:
    """Somebody new: their key first, so that nothing is ever unsealed."""
    person = uuid.uuid4()
    keyring.create(person)
    Person.objects.create(id=person, created_at=now)
    return person


def add(person: UUID, token: str, now: datetime, *, pin: str = "", minutes: int = 5) -> None:
    """From now on a device with this token is this person's. pin: hashed, see hiding/lock.py."""
    Device.objects.create(
        person_id=person,
        token_hash=hashed(token),
        created_at=now,
        pin=pin,
        pin_minutes=minutes,
    )


def revoke_token(token: str | None, now: datetime) -> None:
    """A token that opens nothing any more; None and unknown tokens are left alone."""
    if token is not None:
        Device.objects.filter(token_hash=hashed(token), revoked_at=None).update(revoked_at=now)


def revoke(person: UUID, device: UUID, now: datetime) -> bool:
    """Sign one of a person's own devices out. False when it is not theirs or is out already."""
    mine = Device.objects.filter(person_id=person, id=device, revoked_at=None)
    return mine.update(revoked_at=now) == 1


def of(person: UUID) -> list[Device]:
    """A person's devices that may still come in, the newest first."""
    return list(Device.objects.filter(person_id=person, revoked_at=None).order_by("-created_at"))


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _param(value: UUID) -> str | UUID:
    return value.hex if connection.vendor == "sqlite" else value

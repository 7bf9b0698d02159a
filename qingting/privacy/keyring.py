"""Where person keys live: a key database of their own, backed up apart, so that destroying a key
outlives every restore of the rest."""

from __future__ import annotations

import os
from uuid import UUID

from django.db import connections
from django.utils import timezone

from qingting.privacy.errors import KeyMissing
from qingting.privacy.key_provider import GivenKeys, KeyProvider
from qingting.privacy.models import PersonKey
from qingting.privacy.sealing import KEY_BYTES, PersonSeal

DATABASE = "keys"


class Keyring:
    """Makes, opens and destroys person keys. One row read a turn and no cache: a destroyed key is
    gone at once, in every process.

    keys: what wraps them, or an installation key of 32 bytes itself, or None when it is missing;
    then nothing opens and KeyMissing is raised, which the pages answer with an unsaved reply.
    """

    def __init__(self, keys: KeyProvider | bytes | None) -> None:
        self._provider = GivenKeys([keys]) if isinstance(keys, bytes) else keys

    def create(self, person: UUID) -> PersonSeal:
        """A new key for a person who has none. Raises KeyMissing without an installation key."""
        data_key = os.urandom(KEY_BYTES)
        wrapped = self._wrapping().wrap(data_key, person)
        with connections[DATABASE].cursor() as cursor:
            cursor.execute(
                "INSERT INTO privacy_personkey (person_id, wrapped, created_at) "
                "VALUES (%s, %s, %s)",
                [
                    self._id(person),
                    wrapped,
                    connections[DATABASE].ops.adapt_datetimefield_value(timezone.now()),
                ],
            )
        return PersonSeal(data_key)

    def open(self, person: UUID) -> PersonSeal:
        """The seal of a person. Raises KeyMissing when it was destroyed or never made, Unreadable
        when it was wrapped by another installation key."""
        wrapping = self._wrapping()
        with connections[DATABASE].cursor() as cursor:
            cursor.execute(
                "SELECT wrapped FROM privacy_personkey WHERE person_id = %s", [self._id(person)]
            )
            row = cursor.fetchone()
        if row is None:
            raise KeyMissing("this person has no key")
        return PersonSeal(wrapping.unwrap(row[0], person))

    def destroy(self, person: UUID) -> None:
        """Destroy a person's key: what it sealed, wherever copied, never opens again."""
        PersonKey.objects.using(DATABASE).filter(person_id=person).delete()

    def _wrapping(self) -> KeyProvider:
        if self._provider is None:
            raise KeyMissing("the installation's key is missing")
        return self._provider

    def _id(self, person: UUID) -> str | UUID:
        return person.hex if connections[DATABASE].vendor == "sqlite" else person

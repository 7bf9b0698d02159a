"""What belongs to the installation and not to one person: sealing, blind indexes, the audit log.

Each use has a random key of its own, wrapped in the key database as a person's is. Rotating the
installation's key wraps them anew and changes none, so that indexes stay as they are stored.
"""

from __future__ import annotations

import os
from typing import Final, Literal
from uuid import UUID, uuid5

from django.db import connections
from django.utils import timezone

from qingting.privacy.blind_index import BlindIndex
from qingting.privacy.errors import KeyMissing
from qingting.privacy.key_provider import KeyProvider
from qingting.privacy.sealing import KEY_BYTES, InstallationSeal

Use = Literal["seal", "index", "audit"]

_NAMES: Final = UUID("0d8a9d0a-4c4b-5a53-9a52-4f4d9f0b6f57")
_DATABASE: Final = "keys"


def owner_of(name: str) -> UUID:
    """The owner that an installation's key of this name is bound to when it is wrapped."""
    return uuid5(_NAMES, name)


class Installation:
    """The installation's own keys at work in one process. They are made when first needed and
    never destroyed, so each is read once a process. May be used from several threads.

    Everything here raises KeyMissing without the installation's key, Unreadable under another, and
    DatabaseError when the key database does not answer.
    """

    def __init__(self, provider: KeyProvider) -> None:
        self._provider = provider
        self._keys: dict[str, bytes] = {}
        self._indexes: dict[str, BlindIndex] = {}
        self._seal: InstallationSeal | None = None

    def seal(self) -> InstallationSeal:
        """Seals what belongs to no one person, such as which account is which person."""
        if self._seal is None:
            self._seal = InstallationSeal(self.key("seal"))
        return self._seal

    def blind_index(self, purpose: str, value: str) -> bytes:
        """The index of a value for a purpose: 32 bytes, always the same."""
        if purpose not in self._indexes:
            self._indexes[purpose] = BlindIndex(self.key("index"), purpose)
        return self._indexes[purpose].of(value)

    def key(self, name: Use) -> bytes:
        """The 32 bytes for one use."""
        if name not in self._keys:
            self._keys[name] = self._provider.unwrap(
                self._stored(name) or self._made(name), owner_of(name)
            )
        return self._keys[name]

    def _stored(self, name: str) -> bytes | None:
        with connections[_DATABASE].cursor() as cursor:
            cursor.execute("SELECT wrapped FROM privacy_installationkey WHERE name = %s", [name])
            row = cursor.fetchone()
        return None if row is None else bytes(row[0])

    def _made(self, name: str) -> bytes:
        """Two processes that make one at the same moment meet here; the loser takes the other's."""
        wrapped = self._provider.wrap(os.urandom(KEY_BYTES), owner_of(name))
        moment = connections[_DATABASE].ops.adapt_datetimefield_value(timezone.now())
        with connections[_DATABASE].cursor() as cursor:
            cursor.execute(
                "INSERT INTO privacy_installationkey (name, wrapped, created_at) "
                "VALUES (%s, %s, %s) ON CONFLICT (name) DO NOTHING",
                [name, wrapped, moment],
            )
        stored = self._stored(name)
        if stored is None:
            raise KeyMissing("the installation's own key could not be kept")
        return stored

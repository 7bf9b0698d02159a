"""Sealing text: AES-256-GCM under a person's data key, bound to the row and column it stands in.

Layout of a sealed value: one version byte, 12 bytes of nonce, ciphertext with its 16-byte tag.
The associated data is "table.column:row", so a value copied to another row does not open. NIST
SP 800-38D allows 2**32 random nonces per key; one person writes far fewer values.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qingting.privacy.errors import Unreadable

_VERSION: Final = b"\x01"
_NONCE: Final = 12
_TAG: Final = 16
KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands."""

    table: str
    column: str
    row: UUID

    @property
    def associated_data(self) -> bytes:
        """What binds a value to its place."""
        return f"{self.table}.{self.column}:{self.row.hex}".encode()


class PersonSeal:
    """Seals and opens what belongs to one person."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, text: str, place: Place) -> bytes:
        """The sealed form of a text for one place."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, text.encode(), place.associated_data)
        return _VERSION + nonce + sealed

    def open(self, sealed: bytes, place: Place) -> str:
        """The text. Raises Unreadable when it was not sealed by this key for this place."""
        return _open(self._cipher, bytes(sealed), place.associated_data).decode()

    def seal_json(self, value: Any, place: Place) -> bytes:
        """The sealed form of a JSON value."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), place)

    def open_json(self, sealed: bytes, place: Place) -> Any:
        """The JSON value. Raises Unreadable as `open` does."""
        return json.loads(self.open(sealed, place))


class KeyWrap:
    """Wraps person keys under the installation's key."""

    def __init__(self, master_key: bytes) -> None:
        derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"qingting person-key wrap v1")
        self._cipher = AESGCM(derived.derive(master_key))

    def wrap(self, data_key: bytes, person: UUID) -> bytes:
        """A person's key as it is stored."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, data_key, person.bytes)

    def unwrap(self, wrapped: bytes, person: UUID) -> bytes:
        """A person's key. Raises Unreadable when the installation's key is another one."""
        return _open(self._cipher, bytes(wrapped), person.bytes)


def _open(cipher: AESGCM, sealed: bytes, associated_data: bytes) -> bytes:
    if sealed[:1] != _VERSION:
        raise Unreadable("sealed value of an unknown version")
    if len(sealed) < len(_VERSION) + _NONCE + _TAG:
        raise Unreadable("sealed value is cut short")
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return cipher.decrypt(nonce, body, associated_data)
    except InvalidTag:
        # No chaining: the context would name nothing useful and may name much.
        raise Unreadable("sealed value does not open here") from None

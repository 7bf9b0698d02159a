"""Sealing text: AES-256-GCM under a person's data key, bound to the row and column it stands in.

Layout of a sealed value: one version byte, 12 bytes of nonce, ciphertext with its 16-byte tag.
The associated data is "table.column:row", so a value copied to another row does not open. NIST
SP 800-38D allows 2**32 random nonces per key; one person writes far fewer values.

A wrapped key names the key that wrapped it: version byte 2, 8 bytes of that key's name, nonce,
ciphertext with tag. Version byte 1 (the first installations) names none and keeps opening.
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
_NAMED: Final = b"\x02"
_NAME: Final = 8
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


class _Seal:
    """Seals and opens under one data key."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, text: str, place: Place) -> bytes:
        """The sealed form of a text for one place."""
        return self.seal_bytes(text.encode(), place)

    def open(self, sealed: bytes, place: Place) -> str:
        """The text. Raises Unreadable when it was not sealed by this key for this place."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, value: bytes, place: Place) -> bytes:
        """The sealed form of bytes for one place."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, value, place.associated_data)

    def open_bytes(self, sealed: bytes, place: Place) -> bytes:
        """The bytes. Raises Unreadable as `open` does."""
        return _open(self._cipher, bytes(sealed), place.associated_data)

    def seal_json(self, value: Any, place: Place) -> bytes:
        """The sealed form of a JSON value."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), place)

    def open_json(self, sealed: bytes, place: Place) -> Any:
        """The JSON value. Raises Unreadable as `open` does."""
        return json.loads(self.open(sealed, place))


class PersonSeal(_Seal):
    """Seals and opens what belongs to one person."""


class InstallationSeal(_Seal):
    """Seals and opens what belongs to the installation and to no one person."""


class KeyWrap:
    """Wraps keys under one installation key.

    version: the key's name, 16 hexadecimal digits derived from it, which says nothing about it.
    """

    def __init__(self, master_key: bytes) -> None:
        derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"qingting person-key wrap v1")
        self._cipher = AESGCM(derived.derive(master_key))
        named = HKDF(SHA256(), _NAME, salt=None, info=b"qingting installation-key name v1")
        self._head = _NAMED + named.derive(master_key)
        self.version: Final = self._head[1:].hex()

    def wrap(self, data_key: bytes, owner: UUID) -> bytes:
        """A key as it is stored, bound to its owner (a person, or a use of the installation's)."""
        nonce = os.urandom(_NONCE)
        body = self._cipher.encrypt(nonce, data_key, self._head + owner.bytes)
        return self._head + nonce + body

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        """A key. Raises Unreadable when it was wrapped by another installation key, for another
        owner, or was changed."""
        wrapped = bytes(wrapped)
        if wrapped[:1] == _VERSION:
            return _open(self._cipher, wrapped, owner.bytes)
        if not wrapped.startswith(self._head):
            raise Unreadable("wrapped by another key")
        return _decrypted(self._cipher, wrapped[len(self._head) :], self._head + owner.bytes)


def version_of(wrapped: bytes) -> str:
    """Name of the key that wrapped a value; "" when it names none, or is no wrapped key."""
    wrapped = bytes(wrapped)
    return wrapped[1 : 1 + _NAME].hex() if wrapped[:1] == _NAMED else ""


def _open(cipher: AESGCM, sealed: bytes, associated_data: bytes) -> bytes:
    if sealed[:1] != _VERSION:
        raise Unreadable("sealed value of an unknown version")
    return _decrypted(cipher, sealed[1:], associated_data)


def _decrypted(cipher: AESGCM, sealed: bytes, associated_data: bytes) -> bytes:
    if len(sealed) < _NONCE + _TAG:
        raise Unreadable("sealed value is cut short")
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], associated_data)
    except InvalidTag:
        # No chaining: the context would name nothing useful and may name much.
        raise Unreadable("sealed value does not open here") from None

"""Finding a row by something that is not stored: an e-mail address, a campus id, a person's id.

What is stored is HMAC-SHA-256 of it under a key of the installation. The same value gives the same
index, so that it can be looked up; without the key nobody can try values against a stolen copy.
The key is kept wrapped in the key database (installation.py), so rotation never changes an index.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INDEX_BYTES: Final = 32
_INFO: Final = b"qingting blind index v1:"


class BlindIndex:
    """Makes indexes for one purpose, such as "people.belonging". Indexes of two purposes have
    nothing in common, so one table cannot be matched against another.

    key: 32 random bytes, the same for as long as the installation lives.
    """

    def __init__(self, key: bytes, purpose: str) -> None:
        if not purpose:
            raise ValueError("a blind index is for some purpose")
        derived = HKDF(SHA256(), INDEX_BYTES, salt=None, info=_INFO + purpose.encode())
        self._key = derived.derive(key)

    def of(self, value: str) -> bytes:
        """The index of a value, 32 bytes. Values are compared as they are; write what may be
        written in several ways with `same_form` first."""
        return hmac.digest(self._key, value.encode(), "sha256")


def same_form(value: str) -> str:
    """One way of writing what people type in several: width, case and outer spaces apart."""
    return unicodedata.normalize("NFKC", value).strip().casefold()

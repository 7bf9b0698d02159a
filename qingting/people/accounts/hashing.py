"""Passwords: Argon2id, and never more than two at a time."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

# One hash takes about 100 MB for a tenth of a second; a crowd at the door must not take them all
# at once on a small machine. Whoever comes third waits a moment.
_AT_ONCE: Final = BoundedSemaphore(2)


class Argon2(Argon2PasswordHasher):
    """Django's Argon2id, a few at a time."""

    def encode(self, password: str, salt: str) -> str:
        """See Django's."""
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """See Django's."""
        with _AT_ONCE:
            return super().verify(password, encoded)

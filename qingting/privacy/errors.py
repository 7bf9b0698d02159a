"""What can go wrong while keeping things safe.

StorageError
├── KeyMissing      the installation's key or a person's key is not there
├── Unreadable      a stored text does not open: wrong key, or it was moved or changed
└── AuditFailed     a deed cannot be noted in the audit log, and so must not happen
"""

from __future__ import annotations


class StorageError(Exception):
    """Something could not be kept or read back. Never carries what a person wrote."""


class KeyMissing(StorageError):
    """The key needed is not there."""


class Unreadable(StorageError):
    """A sealed value does not open under this key and place."""


class AuditFailed(StorageError):
    """A deed could not be noted in the audit log; its transaction is rolled back."""

"""After something was deleted for good: no copy of it stays in the database's own files.

SQLite overwrites what is deleted (settings: secure_delete), but its log of changes still holds the
page as it was, until it is carried over and cut off here. PostgreSQL leaves a deleted row in its
file until it is vacuumed; its log of changes goes when it is recycled (docs/privacy.md).
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import Error as DatabaseError
from django.db import connections

log = logging.getLogger(__name__)

DATABASES: Final = ("keys", "default")


def overwrite_deleted() -> bool:
    """Do it in both databases. False when one was too busy: then the next run does it. Never
    raises: what was deleted stays deleted either way."""
    done = [_overwritten(alias) for alias in DATABASES]
    return all(done)


def _overwritten(alias: str) -> bool:
    connection = connections[alias]
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                row = cursor.fetchone()
                return row is None or row[0] == 0
            if alias == "keys":
                # Written anew, so that the old page is not there either. The table is small.
                cursor.execute("SET lock_timeout = '2s'")
                try:
                    cursor.execute("VACUUM (FULL) privacy_personkey")
                finally:
                    cursor.execute("RESET lock_timeout")
    except DatabaseError as error:
        log.warning("deleted pages of %s are not overwritten yet: %s", alias, type(error).__name__)
        return False
    return True

"""What only somebody with the rights of the database's owner can do: open the audit log to changes.
For tests that change it, and for those whose tables Django empties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "privacy_auditentry"


@contextmanager
def unlocked(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without its triggers for as long as this lasts."""
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            yield
            return
        back = _open(cursor, connection.vendor)
        yield
        for statement in back:
            cursor.execute(statement)


def _open(cursor: Any, vendor: str) -> list[str]:
    if vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {_TABLE} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {_TABLE} ENABLE TRIGGER USER"]
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE]
    )
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def let_tests_empty_tables() -> None:
    """After a test with real transactions Django empties every table, this one too."""
    _wrap(type(connections["default"].ops))


def _wrap(operations: Any) -> None:
    flush = operations.execute_sql_flush

    def unlocked_flush(self: Any, statements: Sequence[str]) -> None:
        with unlocked(self.connection):
            flush(self, statements)

    operations.execute_sql_flush = unlocked_flush

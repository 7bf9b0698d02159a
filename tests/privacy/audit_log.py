"""An audit log to look at and to tamper with, in a test's own transaction."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from qingting.privacy import audit
from qingting.privacy.audit import Action, By
from qingting.privacy.audit_verify import Mark, Verdict, verify
from tests.privacy.unlocking import unlocked

KEY = b"k" * 32
BEGAN = datetime(2026, 3, 1, 23, 15, tzinfo=UTC)
MIA, NOOR = UUID(int=0xA1), UUID(int=0xA2)
COUNSELLOR = UUID(int=0xC0)

Commit = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


@dataclass(frozen=True, slots=True)
class Log:
    """commit: makes what a test's transaction holds back happen as if it were committed."""

    commit: Commit

    def note(self, number: int = 1) -> None:
        """Note some deeds, of several kinds."""
        for _ in range(number):
            self.one(*_DEEDS[count() % len(_DEEDS)])

    def one(self, action: Action, by: By, subject: UUID | None = None, what: str = "") -> None:
        """Note one deed and let it be committed."""
        with self.commit(execute=True):
            at = BEGAN + timedelta(minutes=next(_minutes))  # never the same twice
            audit.record(action, by=by, subject=subject, object_ref=what, now=at)

    def verdict(self, expected: Mark | None = None) -> Verdict:
        """What checking says."""
        return verify(KEY, expected)


_minutes = itertools.count()
_DEEDS = (
    (Action.SIGNED_IN, By("person", str(MIA)), MIA, ""),
    (Action.CONVERSATION_READ, By("account", str(COUNSELLOR)), MIA, f"conversation:{UUID(int=9)}"),
    (Action.RETENTION_RUN, By("system", "retention"), None, "retention.guests"),
    (Action.EXPORTED, By("person", str(NOOR)), NOOR, ""),
)


def count() -> int:
    """How many entries there are."""
    return int(run("SELECT count(*) FROM privacy_auditentry")[0][0])


def run(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """A statement of the test's own on the main database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall()) if cursor.description else []


def tamper(statement: str, *values: object) -> None:
    """The same by somebody who took the triggers away."""
    with unlocked(connection):
        run(statement, *values)


@contextmanager
def keyed(key: Callable[[], bytes]) -> Iterator[None]:
    """With a key of the test's own for the log."""
    before = audit._key_of
    audit.use(key)
    try:
        yield
    finally:
        audit._key_of = before

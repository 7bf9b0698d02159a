"""The audit log: who did what, when, to whose things. Append-only, chained, and never any words.

A deed and its entry are one transaction: a deed that cannot be noted does not happen. Reading is
in audit_reading.py, checking in audit_verify.py, the words for a person's page in audit_words.py.
docs/audit.md says what it protects against and what not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from qingting.privacy import audit_head
from qingting.privacy.audit_actions import Action, By
from qingting.privacy.audit_chain import Entry, next_entry
from qingting.privacy.errors import AuditFailed, StorageError
from qingting.privacy.models import AuditEntry

__all__ = ["Action", "AuditFailed", "By", "key", "record", "use"]

# Ids and names of ours. No space, no capital, no @ and no letter beyond ASCII, so that no
# sentence, no address and hardly a name fits.
_ID_LIKE: Final = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,31}")
# One number for the whole project: PostgreSQL's lock that lets one writer at a time at the chain.
_LOCK: Final = 0x51_54_41_55

Key = Callable[[], bytes]


def record(
    action: Action,
    *,
    by: By,
    subject: UUID | None = None,
    object_ref: str = "",
    now: datetime | None = None,
) -> None:
    """Note a deed. Call it inside the deed's transaction and last in it: the log is held for this
    writer until that transaction ends.

    subject: the person whose things it was about. object_ref: id of the thing, or a name of ours
    ("conversation:<uuid>", "retention.guests"): lower-case ASCII without spaces, at most 64.
    Raises AuditFailed when it cannot be noted; then a transaction around it cannot be committed
    any more, even by a caller that goes on.
    """
    try:
        # No savepoint: failing here fails the whole of the deed's transaction.
        with transaction.atomic(savepoint=False):
            entry = _append(
                key(),
                Action(action),
                _named(by),
                subject,
                _id_like(object_ref),
                _moment(now),
            )
            transaction.on_commit(partial(audit_head.advance, entry))
    except AuditFailed:
        raise
    except (DatabaseError, StorageError, OSError, ValueError) as error:
        # Not chained: a database's message may repeat the values.
        raise AuditFailed(f"a deed cannot be noted ({type(error).__name__})") from None


def _append(
    secret: bytes, action: Action, by: By, subject: UUID | None, object_ref: str, at: datetime
) -> Entry:
    _one_writer()
    found = AuditEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    if found is None:
        audit_head.begin()
    last = None if found is None else (found[0], bytes(found[1]))
    entry = next_entry(secret, last, action, by, subject=subject, object_ref=object_ref, at=at)
    AuditEntry(
        seq=entry.seq,
        at=entry.at,
        action=entry.action,
        by_kind=entry.by_kind,
        by_ref=entry.by_ref,
        subject=entry.subject,
        object_ref=entry.object_ref,
        previous=entry.previous,
        hash=entry.hash,
    ).save(force_insert=True)
    return entry


def _one_writer() -> None:
    """Wait until nobody else writes here, for as long as this transaction lasts. On SQLite every
    transaction begins as the only writer (settings: IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A writer that never ends must not keep everybody waiting for ever.
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def _named(by: By) -> By:
    """Who did it, one way of writing each. Raises AuditFailed without saying what was refused."""
    if by.kind in ("person", "account"):
        try:
            return By(by.kind, str(UUID(by.ref)))
        except ValueError:
            raise AuditFailed(f"not the id of a {by.kind}") from None
    if by.kind == "system" and by.ref == "":
        return by  # nobody known: a sign-in that failed
    if by.kind not in ("system", "command") or _NAME.fullmatch(by.ref) is None:
        raise AuditFailed("not a name of ours for who did it")
    return by


def _id_like(object_ref: str) -> str:
    if object_ref and _ID_LIKE.fullmatch(object_ref) is None:
        raise AuditFailed("not an id of a thing")
    return object_ref


def _moment(now: datetime | None) -> datetime:
    if now is not None and now.tzinfo is None:
        raise AuditFailed("a time without its zone")
    return now or timezone.now()


_key_of: Key | None = None


def use(key: Key) -> None:
    """Set where the log's key comes from: 32 bytes, the same for as long as the installation
    lives. May raise a StorageError. Called once, by whoever puts the parts together."""
    global _key_of  # noqa: PLW0603  # one process, one installation; set once at start
    _key_of = key


def key() -> bytes:
    """The log's key. Raises AuditFailed before `use`, or a StorageError of where it is kept."""
    if _key_of is None:
        raise AuditFailed("the audit log has no key: qingting.privacy.audit.use was not called")
    return _key_of()

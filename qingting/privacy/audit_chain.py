"""The chain of the audit log: every entry's hash covers the entry and the hash before it.

The hash is HMAC-SHA-256 under a key of the installation: somebody who can write the database but
has no key can neither change an entry nor make one. What is hashed is each field with its length
before it, so that no two entries have the same bytes.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from qingting.privacy.audit_actions import Action, By
from qingting.privacy.models import AuditEntry

ZERO: Final = bytes(32)
_DOMAIN: Final = b"qingting audit entry v1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is stored. action is an Action's value, unless a newer version wrote it."""

    seq: int
    at: datetime
    action: str
    by_kind: str
    by_ref: str
    subject: UUID | None
    object_ref: str
    previous: bytes
    hash: bytes


def hash_of(key: bytes, entry: Entry) -> bytes:
    """What the entry's hash must be: 32 bytes."""
    fields = (
        _DOMAIN,
        str(entry.seq).encode(),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds").encode(),
        entry.action.encode(),
        entry.by_kind.encode(),
        entry.by_ref.encode(),
        entry.subject.bytes if entry.subject is not None else b"",
        entry.object_ref.encode(),
        entry.previous,
    )
    mac = hmac.new(key, digestmod="sha256")
    for one in fields:
        mac.update(len(one).to_bytes(4, "big") + one)
    return mac.digest()


def from_row(row: AuditEntry) -> Entry:
    """The entry a row holds, whatever its columns hold."""
    return Entry(
        row.seq,
        row.at,
        row.action,
        row.by_kind,
        row.by_ref,
        row.subject,
        row.object_ref,
        bytes(row.previous),
        bytes(row.hash),
    )


def next_entry(
    key: bytes,
    last: tuple[int, bytes] | None,
    action: Action,
    by: By,
    *,
    subject: UUID | None,
    object_ref: str,
    at: datetime,
) -> Entry:
    """The entry that follows the last one (its number and hash; None: the first of all)."""
    seq, previous = last or (0, ZERO)
    bare = Entry(seq + 1, at, action.value, by.kind, by.ref, subject, object_ref, previous, b"")
    return replace(bare, hash=hash_of(key, bare))

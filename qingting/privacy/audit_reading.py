"""Reading the audit log: for an auditor, and for the person whose things an entry is about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from qingting.privacy.audit_actions import Action, By
from qingting.privacy.audit_chain import Entry, from_row
from qingting.privacy.models import AuditEntry

MOST: Final = 200
_CHUNK: Final = 2000


def entries(
    *,
    subject: UUID | None = None,
    action: Action | None = None,
    by: By | None = None,
    since: datetime | None = None,
    before: int | None = None,
    limit: int = MOST,
) -> list[Entry]:
    """Entries that fit everything asked for, newest first, `limit` of them at most. before: only
    those with a smaller number, to go on where the last page ended. Raises DatabaseError."""
    found = _asked(subject, action, by, since)
    if before is not None:
        found = found.filter(seq__lt=before)
    return [from_row(one) for one in found.order_by("-seq")[:limit]]


def seen_by_others(
    person: UUID,
    *,
    accounts: Collection[UUID] = (),
    things: Collection[str] = (),
    before: int | None = None,
    limit: int = MOST,
) -> list[Entry]:
    """What others did with what is this person's, newest first: for their own page. accounts:
    ids of accounts that are the person's own. things: what is theirs (as object_ref), whoever it
    was noted for: their account may have been another person then. Raises DatabaseError."""
    own = Q(by_kind="person", by_ref=str(person))
    if accounts:
        own |= Q(by_kind="account", by_ref__in=[str(one) for one in accounts])
    theirs = Q(subject=person) | Q(object_ref__in=list(things))
    found = AuditEntry.objects.filter(theirs).exclude(own)
    if before is not None:
        found = found.filter(seq__lt=before)
    return [from_row(one) for one in found.order_by("-seq")[:limit]]


def in_order(
    *,
    subject: UUID | None = None,
    action: Action | None = None,
    since: datetime | None = None,
) -> Iterator[Entry]:
    """Every entry that fits, oldest first, a few in memory at a time. Raises DatabaseError."""
    found = _asked(subject, action, None, since).order_by("seq")
    return map(from_row, found.iterator(chunk_size=_CHUNK))


def as_json(entry: Entry) -> str:
    """One entry as one line of JSON; its fields are described in docs/audit.md."""
    return json.dumps(
        {
            "seq": entry.seq,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "action": entry.action,
            "by_kind": entry.by_kind,
            "by_ref": entry.by_ref,
            "subject": str(entry.subject) if entry.subject else None,
            "object_ref": entry.object_ref,
            "previous": entry.previous.hex(),
            "hash": entry.hash.hex(),
        }
    )


def _asked(
    subject: UUID | None, action: Action | None, by: By | None, since: datetime | None
) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.all()
    if subject is not None:
        found = found.filter(subject=subject)
    if action is not None:
        found = found.filter(action=action.value)
    if by is not None:
        found = found.filter(by_kind=by.kind, by_ref=by.ref)
    if since is not None:
        found = found.filter(at__gte=since)
    return found

"""What a person is told of break-glass: a line on their next visit, and on the page of who has seen
what, with the reason. Where telling would be a danger it waits, for seven days at most."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from qingting.people.breaking_glass import object_of, reason_of
from qingting.people.staff.models import BreakGlass
from qingting.privacy.audit_chain import Entry
from qingting.privacy.errors import StorageError


def told_by_now(person: UUID, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that a person may be shown now: without those of what they are not told yet."""
    waiting = BreakGlass.objects.filter(person_id=person, told_from__gt=timezone.now())
    hidden = {object_of(one) for one in waiting.values_list("pk", flat=True)}
    return [one for one in entries if one.object_ref not in hidden]


def things_of(person: UUID) -> list[str]:
    """The names that the audit log has for what was asked to be opened of somebody's."""
    found = BreakGlass.objects.filter(person_id=person).values_list("pk", flat=True)
    return [object_of(one) for one in found]


def reasons(person: UUID) -> dict[str, str]:
    """By the name that the audit log has for it, the reason of everything that was asked and that
    the person is told by now. One that does not open is left out."""
    found: dict[str, str] = {}
    for row in BreakGlass.objects.filter(person_id=person, told_from__lte=timezone.now()):
        try:
            found[object_of(row.pk)] = reason_of(row)[0]
        except StorageError:
            continue
    return found


def has_news(person: UUID | None) -> bool:
    """Whether something of theirs was opened, or allowed to be, that they have not been told.
    Raises DatabaseError."""
    if person is None:
        return False
    news = BreakGlass.objects.filter(
        person_id=person,
        decision="allowed",
        told_from__lte=timezone.now(),
        acknowledged_at=None,
    )
    return news.exists()


def acknowledge(person: UUID) -> None:
    """They have read it: the line goes; the page of who has seen what keeps it."""
    BreakGlass.objects.filter(
        person_id=person, told_from__lte=timezone.now(), acknowledged_at=None
    ).update(acknowledged_at=timezone.now())

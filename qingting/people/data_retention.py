"""Guests who have not been here for a long time are erased like anybody who asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from qingting.people.models import Person
from qingting.privacy import rows
from qingting.privacy.audit import By
from qingting.privacy.erasing import Erasing
from qingting.privacy.errors import StorageError
from qingting.privacy.schedule import Schedule

_BY: Final = By("system", "retention")


class InactiveGuests:
    """See qingting.privacy.ports.Limited. has_account: whether somebody is a guest no longer; an
    account is kept until its owner closes it."""

    kind: Final = "guests"
    noted_itself: Final = True

    def __init__(self, erasing: Erasing, has_account: Callable[[UUID], bool]) -> None:
        self._erasing = erasing
        self._has_account = has_account

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return len(self._gone(schedule, now))

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Erase them, one by one. One that fails is left for the next day."""
        erased = 0
        for person in self._gone(schedule, now):
            try:
                self._erasing.erase(person, _BY)
                erased += 1
            except (StorageError, DatabaseError):
                continue
        return erased

    def _gone(self, schedule: Schedule, now: datetime) -> list[UUID]:
        if schedule.guests is None:
            return []
        silent = silent_since(now - schedule.guests).values_list("id", flat=True)
        return [person for person in silent if not self._has_account(person)]


def silent_since(moment: datetime) -> QuerySet[Person]:
    """People of whom nothing at all is newer: no row of any table, in any of its times."""
    silent = Person.objects.filter(created_at__lt=moment)
    for model, one in rows.declared():
        if one.owner != "person" or model is Person or rows.database_of(model) != "default":
            continue
        for name in _times(model):
            newer = model._default_manager.filter(  # noqa: SLF001  # Django's documented API
                **{one.person: OuterRef("pk"), f"{name}__gte": moment}
            )
            silent = silent.exclude(Exists(newer))
    return silent


def last_day(since: datetime, guests: timedelta | None) -> datetime | None:
    """When somebody who never comes back would be erased; None for never."""
    return None if guests is None else since + guests


def _times(model: type[models.Model]) -> list[str]:
    fields = model._meta.local_concrete_fields  # noqa: SLF001
    return [one.name for one in fields if isinstance(one, models.DateTimeField)]

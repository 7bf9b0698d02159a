"""Time limits: what is kept for a while only goes when its time is over, kind by kind.

Run once a day while the server runs, and by `qingting retention run`. Every kind is a part of its
own, so that one that fails keeps nothing else from going.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import transaction

from qingting.privacy import audit
from qingting.privacy.audit import Action, By
from qingting.privacy.errors import StorageError
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.ports import Limited
from qingting.privacy.schedule import Schedule

log = logging.getLogger(__name__)

DAILY = By("system", "retention")
COMMAND = By("command", "retention")


@dataclass(frozen=True, slots=True)
class Went:
    """What came of one kind. failed: name of the error, "" where there was none."""

    kind: str
    number: int
    failed: str = ""


class Retention:
    """The time limits at work. schedule: asked for at every run, because the policy in force may
    change while the server runs."""

    def __init__(
        self,
        limited: Sequence[Limited],
        schedule: Callable[[], Schedule],
        clock: Callable[[], datetime],
    ) -> None:
        self._limited = limited
        self._schedule = schedule
        self._clock = clock

    def due(self) -> list[Went]:
        """How much would go now, by kind. Changes nothing. Raises DatabaseError."""
        now, schedule = self._clock(), self._schedule()
        return [Went(one.kind, one.due(schedule, now)) for one in self._limited]

    def run(self, by: By) -> list[Went]:
        """Remove for good what is over its time. A kind of which something went is noted in the
        audit log together with it."""
        now, schedule = self._clock(), self._schedule()
        went = [self._removed(one, schedule, now, by) for one in self._limited]
        if any(one.number for one in went):
            overwrite_deleted()
        return went

    def _removed(self, one: Limited, schedule: Schedule, now: datetime, by: By) -> Went:
        try:
            number = self._within(one, schedule, now, by)
        except (StorageError, DatabaseError) as error:
            log.error("what is over its time could not go: %s", type(error).__name__)
            return Went(one.kind, 0, type(error).__name__)
        return Went(one.kind, number)

    def _within(self, one: Limited, schedule: Schedule, now: datetime, by: By) -> int:
        if one.noted_itself:
            return one.remove(schedule, now)
        with transaction.atomic():
            number = one.remove(schedule, now)
            if number:
                noted = f"{one.kind}:{number}"
                audit.record(Action.RETENTION_RUN, by=by, object_ref=noted, now=now)
        return number

"""Counts go when no yearly report needs them any more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from qingting.policy.models import DailyUse, Event
from qingting.privacy.schedule import Schedule


class OldCounts:
    """See qingting.privacy.ports.Limited."""

    kind: Final = "counts"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        before = now - schedule.counts
        events = Event.objects.filter(at__lt=before).count()
        return events + DailyUse.objects.filter(day__lt=before.date()).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them."""
        before = now - schedule.counts
        events = Event.objects.filter(at__lt=before).delete()[0]
        return events + DailyUse.objects.filter(day__lt=before.date()).delete()[0]

"""Complaints go a little over a year after they were closed, or after their answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from qingting.complaints.models import Complaint
from qingting.privacy.schedule import Schedule


class OldComplaints:
    """See qingting.privacy.ports.Limited."""

    kind: Final = "complaints"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return _old(schedule, now).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them."""
        return _old(schedule, now).delete()[0]


def _old(schedule: Schedule, now: datetime) -> QuerySet[Complaint]:
    before = now - schedule.counts
    return Complaint.objects.filter(
        Q(closed_at__lt=before) | Q(closed_at=None, answered_at__lt=before)
    )

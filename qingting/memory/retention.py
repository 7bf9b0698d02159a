"""What we meant to ask about goes sixty days after its day."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from qingting.memory.models import CheckIn
from qingting.privacy.schedule import Schedule


class OldCheckIns:
    """See qingting.privacy.ports.Limited."""

    kind: Final = "check_ins"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return _old(schedule, now).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them."""
        return _old(schedule, now).delete()[0]


def _old(schedule: Schedule, now: datetime) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(due_on__lte=(now - schedule.check_ins).date())

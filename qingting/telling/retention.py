"""Letters and tellings go when their time is over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from qingting.outbox.models import Letter
from qingting.privacy.schedule import Schedule
from qingting.telling.models import Telling


class OldLetters:
    """See qingting.privacy.ports.Limited. What staff were asked goes with the telling."""

    kind: Final = "letters"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        before = now - schedule.letters
        letters = Letter.objects.filter(ended_at__lt=before).count()
        return letters + Telling.objects.filter(ended_at__lt=before).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them."""
        due = self.due(schedule, now)
        before = now - schedule.letters
        Telling.objects.filter(ended_at__lt=before).delete()
        Letter.objects.filter(ended_at__lt=before).delete()
        return due

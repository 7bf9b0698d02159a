"""Deleted conversations go for good when their deletion can no longer be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from qingting.privacy.schedule import Schedule
from qingting.talk.models import Conversation


class DeletedTalks:
    """See qingting.privacy.ports.Limited."""

    kind: Final = "deleted_talks"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return Conversation.objects.filter(deleted_at__lte=now - schedule.deleted_talks).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them with everything in them."""
        gone = Conversation.objects.filter(deleted_at__lte=now - schedule.deleted_talks)
        return gone.delete()[1].get("talk.Conversation", 0)

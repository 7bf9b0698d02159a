"""Deleted conversations go for good when their deletion can no longer be taken back, private ones
when they were left for so long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from qingting.privacy.keyring import Keyring
from qingting.privacy.schedule import Schedule
from qingting.talk import private
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


class PrivateTalks:
    """See qingting.privacy.ports.Limited. keyring: asked for when it is needed."""

    kind: Final = "private_talks"
    noted_itself: Final = False

    def __init__(self, keyring: Callable[[], Keyring]) -> None:
        self._keyring = keyring

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return private.left(now, schedule.private_talks).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them with everything in them, and their words from the safety episode."""
        return private.purge(self._keyring(), now, schedule.private_talks)

"""What is kept of the room this takes goes eight weeks after it last changed. A row that holds more
than signs stays; what is old of its signs is dropped with their next turn."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from qingting.companion.dependence.balance import KEPT
from qingting.policy.balance_models import Balance
from qingting.privacy.schedule import Schedule


class OldBalances:
    """See qingting.privacy.ports.Limited."""

    kind: Final = "balances"
    noted_itself: Final = False

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        return _old(now).count()

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them."""
        return _old(now).delete()[0]


def _old(now: datetime) -> QuerySet[Balance]:
    return Balance.objects.filter(lasts=False, updated_at__lt=now - KEPT)

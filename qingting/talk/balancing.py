"""How much room this takes in the life of the person of a turn, as the companion asks for it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.db import Error as DatabaseError

from qingting.companion.dependence.kept import Kept, NothingKept
from qingting.companion.dependence.using import Hours
from qingting.policy import balances, dependence_rows
from qingting.privacy.errors import StorageError
from qingting.talk.database_thread import in_database_thread
from qingting.talk.turns import OpenTurn

log = logging.getLogger(__name__)


class TurnBalance:
    """See qingting.companion.dependence.kept.Kept. What cannot be read is nobody and nothing: no
    reply waits or fails for it."""

    keeps = True

    def __init__(self, opened: OpenTurn) -> None:
        self._opened = opened
        self.balance = opened.balance

    async def named(self) -> Sequence[str]:
        """Whom they named."""
        opened = self._opened
        try:
            return await in_database_thread(balances.named_by, opened.person, opened.seal)
        except (StorageError, DatabaseError, ValueError, KeyError) as error:
            log.error("whom somebody named cannot be read: %s", type(error).__name__)
            return ()

    async def hours(self, now: datetime, since: date) -> Hours | None:
        """When they were here."""
        try:
            return await in_database_thread(
                dependence_rows.hours_of, self._opened.person, now, since
            )
        except DatabaseError as error:
            log.error("when somebody was here cannot be read: %s", type(error).__name__)
            return None


def kept_of(opened: OpenTurn) -> Kept:
    """What is kept, for a turn: nothing in a private conversation."""
    return NothingKept() if opened.private else TurnBalance(opened)

"""What one turn may know of a person about this, and where it is kept: somebody else's affair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from qingting.companion.dependence.balance import Balance
from qingting.companion.dependence.using import Hours


class Kept(Protocol):
    """What is kept of one person, for one turn. keeps: whether this turn may add to it; never in a
    private talk."""

    balance: Balance
    keeps: bool

    async def named(self) -> Sequence[str]:
        """Whom they named themselves, in words turned to them, without anybody who hurts them;
        empty for nobody, and where it cannot be read."""
        ...

    async def hours(self, now: datetime, since: date) -> Hours | None:
        """When they were here; None where it cannot be read. now: on their own clock."""
        ...


class NothingKept:
    """Nothing is kept: the talk is private, or nothing can be read."""

    balance = Balance()
    keeps = False

    async def named(self) -> Sequence[str]:
        """Nobody."""
        return ()

    async def hours(self, now: datetime, since: date) -> Hours | None:
        """Nothing."""
        return None

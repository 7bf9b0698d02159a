"""A turn while it is being answered: it goes on when the tab closes, and any number of readers may
follow it; a reader that comes late gets everything from the beginning."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from qingting.companion.reply.stop import Stop

Wire = dict[str, Any]


@dataclass(slots=True)
class RunningTurn:
    """Events told so far, and a bell for the next one."""

    id: UUID | None
    conversation: UUID | None
    person: UUID | None = None
    stop: Stop = field(default_factory=Stop)
    events: list[Wire] = field(default_factory=list)
    over: bool = False
    # The person is being erased: nothing of it may be stored any more.
    erased: bool = False
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, event: Wire) -> None:
        """Add an event and wake the readers."""
        self.events.append(event)
        self._ring()

    def end(self) -> None:
        """No more events will come."""
        self.over = True
        self._ring()

    async def follow(self) -> AsyncIterator[Wire]:
        """Every event, from the first, until the turn is over."""
        index = 0
        while True:
            bell = self._bell
            while index < len(self.events):
                yield self.events[index]
                index += 1
            if self.over:
                return
            await bell.wait()

    async def finished(self) -> list[Wire]:
        """All events, once the turn is over."""
        async for _ in self.follow():
            pass
        return self.events

    def _ring(self) -> None:
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

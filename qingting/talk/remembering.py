"""What is remembered of the person of a turn, as the companion asks for it."""

from __future__ import annotations

from datetime import datetime

from qingting.companion.recall.recollection import Memory, NoMemory, Recollection
from qingting.talk.database_thread import in_database_thread
from qingting.talk.ports import Memories
from qingting.talk.turns import OpenTurn


class TurnMemory:
    """See qingting.companion.recall.recollection.Memory. keeps: False once it was found paused."""

    def __init__(self, memories: Memories, opened: OpenTurn) -> None:
        self._memories = memories
        self._opened = opened
        self.keeps = True

    async def recall(self, text: str, now: datetime) -> Recollection:
        """See the port."""
        opened = self._opened
        found = await in_database_thread(
            self._memories.recall, opened.person, opened.seal, text, now
        )
        self.keeps = found is not None
        return found or Recollection()


def remembering(memories: Memories | None, opened: OpenTurn) -> Memory:
    """What is remembered, for a turn: nothing in a private conversation."""
    if memories is None or opened.private:
        return NoMemory()
    return TurnMemory(memories, opened)

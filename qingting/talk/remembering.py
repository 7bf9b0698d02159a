"""What is remembered of the person of a turn, as the companion asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qingting.companion.plan.small_talk import is_greeting
from qingting.companion.recall.recollection import Memory, NoMemory, Recollection
from qingting.companion.understand.clean import has_han
from qingting.talk.asking_after import due_for
from qingting.talk.database_thread import in_database_thread
from qingting.talk.ports import CheckIns, Memories
from qingting.talk.turns import OpenTurn


class TurnMemory:
    """See qingting.companion.recall.recollection.Memory. keeps: False once it was found paused."""

    def __init__(
        self, memories: Memories, opened: OpenTurn, check_ins: CheckIns | None = None
    ) -> None:
        self._memories = memories
        self._opened = opened
        self._check_ins = check_ins
        self.keeps = True

    async def recall(self, text: str, now: datetime) -> Recollection:
        """See the port."""
        opened = self._opened
        found = await in_database_thread(
            self._memories.recall, opened.person, opened.seal, text, now
        )
        self.keeps = found is not None
        if found is not None and self._check_ins is not None and _only_greets(opened, text):
            ask = await in_database_thread(
                due_for,
                self._check_ins,
                opened.person,
                opened.seal,
                now,
                now.date(),
                "zh" if has_han(text) else "en",
            )
            found = replace(found, ask=ask)
        return found or Recollection()


def _only_greets(opened: OpenTurn, text: str) -> bool:
    """Whether a talk begins with a greeting and nothing else, and nothing was asked so far."""
    return not opened.state.turns and not opened.state.check_in and is_greeting(text)


def remembering(
    memories: Memories | None, opened: OpenTurn, check_ins: CheckIns | None = None
) -> Memory:
    """What is remembered, for a turn: nothing in a private conversation."""
    if memories is None or opened.private:
        return NoMemory()
    return TurnMemory(memories, opened, check_ins)

"""What is remembered in a test, made by hand, and a talk that goes on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from qingting.companion.events import Done
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.recall.recollection import Recollection, Remembered, Wishes
from qingting.companion.remember.item import Kind
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from tests.companion.fakes import NIGHT, PEOPLE, answered
from tests.companion.talking import written_in

# On their own clocks: Sunday 22 November in Beijing, Saturday the 21st in New York.
TODAY: dict[Language, date] = {"zh": date(2026, 11, 22), "en": date(2026, 11, 21)}
_LONG_AGO = NIGHT - timedelta(days=9)


def item(number: int, kind: Kind, about: str, says: str, **more: Any) -> Remembered:
    """Something told nine days ago."""
    return Remembered(f"{number:032x}", kind, about, says, **{"said_at": _LONG_AGO, **more})


@dataclass(slots=True)
class FakeMemory:
    """Remembers what the test says; `near` is taken as given."""

    items: Sequence[Remembered] = ()
    wishes: Wishes = field(default_factory=Wishes)
    keeps: bool = True

    async def recall(self, text: str, now: datetime) -> Recollection:
        """See qingting.companion.recall.recollection.Memory."""
        return Recollection(tuple(self.items), self.wishes)


async def talked(
    memory: FakeMemory,
    *texts: str,
    state: ConversationState | None = None,
    now: datetime = NIGHT,
    **parts: Any,
) -> list[Done]:
    """What each of these messages, one after the other in a talk, was answered."""
    state, episode, done = state or ConversationState(seed="a seed"), None, []
    for text in texts:
        _, last = await answered(
            text,
            person=PEOPLE[written_in(text)],
            state=state,
            episode=episode,
            now=now,
            parts=Parts(memory=memory, **parts),
        )
        heard = (*state.history, Heard("person", text), Heard("companion", last.reply))
        state, episode = replace(last.state, history=heard[-12:]), last.episode
        now += timedelta(minutes=1)
        done.append(last)
    return done

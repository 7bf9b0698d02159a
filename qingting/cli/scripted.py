"""A person and their conversations held in memory, for the terminal doors: nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from qingting.companion.events import Done, Event
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn
from qingting.companion.understand.history import Heard

_HISTORY = 12


@dataclass(slots=True)
class InMemory:
    """One person talking. `now` is their clock; the caller moves it."""

    person: Person
    policy: Policy
    now: datetime
    parts: Parts = field(default_factory=Parts)
    seed: str = field(default_factory=lambda: uuid4().hex)
    state: ConversationState = field(init=False)
    episode: Episode = field(default_factory=Episode)
    sessions: int = 0

    def __post_init__(self) -> None:
        self.new_session()

    def new_session(self) -> None:
        """Begin a new conversation; what is known of the person's safety stays."""
        self.sessions += 1
        attention = self.state.attention if self.sessions > 1 else None
        self.state = ConversationState(seed=f"{self.seed}-{self.sessions}")
        if attention is not None:
            self.state = replace(self.state, attention=replace(attention, disclosed_at=None))

    async def say(self, text: str) -> tuple[list[Event], Done]:
        """One message and everything told in answer to it."""
        events: list[Event] = []
        done: Done | None = None
        async for event in turn(
            self.state,
            Message(text),
            person=self.person,
            policy=self.policy,
            now=self.now,
            episode=self.episode,
            parts=self.parts,
        ):
            events.append(event)
            if isinstance(event, Done):
                done = event
        assert done is not None
        self.keep(text, done)
        return events, done

    def keep(self, text: str, done: Done) -> None:
        """Go on from what a finished turn left."""
        heard = (*self.state.history, Heard("person", text), Heard("companion", done.reply))
        self.state = replace(done.state, history=heard[-_HISTORY:])
        self.episode = done.episode

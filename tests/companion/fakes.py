"""Fakes of the outside parts of a turn, and one way to run a turn to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qingting.companion.events import Done, Event
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.ports import ChatMessage
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.turn import STAGES, turn
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Reading
from qingting.companion.work import Stage, Work

# 01:37 in Beijing, an ordinary Sunday.
NIGHT = datetime(2026, 11, 21, 17, 37, tzinfo=UTC)
ZH = Person("zh-CN", "Asia/Shanghai", "CN")
EN = Person("en-US", "America/New_York", "US")
PEOPLE: dict[Language, Person] = {"zh": ZH, "en": EN}


@dataclass(slots=True)
class FakeModel:
    """Plays a script: a text is said, a number is a pause in seconds, an error is raised."""

    script: Sequence[str | float | Exception]
    hosted: bool = False
    name: str = "fake"
    asked: list[list[ChatMessage]] = field(default_factory=list)

    async def stream(
        self, messages: Sequence[ChatMessage], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        self.asked.append(list(messages))
        for piece in self.script:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, float):
                await asyncio.sleep(piece)
            else:
                yield piece

    async def close(self) -> None:
        """Nothing is held."""

    @property
    def saw(self) -> str:
        """Everything it was ever sent."""
        return "\n".join(message.content for asked in self.asked for message in asked)


class RaisingModel:
    """Fails the test when it is called at all."""

    name = "never"
    hosted = False

    def stream(
        self, messages: Sequence[ChatMessage], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        raise AssertionError("the model was asked although danger was to be answered first")

    async def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class Scripted:
    """An understanding that reads whatever the test says."""

    reading: Reading

    def __call__(
        self, text: str, history: Sequence[Heard] = (), *, default_language: Language = "zh"
    ) -> Reading:
        return self.reading


@dataclass(slots=True)
class Broken:
    """A stage that raises or never comes back, with the real stage's answer for that."""

    real: Stage
    how: str
    secret: str = ""
    limit: float = 0.03
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.real.name

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        if self.how == "raises":
            raise RuntimeError(self.secret or "broken on purpose")
        if self.how == "raises late":
            async for event in self.real.run(work, parts):
                yield event
            raise RuntimeError(self.secret or "broken on purpose")
        await asyncio.sleep(60)

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        return self.real.fall_back(work, parts)


async def answered(
    text: str,
    *,
    person: Person = ZH,
    policy: Policy | None = None,
    state: ConversationState | None = None,
    episode: Episode | None = None,
    parts: Parts | None = None,
    stages: tuple[Stage, ...] = STAGES,
    now: datetime = NIGHT,
) -> tuple[list[Event], Done]:
    """Every event of one turn, and the Done that ends it."""
    events = [
        event
        async for event in turn(
            state or ConversationState(seed="a seed"),
            Message(text),
            person=person,
            policy=policy or Policy(),
            now=now,
            episode=episode,
            parts=parts,
            stages=stages,
        )
    ]
    done = events[-1]
    assert isinstance(done, Done)
    assert sum(isinstance(event, Done) for event in events) == 1
    return events, done


def with_one_broken(name: str, how: str, secret: str = "") -> tuple[Stage, ...]:
    """The real stages, one of them broken."""
    return tuple(Broken(stage, how, secret) if stage.name == name else stage for stage in STAGES)

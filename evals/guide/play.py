"""Plays scripts through the whole companion, the way `qingting converse --responder guided` does:
one fresh person a script, held in memory, the seed taken from the script's name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import process_time
from typing import Final
from zoneinfo import ZoneInfo

from evals.guide.scripts import Script, Turn
from qingting.cli.scripted import InMemory
from qingting.companion.events import Done, ResponderName
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.plan.plan import Plan
from qingting.companion.policy import Policy
from qingting.companion.understand import understand
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Level, Reading

_PEOPLE: Final[dict[Language, Person]] = {
    "zh": Person(locale="zh-CN", timezone="Asia/Shanghai"),
    "en": Person(locale="en-US", timezone="America/New_York"),
}
# The hour it is made for, on the person's own clock; then two turns a minute.
_START: Final = datetime(2026, 3, 3, 2, 37)  # noqa: DTZ001  # the zone is the person's
_BETWEEN: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and its answer.

    index: 0 for the first turn. before, level: the level of the safety episode before and after.
    understand_ms, turn_ms: processor time of reading, and of the whole turn; nothing in a guided
    turn waits, so this is how long it takes on a core of its own.
    """

    script: Script
    index: int
    reply: str
    plan: Plan
    reading: Reading
    responder: ResponderName = "guided"
    before: Level = "none"
    level: Level = "none"
    understand_ms: float = 0.0
    turn_ms: float = 0.0

    @property
    def turn(self) -> Turn:
        """What was said, with its marks."""
        return self.script.turns[self.index]

    @property
    def in_exercise(self) -> bool:
        """Whether the reply is a step of an exercise (not merely the offer of one)."""
        return self.plan.part in ("begin", "go_on", "resume")


Played = tuple[Exchange, ...]


class _Watch:
    """The embedded understanding, with a count of the seconds spent in it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(
        self, text: str, history: Sequence[Heard] = (), *, default_language: Language = "zh"
    ) -> Reading:
        began = process_time()
        try:
            return understand(text, history, default_language=default_language)
        finally:
            self.seconds += process_time() - began


def play(scripts: Iterable[Script]) -> tuple[Played, ...]:
    """Every script from its start to its end; the same scripts give the same words."""
    return asyncio.run(_play(tuple(scripts)))


def play_one(script: Script) -> Played:
    """One script."""
    return play((script,))[0]


async def _play(scripts: Sequence[Script]) -> tuple[Played, ...]:
    return tuple([await _one(script) for script in scripts])


async def _one(script: Script) -> Played:
    watch = _Watch()
    person = _PEOPLE[script.language]
    talk = InMemory(
        person,
        Policy(),
        _START.replace(tzinfo=ZoneInfo(person.timezone)),
        parts=replace(Parts(), understand=watch),
        seed=f"{script.language}/{script.name}",
    )
    played: list[Exchange] = []
    for index, turn in enumerate(script.turns):
        talk.now += _BETWEEN if index else timedelta()
        before, watch.seconds = talk.episode.level, 0.0
        began = process_time()
        _, done = await talk.say(turn.say)
        took = process_time() - began
        played.append(_exchange(script, index, done, before, watch.seconds, took))
    return tuple(played)


def _exchange(
    script: Script, index: int, done: Done, before: Level, understanding: float, whole: float
) -> Exchange:
    return Exchange(
        script=script,
        index=index,
        reply=done.reply,
        plan=done.plan,
        reading=done.reading,
        responder=done.responder,
        before=before,
        level=done.episode.level,
        understand_ms=1000 * understanding,
        turn_ms=1000 * whole,
    )

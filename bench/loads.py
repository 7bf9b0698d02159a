"""Three ways of talking to a server: one by one, as many as one core bears, at a steady pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.line import Answer
from bench.messages import dangerous, ordinary
from bench.talkers import Talker

# A conversation of the bench is this long; then its talker begins another.
TURNS: Final = 10
# Messages of those who talk at once are numbered from here on, so that none was said before.
_LATER: Final = 10 * TURNS

Words = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: who, which message of theirs, the words, and the answer."""

    talker: int
    turn: int
    text: str
    answer: Answer


async def one_by_one(talkers: Sequence[Talker], turns: int) -> list[Said]:
    """Talkers take turns; nobody else talks meanwhile."""
    said = []
    for number in range(turns):
        talker, turn = number % len(talkers), number // len(talkers)
        said.append(await _say(talkers[talker], talker, turn, ordinary))
    return said


async def together(talkers: Sequence[Talker], turns: int) -> list[Said]:
    """Everybody talks at once, each saying the next thing as soon as they were answered."""

    async def talk(talker: int) -> list[Said]:
        mine = range(talker, turns, len(talkers))
        turns_of_theirs = range(_LATER, _LATER + len(mine))
        return [await _say(talkers[talker], talker, n, ordinary) for n in turns_of_theirs]

    said = await asyncio.gather(*(talk(talker) for talker in range(len(talkers))))
    return [one for talker in said for one in talker]


async def steady(talkers: Sequence[Talker], a_second: float, seconds: float) -> list[Said]:
    """Words of danger at a steady pace, each from another open conversation. Times count from when
    a message was due, so that a server that makes everybody wait is not flattered."""
    began = time.perf_counter() + 0.05

    async def at(number: int) -> Said:
        due = began + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        talker, turn = number % len(talkers), number // len(talkers)
        return await _say(talkers[talker], talker, turn, dangerous, due=due, anew=False)

    return list(await asyncio.gather(*(at(n) for n in range(int(a_second * seconds)))))


async def _say(
    talker: Talker,
    number: int,
    turn: int,
    words: Words,
    *,
    due: float | None = None,
    anew: bool = True,
) -> Said:
    if anew and turn % TURNS == 0:
        talker.begin_anew()
    text = words(number, turn)
    return Said(number, turn, text, await talker.say(text, due))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies. values: not empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

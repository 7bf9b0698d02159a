"""One run: the same load on the relay, on the guided companion and on the model's wording."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench import loads
from bench.loads import Said, percentile
from bench.machine import cores, cpu_seconds, described, on_core, resident_mb
from bench.processes import Serving, qingting, relay
from bench.talkers import Caller, Guest, Talker, events, reply
from bench.understanding.turns import cpu_ms
from tests.servers.replies import FRESH_MARKS, script_of
from tests.servers.upstream import Upstream, running

_PACE: Final = 10.0
_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Size:
    """How much is said: alone, one after another (these first, memory is read after them); all at
    once; and words of danger at 10 a second over so many open conversations for so long."""

    alone: int = 200
    together: int = 400
    conversations: int = 50
    danger_seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Side:
    """What was measured of one server. Times in ms, memory in MB, start in seconds.

    understanding: 0 where there is none. busy: share of its core that the server used while
    everybody talked; well below 1, the load generator was the limit. unsaved: turns that were not
    stored. fell_back: ordinary turns that the model should have worded and did not. Both must
    be 0.
    """

    name: str
    turns: int
    cpu: float
    understanding: float
    a_second: float
    busy: float
    first_turn: float
    word_p50: float
    word_p99: float
    danger_byte_p50: float
    danger_byte_p99: float
    danger_word_p50: float
    danger_word_p99: float
    memory_idle: float
    memory_after: float
    start: float
    unsaved: int = 0
    fell_back: int = 0


@dataclass(frozen=True, slots=True)
class Full:
    """Words of danger when nothing can be stored, ms. unsaved: share of those turns, 0 to 1."""

    byte_p50: float
    byte_p99: float
    word_p99: float
    unsaved: float


@dataclass(frozen=True, slots=True)
class Result:
    """Everything of one run. upstream_word_p50: first word of the upstream asked straight, ms.
    full: the guided companion with its disk full."""

    size: Size
    upstream_word_p50: float
    relay: Side
    guided: Side
    model: Side
    full: Full
    machine: str
    seconds: float


async def measure(size: Size) -> Result:
    """Run it. Raises RuntimeError, ConnectionError or TimeoutError when a server fails."""
    began = time.perf_counter()
    machine = described()
    server_core, own_core = cores()
    # "fresh" is the zero-delay upstream whose replies share no sentence: a repeated sentence is
    # dropped by the reply stage, and the bench would measure the guided responder instead.
    with (
        on_core(own_core),
        tempfile.TemporaryDirectory(prefix="qingting-bench-") as folder,
        running("fresh") as upstream,
    ):
        room = Path(folder)
        straight = await _straight(upstream)
        with relay(server_core, room, upstream.base_url) as serving:
            bare = await _relay_side(serving, size)
        guided = await _side("guided", server_core, room / "guided", None, size)
        full = await _full(server_core, room / "guided", size)
        model = await _side("model", server_core, room / "model", upstream.base_url, size)
    return Result(size, straight, bare, guided, model, full, machine, time.perf_counter() - began)


async def _full(core: int, data_dir: Path, size: Size) -> Full:
    """The same words of danger once the database cannot grow."""
    with qingting(core, data_dir, None, full=True) as serving:
        guests = [
            Guest(serving.address, "en" if n % 2 else "zh-CN") for n in range(size.conversations)
        ]
        async with _hired(guests) as talkers:
            await loads.one_by_one(talkers, size.conversations)
            danger = await loads.steady(talkers, _PACE, size.danger_seconds)
    told = [events(one.answer) for one in danger]
    return Full(
        byte_p50=percentile(_bytes_of(danger), 0.5),
        byte_p99=percentile(_bytes_of(danger), 0.99),
        word_p99=percentile(_words_of(danger), 0.99),
        unsaved=sum(not one[-1].get("saved") for one in told) / len(told),
    )


async def _straight(upstream: Upstream) -> float:
    async with _hired([Caller(upstream.port, straight=True)]) as callers:
        said = await loads.one_by_one(callers, 50)
    return percentile(_words_of(said), 0.5)


async def _relay_side(serving: Serving, size: Size) -> Side:
    port = int(serving.address.rpartition(":")[2])
    # Four times as many turns, for the relay's are so short that the clock's ticks would show.
    more = replace(size, together=4 * size.together)
    return await _loaded("relay", serving, more, lambda _: Caller(port))


async def _side(name: str, core: int, data_dir: Path, model_url: str | None, size: Size) -> Side:
    with qingting(core, data_dir, model_url):
        pass  # the first start makes databases and secrets; the second is the one of every day
    with qingting(core, data_dir, model_url) as serving:
        return await _loaded(
            name, serving, size, lambda n: Guest(serving.address, "en" if n % 2 else "zh-CN")
        )


async def _loaded(name: str, serving: Serving, size: Size, talker: Callable[[int], Talker]) -> Side:
    pid = serving.pid
    memory_idle = resident_mb(pid)
    async with _hired([talker(n) for n in range(_AT_ONCE)]) as talkers:
        alone = await loads.one_by_one(talkers, size.alone)
        memory_after = resident_mb(pid)
        cpu, wall = cpu_seconds(pid), time.perf_counter()
        crowd = await loads.together(talkers, size.together)
        cpu, wall = cpu_seconds(pid) - cpu, time.perf_counter() - wall
    async with _hired([talker(n) for n in range(size.conversations)]) as talkers:
        await loads.one_by_one(talkers, size.conversations)
        danger = await loads.steady(talkers, _PACE, size.danger_seconds)
    ours = name != "relay"
    told = [events(one.answer) for one in (*alone, *crowd, *danger)] if ours else []
    words, bytes_, late = _words_of(alone[1:]), _bytes_of(danger), _words_of(danger)
    return Side(
        name=name,
        turns=len(crowd),
        cpu=cpu * 1000 / len(crowd),
        understanding=cpu_ms(crowd) if ours else 0.0,
        a_second=len(crowd) / wall,
        busy=cpu / wall,
        first_turn=_words_of(alone[:1])[0],
        word_p50=percentile(words, 0.5),
        word_p99=percentile(words, 0.99),
        danger_byte_p50=percentile(bytes_, 0.5),
        danger_byte_p99=percentile(bytes_, 0.99),
        danger_word_p50=percentile(late, 0.5),
        danger_word_p99=percentile(late, 0.99),
        memory_idle=memory_idle,
        memory_after=memory_after,
        start=serving.start_seconds,
        unsaved=sum(not one[-1].get("saved") for one in told),
        fell_back=sum(not _by_model(one) for one in (*alone, *crowd)) if name == "model" else 0,
    )


@contextlib.asynccontextmanager
async def _hired(talkers: Sequence[Talker]) -> AsyncIterator[Sequence[Talker]]:
    try:
        yield talkers
    finally:
        for talker in talkers:
            await talker.close()


def _words_of(said: Sequence[Said]) -> list[float]:
    return [(one.answer.first_word - one.answer.asked) * 1000 for one in said]


def _bytes_of(said: Sequence[Said]) -> list[float]:
    return [(one.answer.first_byte - one.answer.asked) * 1000 for one in said]


def _by_model(one: Said) -> bool:
    return all(mark in reply(one.answer) for mark in FRESH_MARKS[script_of(one.text)])

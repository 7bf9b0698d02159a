"""The result as a table: absolute figures, and beside each its ratio to the relay of this run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from bench.measure import Result, Side

_LEFT: Final = 47
_HEAD: Final = ("relay", "guided", "x relay", "model", "x relay")

Figure = Callable[[Side], float]


def rows(result: Result) -> Iterator[str]:
    """The lines of the table, the machine last."""
    size = result.size
    yield _row("", *_HEAD)
    yield from _section(f"CPU, {result.guided.turns} turns, 8 conversations at once")
    yield _figures(result, "a turn, ms", lambda side: side.cpu)
    yield _figures(result, "of it understanding, ms", lambda side: side.understanding, ratio=False)
    yield _figures(result, "beyond understanding, ms", lambda side: side.cpu - side.understanding)
    yield _figures(result, "turns a second on one core", lambda side: side.a_second)
    yield _figures(result, "that core in use, %", lambda side: side.busy * 100, ratio=False)
    yield from _section("Time to the first word, one at a time")
    yield _figures(result, "p50, ms", lambda side: side.word_p50)
    yield _figures(result, "p99, ms", lambda side: side.word_p99)
    yield _figures(
        result,
        f"p50 above the upstream alone ({result.upstream_word_p50:.2f}), ms",
        lambda side: side.word_p50 - result.upstream_word_p50,
        ratio=False,
    )
    yield _figures(
        result,
        "p50 above the relay, ms",
        lambda side: side.word_p50 - result.relay.word_p50,
        ratio=False,
    )
    yield _figures(result, "very first turn after start, ms", lambda side: side.first_turn)
    yield from _section(
        f"Words of danger, 10 a second over {size.conversations} open conversations"
    )
    yield _figures(result, "first byte p50, ms", lambda side: side.danger_byte_p50)
    yield _figures(result, "first byte p99, ms", lambda side: side.danger_byte_p99)
    yield _figures(result, "first word p50, ms", lambda side: side.danger_word_p50)
    yield _figures(result, "first word p99, ms", lambda side: side.danger_word_p99)
    yield from _section("The same with the disk full, guided")
    yield _row("  first byte p50, ms", "", _number(result.full.byte_p50))
    yield _row("  first byte p99, ms", "", _number(result.full.byte_p99))
    yield _row("  first word p99, ms", "", _number(result.full.word_p99))
    yield _row("  of these not stored, %", "", _number(result.full.unsaved * 100))
    yield from _section("At rest")
    yield _figures(result, "memory after start, MB", lambda side: side.memory_idle)
    yield _figures(result, f"memory after {size.alone} turns, MB", lambda side: side.memory_after)
    yield _figures(result, "second start to first answer, s", lambda side: side.start)
    yield from _section("Must be 0")
    yield _figures(result, "turns not stored", lambda side: side.unsaved, ratio=False)
    yield _figures(result, "turns that fell back", lambda side: side.fell_back, ratio=False)
    yield ""
    yield f"{result.machine}; {result.seconds:.0f} s"


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title


def _figures(result: Result, name: str, figure: Figure, *, ratio: bool = True) -> str:
    base = figure(result.relay)
    cells = [_number(base)]
    for side in (result.guided, result.model):
        value = figure(side)
        cells += [_number(value), f"{value / base:.2f}" if ratio and base > 0 else ""]
    return _row(f"  {name}", *cells)


def _number(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"


def _row(name: str, *cells: str) -> str:
    return f"{name:<{_LEFT}}" + "".join(f"{cell:>10}" for cell in cells)

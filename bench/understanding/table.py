"""Speed as a table: ways of reading beside one another, and the aim where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bench.understanding.speed import Speeds, Way

_TITLES: Final = {"whole": "everything", "letters": "no encoder", "rules": "rules alone"}
_LEFT: Final = 42


def rows(found: Speeds) -> Iterator[str]:
    """The lines of the table."""
    yield f"One encode of a short message by the published encoder: {found.encode:.2f} ms"
    yield ""
    yield _row("", [_TITLES[way.name] for way in found.ways], "aim")

    def row(name: str, figure: Callable[[Way], float], aim: str = "") -> str:
        return _row(name, [_number(figure(way)) for way in found.ways], aim)

    yield row("short message, ms", lambda way: way.short)
    yield row("  x one encode", lambda way: way.short / found.encode, "<= 1.6")
    yield row("short message after two turns, ms", lambda way: way.in_talk)
    yield row("  x one encode", lambda way: way.in_talk / found.encode)
    yield row("2 to 400 characters, p50, ms", lambda way: way.p50)
    yield row("2 to 400 characters, p99, ms", lambda way: way.p99, "<= 15")
    yield row("messages a second, in batches", lambda way: way.a_second, ">= 300")
    yield row("the same through qingting understand", lambda way: way.lines_a_second, ">= 300")
    yield row("memory of a process with it, MB", lambda way: way.memory, "<= 220")
    yield row("load until the first reading, s", lambda way: way.load, "<= 2.5")


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _row(name: str, cells: Sequence[str], aim: str) -> str:
    return f"{name:<{_LEFT}}{''.join(f'{cell:>13}' for cell in cells)}{aim:>10}".rstrip()

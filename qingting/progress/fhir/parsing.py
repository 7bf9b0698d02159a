"""JSON that anybody may have written, read so that nothing in it can do harm: no depth, no number
and no text that another part could stumble over. What is wrong is told with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from qingting.progress.fhir.checking import Path

Why = Literal["empty", "no_json", "too_deep", "number", "text", "twice"]

# A bundle of ours is nine deep; those of others are seldom more than fifteen.
MOST_DEEP: Final = 32
# Figures of a number: FHIR's own whole numbers have ten.
_FIGURES: Final = 18


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Stands where something must not be."""

    why: Why


class NotJson(Exception):
    """It cannot be taken. why: what is wrong. path: where. line, column: where nothing could be
    read from there on, counted from 1; 0 where that is not known."""

    def __init__(self, why: Why, path: Path = (), line: int = 0, column: int = 0) -> None:
        super().__init__(why)
        self.why: Why = why
        self.path = path
        self.line = line
        self.column = column


def parsed(text: str) -> Any:
    """What the text says. Raises NotJson."""
    if not text.strip():
        raise NotJson("empty")
    try:
        found = json.loads(
            text.strip().removeprefix("\ufeff"),
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=lambda _: _Wrong("number"),
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise NotJson("no_json", (), error.lineno, error.colno) from None
    except RecursionError:
        raise NotJson("too_deep") from None
    for path, value in _everything(found):
        if len(path) > MOST_DEEP:
            raise NotJson("too_deep", path)
        if isinstance(value, _Wrong):
            raise NotJson(value.why, path)
        if isinstance(value, str) and _half_a_sign(value):
            raise NotJson("text", path)
    return found


def _everything(found: Any) -> Iterator[tuple[Path, Any]]:
    """Every value with the way to it; the names of an object as well, at the object's place."""
    waiting: list[tuple[Path, Any]] = [((), found)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) > MOST_DEEP:
            continue
        if isinstance(value, dict):
            for name, inner in value.items():
                yield path, name
                waiting.append(((*path, name), inner))
        elif isinstance(value, list):
            waiting.extend(((*path, number), inner) for number, inner in enumerate(value))


def _whole(figures: str) -> Any:
    return int(figures) if len(figures) <= _FIGURES else _Wrong("number")


def _fraction(figures: str) -> Any:
    value = float(figures)
    return value if math.isfinite(value) and len(figures) <= 2 * _FIGURES else _Wrong("number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        # Of two that have one name, nobody can say which is meant.
        found[name] = _Wrong("twice") if name in found else value
    return found


def _half_a_sign(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False

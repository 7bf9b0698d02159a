"""The kinds of value a control can have: how one is read, and which of two is the stricter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

Value = bool | int | float | str | date

_WINDOW: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    name: for messages. accepts: whether a value is one. rank: higher is stricter; of two values
    that rank the same the first stays.
    """

    name: str
    accepts: Callable[[Value], bool]
    rank: Callable[[Value], float]

    def stricter(self, one: Value, other: Value) -> Value:
        """The stricter of two."""
        return other if self.rank(other) > self.rank(one) else one


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(name: str, *, less_is_stricter: bool) -> Kind:
    """A number above zero: hours, days, years, people."""
    sign = -1.0 if less_is_stricter else 1.0
    return Kind(
        name,
        lambda value: _is_number(value) and float(value) > 0,  # type: ignore[arg-type]  # a number
        lambda value: sign * float(value),  # type: ignore[arg-type]  # accepted before
    )


def one_of(*words: str) -> Kind:
    """One word of a closed list, the mildest first."""
    return Kind(
        "one of " + ", ".join(words),
        lambda value: value in words,
        lambda value: float(words.index(str(value))),
    )


FLAG: Final = Kind("true or false", lambda v: isinstance(v, bool), lambda v: float(bool(v)))
HOURS: Final = number("hours", less_is_stricter=True)
MINUTES: Final = number("minutes", less_is_stricter=True)
DAYS: Final = number("days", less_is_stricter=True)
MONTHS_AT_LEAST: Final = number("months", less_is_stricter=False)
AGE: Final = number("years of age", less_is_stricter=False)
PEOPLE: Final = number("a number of people", less_is_stricter=True)
WINDOW: Final = Kind(
    "a time of day such as 22:00-06:00",
    lambda value: isinstance(value, str) and _WINDOW.fullmatch(value) is not None,
    lambda value: _length(str(value)),
)
# What no code reads: a date, a sum of money, the name of an office.
TOLD: Final = Kind("text", lambda value: not isinstance(value, bool | float), lambda value: 0.0)


def _length(window: str) -> float:
    """Minutes that a window lasts; one over midnight too."""
    begins, ends = (_minutes(part) for part in window.split("-"))
    return float((ends - begins) % (24 * 60))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def strictest(kind: Kind, values: Sequence[Value]) -> Value:
    """The strictest of at least one value."""
    chosen = values[0]
    for value in values[1:]:
        chosen = kind.stricter(chosen, value)
    return chosen

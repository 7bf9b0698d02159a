"""Whether there is cause to bring more people in: none, some or clear, with its reasons.

It chooses what is done next and nothing else. It is no finding about anybody, no number of it is
ever shown or stored, and there is no word for it that is said to anybody.

What counts follows what is asked about in the field: distress when it cannot be had, people put off
for it, contact falling, and its being preferred to people (Griffiths 2005, J Subst Use 10(4),
191-197; Caplan 2010, Comput Hum Behav 26(5), 1089-1097). The weights and limits are our own
judgement, written to be late rather than early: a single day shows nothing, whatever was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from qingting.companion.dependence.balance import KEPT, Balance
from qingting.companion.dependence.signs import Sign
from qingting.companion.dependence.using import Used

Level = Literal["none", "some", "clear"]

# What one day of a sign weighs when it is fresh.
_WEIGHS: Final[Mapping[Sign, float]] = {
    "only_you": 1.0,
    "partner": 1.5,
    "lost": 1.5,
    "rather": 1.5,
    "instead": 2.0,
    "apart": 1.0,
}
# What a day with somebody takes off again.
_AGAINST: Final[Mapping[Sign, float]] = {"met": 0.75, "warm": 0.5}
# Use counts only beside what was said: alone it shows nothing at all.
_OF_USE: Final[Mapping[Used, float]] = {"more": 1.5, "hours": 0.5}
# A sign counts half after so many days.
_HALF: Final = 14.0
_SOME, _CLEAR = 2.0, 5.0
# Days on which something was said, at the least; and for "clear" from the first to the last.
_DAYS_SOME, _DAYS_CLEAR, _SPAN_CLEAR = 2, 3, 7
# Of these there must be one for "clear": that it is liked is not that it takes something away.
_TAKES: Final[frozenset[Sign]] = frozenset({"instead", "lost", "rather"})


@dataclass(frozen=True, slots=True)
class Concern:
    """See the module. reasons: what it rests on, the weightiest first."""

    level: Level = "none"
    reasons: tuple[Sign | Used, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.level != "none"


NO_CONCERN: Final = Concern()


def concern_of(balance: Balance, today: date) -> Concern:
    """The concern of a day; with every quiet day there is less."""
    if not balance.heard:
        return NO_CONCERN
    said = {sign: _said(balance, sign, weight, today) for sign, weight in _WEIGHS.items()}
    days = {day for sign in _WEIGHS if sign != "apart" for day in _days(balance, sign, today)}
    if not days:
        # Having seen nobody for long is loneliness; beside nothing else it says nothing of us.
        said["apart"] = 0.0
    against = sum(_said(balance, sign, weight, today) for sign, weight in _AGAINST.items())
    of_use = {one: _OF_USE[one] for one in balance.used} if _is_fresh(balance, today) else {}
    weight = max(0.0, sum(said.values()) - against) + sum(of_use.values())
    level = _level(weight, days, said)
    if level == "none":
        return NO_CONCERN
    weighed: list[tuple[float, Sign | Used]] = [
        (-much, sign) for sign, much in said.items() if much
    ]
    weighed += [(-much, use) for use, much in of_use.items()]
    return Concern(level, tuple(reason for _, reason in sorted(weighed)))


def _level(weight: float, days: set[date], said: Mapping[Sign, float]) -> Level:
    if weight < _SOME or len(days) < _DAYS_SOME:
        return "none"
    kinds = {sign for sign, much in said.items() if much}
    spread = len(days) >= _DAYS_CLEAR and (max(days) - min(days)).days >= _SPAN_CLEAR
    clear = weight >= _CLEAR and spread and len(kinds) > 1 and kinds & _TAKES
    return "clear" if clear else "some"


def _said(balance: Balance, sign: Sign, weight: float, today: date) -> float:
    ages = [(today - day).days for day in _days(balance, sign, today)]
    return weight * float(sum(0.5 ** (age / _HALF) for age in ages))


def _days(balance: Balance, sign: Sign, today: date) -> list[date]:
    """Days on which it was said, as far as they count: not those before the clock was put back."""
    return [day for day in balance.days(sign) if 0 <= (today - day).days <= KEPT.days]


def _is_fresh(balance: Balance, today: date) -> bool:
    return balance.used_on is not None and 0 <= (today - balance.used_on).days <= _HALF

"""The stretch of time that is looked at, and what falls into it: day by day, or where that would
be a thicket, the middle of each week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal, get_args

SpanKey = Literal["30", "90", "365", "all"]
SPANS: Final[tuple[SpanKey, ...]] = get_args(SpanKey)
# Days in one point: each day by itself, a week, four weeks.
Unit = Literal[1, 7, 28]
_LEAST: Final = 30
# Over so many days a point is a week; over so many, four weeks.
_DAILY: Final = 120
_WEEKLY: Final = 3 * 366


@dataclass(frozen=True, slots=True)
class Span:
    """The days looked at, both ends among them."""

    key: SpanKey
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> Unit:
        """How many days make one point."""
        if self.days <= _DAILY:
            return 1
        return 7 if self.days <= _WEEKLY else 28

    def holds(self, day: date) -> bool:
        """Whether a day is among them."""
        return self.first <= day <= self.last

    def across(self, day: date) -> int:
        """Where a day stands, from 0 for the first."""
        return (day - self.first).days


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was noted in one point: its first day, where it stands, how often something was noted,
    the middle of it, and from where to where."""

    begins: date
    at: float
    count: int
    middle: float
    low: float
    high: float


def span_of(asked: str, today: date, earliest: date | None) -> Span:
    """The span that was asked for, 30 days where that is none of ours. earliest: the first day on
    which there is anything."""
    key: SpanKey = next((one for one in SPANS if one == asked), "30")
    if key != "all":
        return Span(key, today - timedelta(days=int(key) - 1), today)
    first = today - timedelta(days=_LEAST - 1)
    return Span(key, min(first, earliest or first), today)


def begin_of(day: date, unit: Unit) -> date:
    """The first day of the point a day belongs to; weeks begin on a Monday."""
    number = day.toordinal()
    return day if unit == 1 else date.fromordinal(number - (number - 1) % unit)


def stretches(values: Iterable[tuple[date, float]], span: Span) -> list[Stretch]:
    """What was noted within a span, point by point, the oldest first. A point in which nothing was
    noted is not there."""
    noted: dict[date, list[float]] = defaultdict(list)
    for day, value in values:
        if span.holds(day):
            noted[begin_of(day, span.unit)].append(value)
    return [_stretch(begins, noted[begins], span) for begins in sorted(noted)]


def with_gaps(found: Sequence[Stretch], unit: Unit) -> Iterator[Stretch | None]:
    """The same with None wherever a point between two has nothing."""
    before: Stretch | None = None
    for one in found:
        if before is not None and (one.begins - before.begins).days > unit:
            yield None
        yield one
        before = one


def has_gaps(found: Sequence[Stretch], unit: Unit) -> bool:
    """Whether something is missing between the first and the last."""
    return any(one is None for one in with_gaps(found, unit))


def tick_days(span: Span) -> list[date]:
    """Days to be named under a chart, few enough for a phone."""
    if span.days <= 35:
        return [span.last - timedelta(days=back) for back in range(0, span.days, 7)][::-1]
    first, last = (day.year * 12 + day.month - 1 for day in (span.first, span.last))
    months = range(first + (span.first.day > 1), last + 1)
    step = -(-len(months) // 4)
    return [date(month // 12, month % 12 + 1, 1) for month in months[::step]]


def _stretch(begins: date, values: list[float], span: Span) -> Stretch:
    middle_of_it = span.across(begins) + (span.unit - 1) / 2
    at = min(max(middle_of_it, 0), span.days - 1)
    return Stretch(begins, at, len(values), float(median(values)), min(values), max(values))

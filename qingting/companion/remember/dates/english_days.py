"""Arithmetic of the calendar behind the English names of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

# A day of the year gone by for longer than this is next year's.
_LATELY: Final = 60
# "Last Monday" on a Wednesday is the one before: two days ago is "on Monday".
_NOT_LAST: Final = 3


def after(today: date, days: int) -> date:
    """Some days later; the last or first day there is, where that leaves the calendar."""
    number = today.toordinal() + days
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


def monday(today: date, weeks: int = 0) -> date:
    """The Monday of this week, or of one some weeks on."""
    return after(today, 7 * weeks - today.weekday())


def in_week(today: date, weekday: int, weeks: int) -> date:
    """A weekday of this week, or of one some weeks on."""
    return after(monday(today, weeks), weekday)


def coming(today: date, weekday: int) -> date:
    """The next such weekday, today included."""
    return after(today, (weekday - today.weekday()) % 7)


def gone(today: date, weekday: int) -> date:
    """The latest such weekday before today."""
    return after(today, -((today.weekday() - weekday - 1) % 7 + 1))


def last(today: date, weekday: int) -> date:
    """What "last Monday" means."""
    day = gone(today, weekday)
    return day if (today - day).days >= _NOT_LAST else after(day, -7)


def month(today: date, months: int) -> tuple[date, date]:
    """First and last day of this month, or of one some months on."""
    year, index = divmod(today.year * 12 + today.month - 1 + months, 12)
    year = min(max(year, date.min.year), date.max.year)
    return date(year, index + 1, 1), date(year, index + 1, monthrange(year, index + 1)[1])


def months_on(today: date, months: int) -> date:
    """The same day some months on, or the last of that month."""
    first, final = month(today, months)
    return first.replace(day=min(today.day, final.day))


def made(year: int, number: int, day: int) -> date | None:
    """A day, or None where the calendar has none."""
    try:
        return date(year, number, day)
    except ValueError:
        return None


def of_year(today: date, number: int, day: int, past: bool) -> date | None:
    """A month and day without a year: lately gone, or to come; past: gone in any case."""
    this = made(today.year, number, day)
    if past:
        if this is not None and this <= today:
            return this
        return made(today.year - 1, number, day)
    if this is not None and (today - this).days <= _LATELY:
        before = made(today.year - 1, number, day)
        return before if before and (today - before).days <= _LATELY and this > today else this
    return made(today.year + 1, number, day)


def of_month(today: date, day: int, past: bool) -> date | None:
    """A day of the month alone: the next one, today included, or the latest."""
    steps = (0, -1, -2) if past else (0, 1, 2)
    for step in steps:
        first, final = month(today, step)
        if day <= final.day:
            named = first.replace(day=day)
            if (named <= today) if past else (named >= today):
                return named
    return None


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, four = divmod(century, 4)
    moon = (19 * golden + century - leap - (8 * century + 13) // 25 + 15) % 30
    leap_rest, four_rest = divmod(rest, 4)
    sunday = (32 + 2 * four + 2 * leap_rest - moon - four_rest) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    number, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, number, day + 1)


def nth(year: int, number: int, weekday: int, place: int) -> date | None:
    """That weekday of a month, counted from its first, or from its last where place is below
    nought; None where the month has not so many."""
    first, final = month(date(year, number, 1), 0)
    if place < 0:
        return after(gone(after(final, 1), weekday), 7 * (place + 1))
    day = after(coming(first, weekday), 7 * (place - 1))
    return day if day <= final else None

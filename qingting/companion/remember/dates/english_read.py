"""What the English ways of naming days mean on a calendar: one function for each form.

Each takes the match of its rule (english_rules.py), the person's day and whether the words around
tell of the past; it gives the first day, the last and whether they were named exactly, or None
where the words name no day of the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from qingting.companion.remember.dates import english_days as days
from qingting.companion.remember.dates.english_words import (
    count,
    day_number,
    month_number,
    weekday_number,
)

Named = tuple[date, date, bool] | None
Reader = Callable[[re.Match[str], date, bool], Named]

_MOST_DAYS: Final = 400


def _one(day: date | None) -> Named:
    return None if day is None else (day, day, True)


def _stretch(first: date | None, last: date | None, exact: bool = True) -> Named:
    if first is None or last is None or not 0 <= (last - first).days <= _MOST_DAYS:
        return None
    return first, last, exact


def iso(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "2026-11-20"."""
    return _one(days.made(int(match["year"]), int(match["number"]), int(match["day"])))


def slashed(match: re.Match[str], today: date, past: bool) -> Named:
    """Day and month by numbers, where only one order is possible; "24/7" is all the time, and
    without a word before it 10/10 is a mark."""
    one, other = int(match["one"]), int(match["other"])
    if match.groupdict().get("bare") is not None and (one == other or (one, other) == (24, 7)):
        return None
    if one > 12 >= other:
        day, number = one, other
    elif other > 12 >= one or one == other:
        day, number = other, one
    else:
        return None
    if match["year"]:
        year = int(match["year"])
        return _one(days.made(year + 2000 if year < 100 else year, number, day))
    return _one(days.of_year(today, number, day, past))


def month_day(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "26 December", "Dec 26th 2026"."""
    number, day = month_number(match["month"]), day_number(match["day"])
    if match["year"]:
        return _one(days.made(int(match["year"]), number, day))
    return _one(days.of_year(today, number, day, past))


def month_days(match: re.Match[str], today: date, past: bool) -> Named:
    """Two days; a month told once is the month of both."""
    told = match.groupdict()
    number = month_number(match["month"])
    first = days.of_year(today, number, day_number(match["day"]), past)
    other = month_number(told["other_month"]) if told.get("other_month") else number
    if first is None:
        return None
    year = first.year + (other < number)
    return _stretch(first, days.made(year, other, day_number(match["other"])))


def weekday_nth(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Friday the 20th": only where the calendar agrees."""
    for side in (past, False):
        day = days.of_month(today, day_number(match["day"]), side)
        if day and day.weekday() == weekday_number(match["weekday"]):
            return _one(day)
    return None


def weekday_number_of(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Fri 20": the day where the calendar agrees, else the weekday alone."""
    day = weekday_nth(match, today, past)
    short = match["weekday"].lower() in ("sat", "sun")
    return day if day or short else weekday(match, today, past)


def nth(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "On the 3rd", "the 3rd of next month"."""
    number = day_number(match["day"])
    rest = match[0].lower()
    if "next month" in rest or "last month" in rest:
        first, final = days.month(today, 1 if "next" in rest else -1)
        return _one(first.replace(day=number)) if number <= final.day else None
    return _one(days.of_month(today, number, past))


def nths(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "From the 3rd to the 5th"."""
    first = days.of_month(today, day_number(match["day"]), past)
    last = first and days.of_month(first, day_number(match["other"]), False)
    return _stretch(first, last)


def counted(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "In two weeks", "3 days ago", "a week from Monday", "5 days until"."""
    number, unit = count(match["number"]), match["unit"].lower()
    if number > _MOST_DAYS:
        return None
    # "I had three days left" counts to no day.
    if past and match.groupdict().get("left"):
        return None
    sign = -1 if "ago" in match[0].lower() else 1
    told = match.groupdict().get("weekday")
    if unit.startswith("m"):
        return _one(days.months_on(today, sign * min(number, 13)))
    if unit.startswith("y"):
        return _one(days.months_on(today, sign * 12)) if number == 1 else None
    step = {"d": 1, "n": 1, "s": 1, "w": 7, "f": 14}[unit[0]]
    start = days.coming(today, weekday_number(told)) if told else today
    if (match.groupdict().get("origin") or "").lower() == "tomorrow":
        start = days.after(today, 1)
    return _one(days.after(start, sign * number * step))


def week_on(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Monday week", "Friday fortnight"."""
    steps = 14 if match["unit"].lower() == "fortnight" else 7
    return _one(days.after(days.coming(today, weekday_number(match["weekday"])), steps))


def weekday_of(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next Friday", "Friday next week", "the Friday after next"."""
    named, which = weekday_number(match["weekday"]), match["which"].lower()
    if which == "after next":
        return _one(days.in_week(today, named, 2))
    if which in ("next", "nxt"):
        return _one(days.in_week(today, named, 1))
    if which == "last":
        if "week" in match[0].lower():
            return _one(days.in_week(today, named, -1))
        return _one(days.last(today, named))
    return weekday(match, today, past)


def weekday(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Friday": the coming one, or the latest."""
    named = weekday_number(match["weekday"])
    return _one(days.gone(today, named) if past else days.coming(today, named))


def weekdays(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Monday to Wednesday"."""
    first = (days.gone if past else days.coming)(today, weekday_number(match["weekday"]))
    which = match.groupdict().get("which") or match.groupdict().get("that")
    if which:
        weeks = 0 if which.lower() == "this" else 1
        first = days.in_week(today, weekday_number(match["weekday"]), weeks)
    pair = weekday_number(match["weekday"]), weekday_number(match["other"])
    # Monday to Friday is how people work, unless a start is told.
    if pair == (0, 4) and not which and "from" not in match[0].lower():
        return None
    return _stretch(first, days.coming(first, weekday_number(match["other"])))


def weekend(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "This weekend", "next weekend", "the weekend after next"."""
    which = (match["which"] or "").lower()
    weeks = {"next": 1, "nxt": 1, "last": -1, "after next": 2}.get(which, 0)
    if not which and past and today.weekday() < 5:
        weeks = -1
    saturday = days.in_week(today, 5, weeks)
    return saturday, days.after(saturday, 1), False


def whole_week(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next week"."""
    weeks = {"next": 1, "nxt": 1, "last": -1, "after next": 2}.get(match["which"].lower(), 0)
    start = days.monday(today, weeks)
    return start, days.after(start, 6), False


def whole_month(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next month"."""
    first, last = days.month(
        today, {"next": 1, "nxt": 1, "last": -1}.get(match["which"].lower(), 0)
    )
    return first, last, False


def whole_year(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next year"."""
    year = today.year + (1 if match["which"].lower() == "next" else -1)
    return _stretch(days.made(year, 1, 1), days.made(year, 12, 31), exact=False)


def month_end(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "The end of the month", "the end of May"."""
    if match["month"]:
        first = days.of_year(today, month_number(match["month"]), 1, past)
        last = first and days.month(first, 0)[1]
    else:
        last = days.month(today, 1 if (match["which"] or "").lower() == "next" else 0)[1]
    return None if last is None else (last, last, False)


def named_month(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "In May"."""
    first, final = _month_named(match, today, past)
    part = _PARTS.get((match.groupdict().get("part") or "").lower())
    if part is None:
        return first, final, False
    return first.replace(day=part[0]), final.replace(day=min(part[1], final.day)), False


# Which days of a month are meant by a part of it.
_PARTS: Final = {
    "early": (1, 10),
    "beginning of": (1, 10),
    "start of": (1, 10),
    "mid": (11, 20),
    "mid-": (11, 20),
    "middle of": (11, 20),
    "late": (21, 31),
    "first week of": (1, 7),
    "first week in": (1, 7),
}
_LONGEST_WEEK: Final = 6


def _month_named(match: re.Match[str], today: date, past: bool) -> tuple[date, date]:
    told = match.groupdict()
    if not told.get("month"):
        return days.month(today, 1 if (told.get("that") or "").lower() == "next" else 0)
    number = month_number(match["month"])
    if told.get("year"):
        return days.month(date(int(match["year"]), number, 1), 0)
    back, on = (today.month - number) % 12, (number - today.month) % 12
    return days.month(today, -back if past else on)


def last_of_month(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "The last day of October", "last week of the month"."""
    first, final = _month_named(match, today, past)
    if match["part"].lower() == "week":
        return days.after(final, -_LONGEST_WEEK), final, False
    return _one(first if match["edge"].lower() == "first" else final)


def week_with(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "The week of the 8th", "w/c 8 Nov"."""
    if match["month"]:
        day = days.of_year(today, month_number(match["month"]), day_number(match["day"]), past)
    else:
        day = days.of_month(today, day_number(match["day"]), past)
    return None if day is None else (days.monday(day), days.after(days.monday(day), 6), False)


def rest_of_week(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Later this week"."""
    return _stretch(days.after(today, 1), days.in_week(today, 6, 0), exact=False)


def both_weekend_days(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Sat and sun"."""
    first = days.gone(today, 5) if past else days.coming(today, 5)
    return first, days.after(first, 1), True


_WHICH: Final = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}


def nth_weekday(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "the last Friday of April", "first Monday in May"."""
    weekday, which = weekday_number(match["weekday"]), match["which"].lower()
    if match["month"]:
        number = month_number(match["month"])
        first = days.of_year(today, number, 1, past)
        if first is not None and number == today.month and not past:
            first = today.replace(day=1)
    else:
        first = days.month(today, 1 if (match["that"] or "").lower() == "next" else 0)[0]
    if first is None:
        return None
    if which == "last":
        final = days.month(first, 0)[1]
        return _one(days.after(final, -((final.weekday() - weekday) % 7)))
    return _one(days.after(days.coming(first, weekday), 7 * (_WHICH[which] - 1)))


def relative(steps: int) -> Callable[[re.Match[str], date, bool], Named]:
    """A number of days from today."""
    return lambda match, today, past: _one(days.after(today, steps))


def nothing(match: re.Match[str], today: date, past: bool) -> Named:
    """Words that look like a day and are none."""
    return None

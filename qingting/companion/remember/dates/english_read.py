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
HOLIDAYS: Final = (
    (r"(?:christmas|xmas) eve", 12, 24),
    (r"(?:christmas|xmas)(?: day)?", 12, 25),
    (r"boxing day", 12, 26),
    (r"new year'?s eve|nye", 12, 31),
    (r"new year'?s day", 1, 1),
    (r"(?:st |saint )?stephen'?s(?: day)?", 12, 26),
    (r"(?:st |saint )?(?:pat(?:rick|ty)'?s|paddy'?s) day", 3, 17),
    (r"(?:st |saint )?david'?s day", 3, 1),
    (r"halloween", 10, 31),
    (r"bonfire night|guy fawkes(?: night)?", 11, 5),
    (r"anzac day", 4, 25),
    (r"canada day", 7, 1),
    (r"juneteenth", 6, 19),
    (r"valentine'?s(?: day)?", 2, 14),
)


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
    """Day and month by numbers, where only one order is possible."""
    one, other = int(match["one"]), int(match["other"])
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
    day = days.of_month(today, day_number(match["day"]), past)
    return _one(day) if day and day.weekday() == weekday_number(match["weekday"]) else None


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
    sign = -1 if "ago" in match[0].lower() else 1
    told = match.groupdict().get("weekday")
    if unit.startswith("month"):
        return _one(days.months_on(today, sign * min(number, 13)))
    if unit.startswith("year"):
        return _one(days.months_on(today, sign * 12)) if number == 1 else None
    step = {"d": 1, "n": 1, "w": 7, "f": 14}[unit[0]]
    start = days.coming(today, weekday_number(told)) if told else today
    if (match.groupdict().get("origin") or "").lower() == "tomorrow":
        start = days.after(today, 1)
    return _one(days.after(start, sign * number * step))


def week_on(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Monday week"."""
    return _one(days.after(days.coming(today, weekday_number(match["weekday"])), 7))


def weekday_of(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next Friday", "Friday next week", "the Friday after next"."""
    named, which = weekday_number(match["weekday"]), match["which"].lower()
    if which == "after next":
        return _one(days.in_week(today, named, 2))
    if which == "next":
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
    which = match.groupdict().get("which")
    if which:
        first = days.in_week(today, weekday_number(match["weekday"]), 1)
    pair = weekday_number(match["weekday"]), weekday_number(match["other"])
    # Monday to Friday is how people work, unless a start is told.
    if pair == (0, 4) and not which and "from" not in match[0].lower():
        return None
    return _stretch(first, days.coming(first, weekday_number(match["other"])))


def weekend(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "This weekend", "next weekend"."""
    which = (match["which"] or "").lower()
    weeks = {"next": 1, "last": -1}.get(which, 0)
    if not which and past and today.weekday() < 5:
        weeks = -1
    saturday = days.in_week(today, 5, weeks)
    return saturday, days.after(saturday, 1), False


def whole_week(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next week"."""
    weeks = {"next": 1, "last": -1, "after next": 2}.get(match["which"].lower(), 0)
    start = days.monday(today, weeks)
    return start, days.after(start, 6), False


def whole_month(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Next month"."""
    first, last = days.month(today, {"next": 1, "last": -1}.get(match["which"].lower(), 0))
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
    number = month_number(match["month"])
    if number == today.month:
        return (*days.month(today, 0), False)
    back, on = (today.month - number) % 12, (number - today.month) % 12
    return (*days.month(today, -back if past else on), False)


# Days counted from Easter Sunday; Thanksgiving is counted from none.
_MOVING: Final = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "ash wednesday": -46,
    "shrove tuesday": -47, "pancake day": -47, "thanksgiving": 0,
}  # fmt: skip


def _moving(name: str, today: date, past: bool) -> Named:
    def when(year: int) -> date:
        start = days.thanksgiving(year) if name == "thanksgiving" else days.easter(year)
        return days.after(start, _MOVING[name])

    this = when(today.year)
    if past:
        return _one(this if this <= today else when(today.year - 1))
    return _one(this if this >= today else when(today.year + 1))


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
        first = days.month(today, 1 if match["that"].lower() == "next" else 0)[0]
    if first is None:
        return None
    if which == "last":
        final = days.month(first, 0)[1]
        return _one(days.after(final, -((final.weekday() - weekday) % 7)))
    return _one(days.after(days.coming(first, weekday), 7 * (_WHICH[which] - 1)))


def holiday(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Christmas Eve", "last Easter"."""
    name, rest = match["holiday"].lower(), match[0].lower()
    past = past or rest.startswith("last")
    if name in _MOVING:
        return _moving(name, today, past)
    for words, number, day in HOLIDAYS:
        if re.fullmatch(words, name):
            found = days.made(today.year, number, day)
            if found is None:
                return None
            if found != today and past != (found < today):
                found = days.made(today.year + (-1 if past else 1), number, day)
            return _one(found)
    return None


def relative(steps: int) -> Callable[[re.Match[str], date, bool], Named]:
    """A number of days from today."""
    return lambda match, today, past: _one(days.after(today, steps))


def nothing(match: re.Match[str], today: date, past: bool) -> Named:
    """Words that look like a day and are none."""
    return None

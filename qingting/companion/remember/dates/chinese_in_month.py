"""Chinese days told by their place in a month: 十一月第一个周末, 六月最后一天."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from qingting.companion.remember.dates.chinese_parts import (
    NUMBER,
    STEPS,
    WEEKDAYS,
    day_of,
    month_on,
    moved,
    number,
)
from qingting.companion.remember.dates.chinese_place import Days, Place, Rule

_MONTH: Final = (
    rf"(?:(?P<year>今年|明年)?的?(?<![\d一二三四五六七八九十第个几周])(?P<month>{NUMBER})月份?"
    r"|(?P<which>下下|下|上|这|本)个?月)的?"
)
_WEEKDAY: Final = re.compile(
    rf"{_MONTH}(?:第(?P<place>[一二三四五1-5])|最后一?)个?(?:周|星期|礼拜)"
    r"(?P<weekday>[一二三四五六日天末])"
)
_EDGE: Final = re.compile(rf"{_MONTH}底?的?(?P<edge>最后|第)一天")


def _month_of(place: Place) -> tuple[int, int] | None:
    """Year and month: the told one, or the nearest of that name from this month on."""
    if place.match["which"]:
        return month_on(place.today, STEPS[place.match["which"]])
    month = number(place.match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    late = month < place.today.month and not place.over
    return place.today.year + (place.match["year"] == "明年" or late), month


def _weekday(place: Place) -> Days | None:
    told = _month_of(place)
    if told is None:
        return None
    first = day_of(*told, 1)
    if first is None:
        return None
    weekend = place.match["weekday"] == "末"
    weekday = 5 if weekend else WEEKDAYS[place.match["weekday"]]
    start = moved(first, (weekday - first.weekday()) % 7)
    steps = (number(place.match["place"]) or 1) - 1 if place.match["place"] else _weeks_left(start)
    start = moved(start, 7 * steps)
    if start.month != first.month:
        return None
    return start, moved(start, 1) if weekend else start, not weekend


def _weeks_left(start: date) -> int:
    """How many weeks there are yet in a month after a day of its first week."""
    return int((monthrange(start.year, start.month)[1] - start.day) / 7)


def _edge(place: Place) -> Days | None:
    told = _month_of(place)
    if told is None:
        return None
    day = day_of(*told, 1)
    if day is not None and place.match["edge"] != "第":
        day = day.replace(day=monthrange(day.year, day.month)[1])
    return None if day is None else (day, day, True)


IN_MONTH_RULES: Final[tuple[Rule, ...]] = ((_WEEKDAY, _weekday), (_EDGE, _edge))

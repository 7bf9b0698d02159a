"""Days with a name: fixed ones, and those that move with the lunar calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.remember.dates.chinese_parts import day_of
from qingting.companion.words.bank import read_toml

# What makes of a holiday something else: a tree, a cake, a street, a score.
_NOT_DAY: Final = (
    r"(?!老人|树|帽|礼[物盒]|歌|贺卡|卡片|月饼|粽|路|街|广场"
    r"|晚会|联欢|汇演|[个次般样起些点块元分]|多)"
)


@cache
def _data() -> dict[str, Any]:
    return read_toml(resources.files("qingting.content") / "remember" / "holidays_zh.toml")


@cache
def _by_name() -> dict[str, dict[str, Any]]:
    kinds = ("fixed", "floating", "moving")
    return {name: entry for kind in kinds for entry in _data()[kind] for name in entry["names"]}


@cache
def holiday_pattern() -> re.Pattern[str]:
    """A holiday, with the year where it is told (去年中秋); nothing before or after one."""
    names = "|".join(sorted(map(re.escape, _by_name()), key=len, reverse=True))
    # 二十五一起 holds no first of May; of 周三520 only the 520 is a number.
    alone = r"(?<![\d过完])(?:(?<![一二三四五六七八九十初])|(?=\d))"
    return re.compile(
        rf"(?P<year>今年|明年|去年|前年)?的?{alone}(?P<name>{names})"
        rf"(?:(?:假期)?(?:放假)?(?P<long>[3-8三四五六七八])天(?!后|之|以|前))?"
        rf"(?!\d|[之以]?后|[之以]?前|过后|完|左右|前后){_NOT_DAY}"
    )


@cache
def _lunar_firsts() -> dict[int, list[date]]:
    return {entry["year"]: entry["firsts"] for entry in _data()["lunar"]}


def first_of_lunar_month(year: int, month: int) -> date | None:
    """The first day of a month of the lunar year; None for a year that is not known."""
    firsts = _lunar_firsts().get(year)
    return None if firsts is None else firsts[month - 1]


def holiday(name: str, year: int) -> date | None:
    """When that holiday is in that year; None for a year that is not known."""
    entry = _by_name()[name]
    if "days" in entry:
        return next((day for day in entry["days"] if day.year == year), None)
    if "day" in entry:
        return day_of(year, entry["month"], entry["day"])
    first = day_of(year, entry["month"], 1)
    if first is None:
        return None
    ahead = (entry["weekday"] - first.weekday()) % 7
    return first + timedelta(days=ahead + 7 * (entry["number"] - 1))

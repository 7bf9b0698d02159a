"""Chinese days counted from today: 后天, 三天后, 下周五."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from qingting.companion.remember.dates.chinese_parts import (
    STEPS,
    WEEKDAYS,
    day_of,
    monday,
    month_on,
    moved,
    number,
    part_of_month,
)
from qingting.companion.remember.dates.chinese_place import Days, Place, Rule

_RELATIVE: Final = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3, "大大后": 4,
    "听": 1, "琴": -1, "寻": -1,
}  # fmt: skip
_NEAR_DAY: Final = re.compile(
    r"明后[两二]?天|今明[两二]天"
    r"|(?:大大后|大后|大前|(?<![以然最之今落])(?<!先天)后|(?<![以之目面提])前|昨|今|(?<![光聪证透])明)天(?![天性赋])"
    r"|(?:昨|今|明)(?:日|儿个?|晚|夜|早|晨)(?!报)|听日|[琴寻]日"
    r"|(?<![以然最之今落先背身前幕])后儿(?:个|(?![子歌女童科媳戏]))"
)


def _near_day(place: Place) -> Days:
    word = place.match[0]
    if word.startswith(("明后", "今明")):
        first = moved(place.today, 1 if word[0] == "明" else 0)
        return first, moved(first, 1), True
    day = moved(place.today, _RELATIVE[re.sub(r"[天日儿个晚夜早晨]", "", word)])
    return day, day, True


_COUNT: Final = r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3}|[两俩半])"
_UNIT: Final = r"(?P<unit>天|周|个?星期|个?礼拜|个月)"
_AFTER: Final = re.compile(
    rf"(?<![\d第完了过手业束那每几十来])(?:再?过)?{_COUNT}{_UNIT}(?:之后|以后|后)(?!来|悔|遗|的)"
    rf"|再过{_COUNT.replace('count', 'again')}{_UNIT.replace('unit', 'by')}"
)
_LEFT: Final = re.compile(
    rf"(?:(?:还有|还剩|还差|再有|只剩|就剩|仅剩|剩下|只有|倒计时|离|距离|还)(?:了|下|最后|整整)?(?P<under>不到|大概|差不多|大约)?){_COUNT}{_UNIT}(?![\w]{{0,1}}[假班课饭药钱粮])(?!的)"
)
_AGO: Final = re.compile(rf"(?<![\d第]){_COUNT}{_UNIT}(?:之前|以前|前)(?!的?我还)")


def _count(text: str, unit: str) -> int | None:
    many = number(text) if text != "半" else 0
    if many is None:
        return int(text) if text.isdigit() else None
    if text == "半":
        return 15 if unit == "个月" else None
    return many * {"天": 1, "个月": 30}.get(unit, 7)


def _counted(place: Place) -> Days | None:
    groups = place.match.groupdict()
    text = groups["count"] or groups.get("again") or ""
    unit = groups["unit"] or groups.get("by") or ""
    count = _count(text, unit)
    if count is None:
        return None
    ago = "前" in place.match[0]
    if unit == "个月" and text != "半":
        months = count // 30
        year, month = month_on(place.today, -months if ago else months)
        first, last = part_of_month(year, month, None) or (place.today, place.today)
        day = day_of(year, month, min(place.today.day, last.day)) or first
        return day, day, False
    day = moved(place.today, -count if ago else count)
    return day, day, unit == "天" and not groups.get("under")


_WEEK: Final = r"(?:周|星期|礼拜)"
_WHICH: Final = r"(?P<which>上上|下下|上|下|这|本)一?个?"
# 每周三 and 一周五天 name no day; the 六 of 周六周日 is a day itself.
_BARE: Final = (
    r"(?<![每逢隔整半两几多])(?:(?<![一二三四五六七八九十\d])|(?<=[周期拜][一二三四五六1-6]))"
)
_NOT_WEEKDAY: Final = (
    r"(?![次趟节围]|个(?:小时|月|人)|小时|斤|岁|年|到周[日天五].{0,3}[都每]|天[天时])"
)
_WEEKDAY: Final = re.compile(
    rf"(?:{_WHICH}{_WEEK}|{_BARE}{_WEEK})"
    rf"(?P<weekday>[一二三四五六日天末]|[1-7](?!\d))(?P<more>日)?{_NOT_WEEKDAY}"
)
_WEEKS: Final = re.compile(rf"{_WHICH}{_WEEK}(?![期转围边岁年刊杰星记])")


# A weekday right after a day of the calendar only says more of it: 15号周五, 明天星期三.
_OF_THAT_DAY: Final = re.compile(
    r"(?:[号]|\d日|[今明后]天)(?:[正刚]好是?|那天是|又是|是|就是|[,，(（])?\s?$"
)


def _weekday(place: Place) -> Days | None:
    sign = place.match["weekday"]
    if place.before is not None and place.before[0] == place.before[1] and sign != "末":
        said = place.before[0]
        near = _OF_THAT_DAY.search(place.text, max(0, place.match.start() - 6), place.match.start())
        if near and not place.match["which"]:
            return (said, said, True) if said.weekday() == WEEKDAYS[sign] else None
    weekend = sign == "末" or (sign == "六" and place.match["more"] is not None)
    if place.match["more"] and sign != "六":
        return None
    day = 5 if weekend else WEEKDAYS[sign]
    first = _on_weekday(place, day, weekend)
    return first, moved(first, 1) if weekend else first, sign != "末"


def _on_weekday(place: Place, day: int, weekend: bool) -> date:
    which = place.match["which"]
    if which is not None:
        meant = moved(monday(place.today, STEPS[which]), day)
        # On a Sunday the week that is meant is often the coming one.
        sunday = place.today.weekday() == 6 and day < 5 and STEPS[which] == 0
        return moved(meant, 7) if sunday and not place.over else meant
    if place.before is not None:
        after = moved(place.before[1], 1)
        return moved(after, (day - after.weekday()) % 7)
    if place.over:
        return moved(place.today, -((place.today.weekday() - day) % 7))
    if weekend and place.today.weekday() == 6:
        return moved(place.today, -1)
    return moved(place.today, (day - place.today.weekday()) % 7)


def _week(place: Place) -> Days:
    first = monday(place.today, STEPS[place.match["which"]])
    return first, moved(first, 6), False


NEAR_RULES: Final[tuple[Rule, ...]] = (
    (_WEEKDAY, _weekday),
    (_WEEKS, _week),
    (_NEAR_DAY, _near_day),
    (_AFTER, _counted),
    (_LEFT, _counted),
    (_AGO, _counted),
)

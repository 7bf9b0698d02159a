"""Days of the lunar calendar: 腊月二十八, 正月初五, 农历四月十五, 年三十."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from qingting.companion.remember.dates.chinese_holidays import first_of_lunar_month
from qingting.companion.remember.dates.chinese_parts import moved, number
from qingting.companion.remember.dates.chinese_place import Days, Place, Rule

_MONTHS: Final = {
    sign: index
    for index, signs in enumerate(
        (
            ("正", "大年", "年"),
            ("二",),
            ("三",),
            ("四",),
            ("五",),
            ("六",),
            ("七",),
            ("八",),
            ("九",),
            ("十",),
            ("十一", "冬"),
            ("十二", "腊"),
        ),
        start=1,
    )
    for sign in signs
}
_MONTH: Final = r"[二三四五六七八九]|十[一二]?|正|冬|腊"
_TENS: Final = r"二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|三十"
_ONES: Final = r"初(?:[一二三四五六七八九]|十(?![一二三四五六七八九]))"
# 六月初六 and 腊月二十八 are of the lunar calendar whatever stands before, and so are its great
# days (八月十五); 六月十八 is only where it is said, and 六月初六号 never.
_NAMED: Final = re.compile(
    rf"(?:(?P<told>农历|阴历|旧历|老历)(?:的|是)?)?(?<![一二三四五六七八九十\d])"
    rf"(?:(?=(?:[正冬腊]|(?:{_MONTH})月初)月?|八月十五|七月十五)|(?(told)(?=.)|(?!)))"
    rf"(?P<month>{_MONTH})月(?:的)?(?P<day>{_ONES}|{_TENS})(?![号日一二三四五六七八九十个多岁])"
)
# The last days of the lunar year are counted without its month: 年二十八.
_LAST_DAYS: Final = re.compile(
    r"(?<![今去明前后每新整半\d])大?年(?P<day>二十[二三四五六七八九]|廿[二三四五六七八九])(?![号日岁多])"
)
_LONGEST: Final = 30
# A day gone by for less than this is not yet next year's.
_LATELY: Final = 35


def _named(place: Place) -> Days | None:
    month, said = place.match["month"], place.match["day"]
    day = number(said.removeprefix("初"))
    if day is None or day > _LONGEST:
        return None
    return _nearest(place, _MONTHS[month], day)


def _last_days(place: Place) -> Days | None:
    day = number(place.match["day"])
    return None if day is None else _nearest(place, 12, day)


def _nearest(place: Place, month: int, day: int) -> Days | None:
    """That day of the lunar year that fits what is told of it."""
    first = place.today.year - 1
    known = [found for year in range(first, first + 3) if (found := _on(year, month, day))]
    if place.over:
        gone = [found for found in known if found <= place.today]
        return (gone[-1], gone[-1], True) if gone else None
    meant = next((found for found in known if found >= moved(place.today, -_LATELY)), None)
    return None if meant is None else (meant, meant, True)


def _on(year: int, month: int, day: int) -> date | None:
    first = first_of_lunar_month(year, month)
    return None if first is None else first + timedelta(days=day - 1)


# Days of the lunar calendar that have a name and no place in the table of holidays.
_FESTIVALS: Final = {"中元节": (7, 15), "七月半": (7, 15), "小年": (12, 23), "龙抬头": (2, 2)}
_FESTIVAL: Final = re.compile(rf"(?<!大)(?:二月二)?(?P<name>{'|'.join(_FESTIVALS)})(?![轻级夜])")


def _festival(place: Place) -> Days | None:
    return _nearest(place, *_FESTIVALS[place.match["name"]])


LUNAR_RULES: Final[tuple[Rule, ...]] = (
    (_FESTIVAL, _festival),
    (_NAMED, _named),
    (_LAST_DAYS, _last_days),
)

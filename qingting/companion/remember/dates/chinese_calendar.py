"""Chinese days of the calendar: 12月26号, 下个月3号, 26号, 国庆."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from qingting.companion.remember.dates.chinese_holidays import holiday, holiday_pattern
from qingting.companion.remember.dates.chinese_in_month import IN_MONTH_RULES
from qingting.companion.remember.dates.chinese_lunar import LUNAR_RULES
from qingting.companion.remember.dates.chinese_parts import (
    NUMBER,
    STEPS,
    TO,
    day_of,
    is_ahead,
    month_on,
    moved,
    number,
    part_of_month,
)
from qingting.companion.remember.dates.chinese_place import Days, Place, Rule

# A month and day longer ago than this means next year's, unless it is told as past.
_LONG_AGO: Final = timedelta(days=60)
# A holiday so lately gone is talked of, and next year's not yet.
_JUST_OVER: Final = 35
_FEW_DAYS: Final = 14
_NO_DIGIT: Final = r"(?![\d一二三四五六七八九十百几])"
_DAY: Final = rf"(?<![第\dA-Za-z])(?P<day>{NUMBER})"
_NOT_A_DAY: Final = (
    r"(?!线|楼|房|床|店|门|院|厅|桌|口|机|馆|码|公寓|宿舍|寝|座|车|厢|选手|同学|球|字|药|位|窗|台"
    r"|文件|电|坑|病|链|教|题|位|柜|柱|井|站|摊|仓|库|场|风球|元|本|游|内|人物|角|女|男|模型|令|粉|色)"
)
# 下月初3号: the day says it better than the part of the month.
_PART: Final = r"(?:初|底|末|[上中下]旬)?"
_RANGE_END: Final = rf"(?:[号日]?{TO}(?P<last>{NUMBER}))?"


_FULL: Final = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[年/.-](?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})[号日]?(?!\d)"
)
_YEAR: Final = r"(?:(?P<year>今年|明年|后年|去年|前年|(?<!\d)(?:20)?\d\d年)的?)?"
_MONTH_DAY: Final = re.compile(
    rf"{_YEAR}(?<![\d一二三四五六七八九十第个几周])(?<!星期)(?<!礼拜)(?P<month>{NUMBER})月份?(?:的)?"
    rf"(?:{_PART}(?P<day>{NUMBER}){_RANGE_END}(?:[号日]|{_NO_DIGIT}(?![次个天点:岁月年名本块元]))"
    rf"|(?P<part>初|底|末|上旬|中旬|下旬|中(?!考|期|级))|(?![\d一二三四五六七八九十天亮光怀]))"
)
_SHORT: Final = re.compile(
    r"(?<![\d./:vV第$¥￥-])(?P<month>\d{1,2})(?P<sign>[./])(?P<day>\d{1,2})"
    r"(?P<sure>[号日](?!线|楼|元)|(?=\s?(?:[早晚]上|[上下]午|开学|考试|考|返校|放假|入职|报到|截止|到期"
    r"|开始|开票|开售|演唱会|体检|面试|笔试|答辩|生日|出成绩|出分|结婚|出发|回家|回来|[两三]天)|(?=[、和到至~\s-]\d{1,2}[./]\d{1,2}(?:[两三]天|[号日]))))?"
    r"(?![\d./:%％]|\s?[元块万千亿分米斤公kKgGmM岁小倍版折度w道题个页人秒cC°℃点]|\s?学(?!校))"
)
_EIGHT_DIGITS: Final = re.compile(
    r"(?<![\dA-Za-z])(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![\dA-Za-z])"
)
_THAT_MONTH: Final = re.compile(
    rf"(?P<which>上上|下下|上|下|这|本)个?月份?的?"
    rf"(?:{_PART}{_DAY}{_RANGE_END}[号日]|(?P<part>初|底|末|上旬|中旬|下旬|中(?![考期级])))?(?![亮光饼])"
)
_MONTH_END: Final = re.compile(
    r"(?<![\d一二三四五六七八九十个几每])月(?P<part>底|末|初)(?!\d+[号日])"
)
_DAY_NUMBER: Final = re.compile(
    rf"(?<![-.:/月年几多]){_DAY}(?:(?:号|(?<=\d)日)?{TO}(?P<last>{NUMBER}))?"
    rf"(?:号|(?<=\d)日){_NOT_A_DAY}"
)
# Several days with one word for all of them: 22、23号, 6月7、8、9三天.
_LISTED: Final = re.compile(
    rf"(?<![-.:/月年几多]){_DAY}(?P<last>)"
    rf"(?=(?:[、和跟]{NUMBER}){{1,4}}(?:(?:号|(?<=\d)日){_NOT_A_DAY}|[两二三四五]天))"
)
# A range with no word for a day, before what lasts so long: 22到25去北京.
_BARE_RANGE: Final = re.compile(
    r"(?<![\d.:/月])(?P<day>\d{1,2})(?:到|至|[-~])(?P<last>\d{1,2})"
    r"(?=\s?(?:要?去|在|不在|出差|放假|放寒假|放暑假|军训|培训|住院|封闭|期末|考试周))"
)
_LISTED_ON: Final = re.compile(rf"(?<=[、和跟]){_DAY}(?P<last>)(?=[、和跟]{NUMBER}|[两二三四五]天)")
# National Day is called by its month and day; 十一点 and 十一个 are other things.
_ELEVENTH: Final = re.compile(
    r"(?<![\d一二三四五六七八九十第初双年月周期拜零百])十一"
    r"(?=回|放假|假期|去|出去|出门|出行|旅|想|要|不|打算|那|跟|和|我|你|他|她|期间|结婚|办|能|有|又|都|就|还|在)"
    r"(?!那个|要是|不是)"
)
# The schools and offices open again on the eighth, unless Mid-Autumn falls into the holiday.
_AFTER_NATIONAL: Final = re.compile(
    r"国庆节?(?:长?假)?(?:期?结束|放?完|收假|回来|过完)?(?:[之以]?后|回来|完)?的?第一[天个](?:工作日|上班日)?"
)
# Days of the first month of the lunar year, counted from its first: 初五, 年初八, 大年初三.
_LUNAR: Final = re.compile(
    r"(?P<year>今年|明年)?的?(?:(?:大年|正月|(?<!今)(?<!去)(?<!明)年)初|初(?=[一二三四五六七八九十]"
    r"[我就得要才又都也]{0,3}(?:回|走|上班|开工|返|值班|聚|飞|出发|领证|结婚|订婚|相亲|出嫁|拜年|去|的(?:票|车|飞机))))"
    r"(?P<day>[一二三四五六七八九十])(?![一二三四五六七八九十年中级])"
)
# Days of a holiday told by their number: 国庆3号, 五一2号.
_OF_HOLIDAY: Final = re.compile(
    r"(?P<name>国庆(?:节)?|五一|元旦)(?:假期)?(?P<day>[1-8一二三四五六七八])[号日]"
)
# Numbers that are marks, prices or sizes, not days: 绩点3.12.
_MARKED: Final = re.compile(
    r"(?:绩点|gpa|均分|版本|体温|视力|身高|花了|花|费|价|赚|充|卖|买|打|分|占|率|比|跑|游|跳|测)[^，。,]{0,3}$",
    re.I,
)


def _full(place: Place) -> Days | None:
    year, month, day = (int(place.match[name]) for name in ("year", "month", "day"))
    return _single(day_of(year, month, day))


def _month_day(place: Place) -> Days | None:
    month = number(place.match["month"])
    if month is None or not 1 <= month <= 12 or place.match["month"] == "两":
        return None
    told = _told_year(place.match["year"], place.today)
    if place.match["day"] is None:
        return _month(place, month, told)
    days = number(place.match["day"]), number(place.match["last"] or place.match["day"])
    return _nearest(place, month, days, told)


def _told_year(text: str | None, today: date) -> int | None:
    if text is None:
        return None
    away = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}.get(text)
    return today.year + away if away is not None else 2000 + int(text[:-1]) % 100


def _nearest(
    place: Place, month: int, days: tuple[int | None, int | None], told: int | None = None
) -> Days | None:
    """The day of that month that is meant: of the told year, or the one that fits."""
    first_day, last_day = days
    if first_day is None or last_day is None:
        return None
    year = told or place.today.year
    first, last = _within(year, month, first_day, last_day)
    if first is None or last is None:
        return None
    turn = 0 if told else _turn(place, first, last)
    first, last = _within(year + turn, month, first_day, last_day)
    return None if first is None or last is None else (first, last, True)


def _within(
    year: int, month: int, first_day: int, last_day: int
) -> tuple[date | None, date | None]:
    """The days from one of a month to another; to the next month's where that is the smaller one
    (12月30到2号)."""
    first = day_of(year, month, first_day)
    if first is None or last_day >= first_day:
        return first, day_of(year, month, last_day)
    return first, day_of(*month_on(first, 1), last_day)


def _turn(place: Place, first: date, last: date) -> int:
    """Years to go on from this year's, by what is told as past and what is long ago."""
    if first > place.today and place.over:
        return -1
    ahead = is_ahead(place.text, place.match.end())
    ago = place.today - last
    if (ago > _LONG_AGO and not place.over) or (ago > timedelta(0) and ahead):
        return 1
    return 0


def _month(place: Place, month: int, told: int | None) -> Days | None:
    part = place.match["part"]
    days = part_of_month(told or place.today.year, month, part)
    if days is None:
        return None
    if told is None:
        days = part_of_month(place.today.year + _turn(place, *days), month, part)
    return None if days is None else (*days, False)


def _short(place: Place) -> Days | None:
    month, day = int(place.match["month"]), int(place.match["day"])
    if _MARKED.search(place.text[max(0, place.match.start() - 8) : place.match.start()]):
        return None
    # 3/10 is a mark out of ten, 1.5 a number; 12/26 and 12.05 are days.
    sure = place.match["sure"] is not None
    two_digits = len(place.match["day"]) == 2
    if sure and 1 <= month <= 12:
        return _nearest(place, month, (day, day))
    if not two_digits or (place.match["sign"] == "/" and day <= 12 and month < 11):
        return None
    if month == day == 10 or not 1 <= month <= 12:
        return None
    return _nearest(place, month, (day, day))


def _that_month(place: Place) -> Days | None:
    year, month = month_on(place.today, STEPS[place.match["which"]])
    if place.match["day"] is None:
        days = part_of_month(year, month, place.match["part"])
        return None if days is None else (*days, False)
    first, last = number(place.match["day"]), number(place.match["last"] or place.match["day"])
    return _nearest(place, month, (first, last), year)


def _month_end(place: Place) -> Days | None:
    days = part_of_month(place.today.year, place.today.month, place.match["part"])
    if days is not None and days[1] < place.today and not place.over:
        days = part_of_month(*month_on(place.today, 1), place.match["part"])
    return None if days is None else (*days, False)


def _lately_that_day(place: Place, day: int) -> bool:
    """Whether 1号那天 is the one a few days ago, with nothing said of what is to come."""
    end = place.match.end()
    said = place.text.startswith("那天", end) and not is_ahead(place.text, end)
    return said and 0 < place.today.day - day <= _FEW_DAYS


def _day_number(place: Place) -> Days | None:
    """A day without its month: the coming one, or the one before where it is told as past."""
    first, last = number(place.match["day"]), number(place.match["last"] or place.match["day"])
    if first is None or last is None or (last < first and not place.match["last"]):
        return None
    base = place.before[1] if place.before else place.today
    if place.before and not place.before[2]:
        # 下个月工资15号发: a day of that month.
        base = place.before[0]
    past = place.over or _lately_that_day(place, first)
    steps = (0, -1, -2, -3) if past and not place.before else (0, 1, 2, 3)
    for step in steps:
        year, month = month_on(base, step)
        start, end = _within(year, month, first, last)
        if start is None or end is None:
            continue
        if (start <= place.today) if steps[1] < 0 else (end >= base):
            return start, end, True
    return None


def _single(day: date | None) -> Days | None:
    return None if day is None else (day, day, True)


def _listed_on(place: Place) -> Days | None:
    """A day that goes on from one before it."""
    return _day_number(place) if place.before else None


def _eleventh(place: Place) -> Days | None:
    return _near_holiday(place, "国庆", None)


def _after_national(place: Place) -> Days | None:
    day, moon = day_of(place.today.year, 10, 8), holiday("中秋", place.today.year)
    if day is None or day < place.today or (moon and moon.month == 10):
        return None
    return day, day, False


def _holiday(place: Place) -> Days | None:
    """The holiday, or as many days of it as are told (国庆七天)."""
    days = _near_holiday(place, place.match["name"], _told_year(place.match["year"], place.today))
    long = number(place.match["long"]) if place.match["long"] else None
    if days is None or long is None:
        return days
    return days[0], days[0] + timedelta(days=long - 1), True


def _near_holiday(place: Place, name: str, year: int | None) -> Days | None:
    """The holiday of that year; without one the coming one, or one that is just over."""
    if year is not None:
        return _single(holiday(name, year))
    this = holiday(name, place.today.year)
    if this is not None and this <= place.today and place.over:
        return _single(this)
    if place.over:
        return _single(holiday(name, place.today.year - 1))
    if this is not None and this >= moved(place.today, -_JUST_OVER):
        return _single(this)
    return _single(holiday(name, place.today.year + 1))


def _lunar(place: Place) -> Days | None:
    steps = number(place.match["day"])
    told = _told_year(place.match["year"], place.today)
    for year in (told,) if told else (place.today.year, place.today.year + 1):
        first = holiday("春节", year)
        if first is not None and steps is not None:
            day = first + timedelta(days=steps - 1)
            if told or day >= moved(place.today, -_JUST_OVER) or place.over:
                return _single(day)
    return None


def _of_holiday(place: Place) -> Days | None:
    month = {"国": 10, "五": 5, "元": 1}[place.match["name"][0]]
    day = number(place.match["day"])
    return _nearest(place, month, (day, day))


def month_rules() -> tuple[Rule, ...]:
    """Rules that go before all others: what names a month."""
    return (
        (_FULL, _full),
        (_EIGHT_DIGITS, _full),
        (_OF_HOLIDAY, _of_holiday),
        *LUNAR_RULES,
        *IN_MONTH_RULES,
        (_MONTH_DAY, _month_day),
        (_THAT_MONTH, _that_month),
    )


def day_rules() -> tuple[Rule, ...]:
    """Rules for what is left: holidays, and days without a month."""
    return (
        (_AFTER_NATIONAL, _after_national),
        (holiday_pattern(), _holiday),
        (_ELEVENTH, _eleventh),
        (_LUNAR, _lunar),
        (_MONTH_END, _month_end),
        (_DAY_NUMBER, _day_number),
        (_LISTED, _day_number),
        (_BARE_RANGE, _day_number),
        (_LISTED_ON, _listed_on),
        (_SHORT, _short),
    )

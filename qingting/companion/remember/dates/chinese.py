"""Days named in Chinese text.

Rules are tried in an order: what one has taken, a later one does not read again (周五一定 holds a
Friday, not the first of May). Then the days are worked out from left to right, because a later one
may lean on the one before (下周三到周五, 12月26到28号).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from qingting.companion.remember.dates.chinese_calendar import day_rules, month_rules
from qingting.companion.remember.dates.chinese_meant import meant
from qingting.companion.remember.dates.chinese_near import NEAR_RULES
from qingting.companion.remember.dates.chinese_parts import NUMBER, PLAIN, TO, moved, number
from qingting.companion.remember.dates.chinese_place import Place, Rule
from qingting.companion.remember.dates.span import DateSpan

_Claim = tuple[re.Match[str], Rule]
# What takes longer than this is told by its last day.
_MOST_DAYS: Final = 31


def find(text: str, today: date) -> tuple[DateSpan, ...]:
    """See find_dates."""
    text = text.translate(PLAIN)
    spans: list[DateSpan] = []
    for match, (_, work_out) in _claimed(text):
        gap = text[spans[-1].end : match.start()] if spans else None
        linked = gap is not None and _LINK.fullmatch(gap) is not None
        last = spans[-1] if spans and linked else None
        if last is None and gap is not None and _of_month_before(match, spans[-1], gap):
            last = spans[-1]
        before = (last.first, last.last, last.exact) if last else None
        days = work_out(Place(match, text, today, before))
        if days is None:
            continue
        span = _lasting(DateSpan(match.start(), match.end(), *days), text)
        if last is not None and (last.first, last.last) == (span.first, span.last):
            # The same day told twice over: 明天周五.
            spans[-1] = replace(last, end=span.end)
        elif last is not None and _whole_month(last) and span.exact and _within(span, last):
            spans[-1] = span
        elif last is not None and gap is not None and _goes_on(last, gap, span):
            spans[-1] = replace(last, end=span.end, last=span.last)
        else:
            spans.append(span)
    return meant(spans, text)


# What may stand between a day and one that leans on it.
_UNTIL: Final = (
    rf"(?:(?:开始|起)?(?:[一-鿿]{{1,4}})?[，,]?(?:一直|持续))?(?:开始|起)?"
    r"(?:考|放|休|上|开|待|住|值|忙|玩|出差|培训|军训|封闭|实习|加班)?"
    rf"{TO}"
)
_LINK: Final = re.compile(
    rf"\s?(?:{_UNTIL}|、|和|跟|与|或者?|还有|,|，|\(|（|[正刚]好是?|那天是|又是|是|就是)?\s?"
)
# Between a month and a day of it: 这个月工资15号.
_IN_IT: Final = re.compile(r"[^，。,；;！!？?\n\s到至前后]{0,8}")
# How many days what begins then goes on: 下周五开始考三天.
_LASTS: Final = re.compile(
    r"(?:早上|上午|下午|晚上)?(?:开始|起)[，,\s]?(?:就|要|得|会)?(?:连着?|一共|总共)?[一-鿿]?(?:连着?)?"
    rf"(?P<days>{NUMBER})天(?![后前没以之])"
)


def _of_month_before(match: re.Match[str], span: DateSpan, gap: str) -> bool:
    """Whether a day without a month is of the month told just before (这个月工资15号发)."""
    told = match.groupdict()
    return (
        "day" in told and "month" not in told and _whole_month(span) and bool(_IN_IT.fullmatch(gap))
    )


def _whole_month(span: DateSpan) -> bool:
    return not span.exact and span.first.day == 1 and (span.last - span.first).days >= 27


def _within(span: DateSpan, whole: DateSpan) -> bool:
    return whole.first <= span.first and span.last <= whole.last


def _lasting(span: DateSpan, text: str) -> DateSpan:
    """The days of what begins on one and is told to take so many."""
    lasts = _LASTS.match(text, span.end)
    count = number(lasts["days"]) if lasts else None
    if count is None or not span.exact or span.first != span.last or not 1 < count <= _MOST_DAYS:
        return span
    return replace(span, last=moved(span.first, count - 1))


def _goes_on(last: DateSpan, gap: str, span: DateSpan) -> bool:
    """A range, or days in a row told together (周六周日)."""
    if span.first <= last.last:
        return False
    if re.fullmatch(rf"\s?{_UNTIL}\s?", gap):
        return (span.last - last.first).days <= 400
    return gap.strip() in ("", "、", "和", "跟", "与") and (span.first - last.last).days == 1


def _claimed(text: str) -> list[_Claim]:
    taken: list[_Claim] = []
    free = [True] * len(text)
    for rule in _rules():
        for match in rule[0].finditer(text):
            start, end = match.span()
            if start < end and all(free[start:end]):
                free[start:end] = [False] * (end - start)
                taken.append((match, rule))
    return sorted(taken, key=lambda one: one[0].start())


@cache
def _rules() -> tuple[Rule, ...]:
    return (*month_rules(), *NEAR_RULES, *day_rules())

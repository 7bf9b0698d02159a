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
from qingting.companion.remember.dates.chinese_near import NEAR_RULES
from qingting.companion.remember.dates.chinese_parts import PLAIN, TO
from qingting.companion.remember.dates.chinese_place import Place, Rule
from qingting.companion.remember.dates.span import DateSpan

_Claim = tuple[re.Match[str], Rule]


def find(text: str, today: date) -> tuple[DateSpan, ...]:
    """See find_dates."""
    text = text.translate(PLAIN)
    spans: list[DateSpan] = []
    for match, (_, work_out) in _claimed(text):
        gap = text[spans[-1].end : match.start()] if spans else None
        linked = gap is not None and _LINK.fullmatch(gap) is not None
        last = spans[-1] if spans and linked else None
        before = (last.first, last.last, last.exact) if last else None
        days = work_out(Place(match, text, today, before))
        if days is None:
            continue
        span = DateSpan(match.start(), match.end(), *days)
        if last is not None and gap is not None and _goes_on(last, gap, span):
            spans[-1] = replace(last, end=span.end, last=span.last)
        else:
            spans.append(span)
    return tuple(spans)


# What may stand between a day and one that leans on it.
_LINK: Final = re.compile(rf"\s?(?:{TO}|、|和|跟|或者?|还有|,|，)?\s?")


def _goes_on(last: DateSpan, gap: str, span: DateSpan) -> bool:
    """A range, or days in a row told together (周六周日)."""
    if span.first <= last.last:
        return False
    if re.fullmatch(rf"\s?{TO}\s?", gap):
        return (span.last - last.first).days <= 400
    return gap in ("", "、", "和", "跟") and (span.first - last.last).days == 1


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

"""How somebody uses this, held against their own pattern of the weeks before. Never against others.

Hours of the night are left out of everything here: who lies awake at two is awake, not attached.
So nights alone can show nothing, however many there are. Thresholds are our own judgement; no study
was found that gives any for talking to a program, and time alone is known to say little about harm
(Billieux et al. 2015, J Behav Addict 4(3), 119-123), which is why use never counts for much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final, Literal

# more: far more of the day than it was their way. hours: in hours of the day they never used.
Used = Literal["more", "hours"]
# (their own day, hour 0 to 23) -> minutes.
Hours = Mapping[tuple[date, int], float]

# The hours of the day that count: from the first, before the last.
DAY: Final = (8, 22)
# Days looked at, and days before them that make the pattern.
LATELY: Final = 14
BEFORE: Final = 42
# A pattern is one only with so many days in so many different weeks.
_DAYS, _WEEKS = 10, 3
# Minutes a day more than before, and how many times as many, in both weeks.
_MORE, _TIMES, _EACH_WEEK = 45.0, 2.5, 2.0
# Minutes a day in hours of the day that were next to unused before.
_UNUSED, _SHARE, _IN_NEW = 0.03, 0.5, 30.0


def used_now(hours: Hours, today: date, busy: Collection[date] = ()) -> frozenset[Used]:
    """What the use of the last two weeks shows against the six before. busy: Mondays of weeks of
    exams or deadlines, in which nothing is read out of it. Nothing without a pattern of theirs."""
    first, base = today - timedelta(days=LATELY - 1), today - timedelta(days=LATELY + BEFORE - 1)
    if any(monday + timedelta(days=6) >= first for monday in busy):
        return frozenset()
    by_day = {at: minutes for at, minutes in hours.items() if DAY[0] <= at[1] < DAY[1]}
    before = {at: m for at, m in by_day.items() if base <= at[0] < first}
    lately = {at: m for at, m in by_day.items() if first <= at[0] <= today}
    if not _is_pattern(hours, base, first):
        return frozenset()
    found: set[Used] = set()
    if _is_more(before, lately, first):
        found.add("more")
    if _is_elsewhere(before, lately):
        found.add("hours")
    return frozenset(found)


def minutes_a_day(hours: Hours, today: date) -> tuple[float, float | None]:
    """Minutes a day of the last two weeks, at any hour, and of the six weeks before them; None
    where those make no pattern."""
    first, base = today - timedelta(days=LATELY - 1), today - timedelta(days=LATELY + BEFORE - 1)
    lately = sum(m for (day, _), m in hours.items() if first <= day <= today) / LATELY
    if not _is_pattern(hours, base, first):
        return lately, None
    return lately, sum(m for (day, _), m in hours.items() if base <= day < first) / BEFORE


def _is_pattern(hours: Hours, base: date, first: date) -> bool:
    days = {day for day, _ in hours if base <= day < first}
    weeks = {day.isocalendar()[:2] for day in days}
    return len(days) >= _DAYS and len(weeks) >= _WEEKS


def _is_more(before: Hours, lately: Hours, first: date) -> bool:
    usual = sum(before.values()) / BEFORE
    now = sum(lately.values()) / LATELY
    half = first + timedelta(days=LATELY // 2)
    weeks = (
        sum(m for (day, _), m in lately.items() if day < half) / (LATELY // 2),
        sum(m for (day, _), m in lately.items() if day >= half) / (LATELY // 2),
    )
    risen = now - usual >= _MORE and now >= _TIMES * usual
    return risen and all(week >= _EACH_WEEK * usual for week in weeks)


def _is_elsewhere(before: Hours, lately: Hours) -> bool:
    usual: dict[int, float] = defaultdict(float)
    for (_, hour), minutes in before.items():
        usual[hour] += minutes
    whole = sum(usual.values())
    if not whole:
        return False
    new = sum(m for (_, hour), m in lately.items() if usual[hour] < _UNUSED * whole)
    return new / LATELY >= _IN_NEW and new >= _SHARE * sum(lately.values())

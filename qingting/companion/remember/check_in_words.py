"""The words of a follow-up: the authored question, with its day as one says it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from qingting.companion.person import Language
from qingting.companion.remember.follow_ups import FollowUp
from qingting.companion.words.bank import Lines, bank
from qingting.companion.words.choose import Chooser

_NEAR_ZH: Final = {0: "今天", 1: "昨天", 2: "前天"}
_WEEKDAYS_ZH: Final = "一二三四五六日"
_DIGITS_ZH: Final = "零一二三四五六七八九"
_WEEKDAYS_EN: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_MONTHS_EN: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SATURDAY: Final = 5


def question(follow_up: FollowUp, today: date, chooser: Chooser) -> str:
    """The question. Said again where all of them were said: it is another thing that it asks
    about. today: the person's local day."""
    lines = lines_of(follow_up)
    chooser.slots = {**chooser.slots, **slots_of(follow_up, today)}
    words = chooser.choose(lines) or chooser.anew(lines) or ""
    return words[:1].upper() + words[1:]


def lines_of(follow_up: FollowUp) -> Lines:
    """The authored questions of its kind."""
    return bank(follow_up.language).lines("moves", "check_in", follow_up.kind, "ask")


def slots_of(follow_up: FollowUp, today: date) -> dict[str, str]:
    """What is put into them."""
    when = when_words(follow_up.on, follow_up.until, today, follow_up.language)
    return {"when": when, "what": follow_up.what}


def when_words(on: date, until: date, today: date, language: Language) -> str:
    """A past day, or a stretch of days, as one says it today: "上周五", "last week"."""
    return _zh(on, until, today) if language == "zh" else _en(on, until, today)


def _weeks_ago(day: date, today: date) -> int:
    """How many calendar weeks (from Monday) a day lies back."""
    monday = today - timedelta(days=today.weekday())
    return ((monday - (day - timedelta(days=day.weekday()))).days) // 7


def _is_weekend(on: date, until: date) -> bool:
    return on.weekday() >= _SATURDAY and (until - on).days <= 1


def _zh(on: date, until: date, today: date) -> str:
    if on != until:
        back = _weeks_ago(until, today)
        if _is_weekend(on, until) and back <= 1:
            return ("这", "上")[back] + "周末"
        if _weeks_ago(on, today) == back == 1:
            return "上周"
        return "前几天" if (today - until).days <= 7 else "前阵子"
    ago = (today - on).days
    if ago in _NEAR_ZH:
        return _NEAR_ZH[ago]
    back = _weeks_ago(on, today)
    if back <= 1:
        return ("", "上")[max(0, back)] + "周" + _WEEKDAYS_ZH[on.weekday()]
    if (on.year, on.month) == (today.year, today.month):
        return f"{_number_zh(on.day)}号"
    return f"{_number_zh(on.month)}月{_number_zh(on.day)}号"


def _number_zh(number: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS_ZH[tens]}十"
    return before + ("" if tens and not ones else _DIGITS_ZH[ones])


def _en(on: date, until: date, today: date) -> str:
    if on != until:
        back = _weeks_ago(until, today)
        if _is_weekend(on, until) and back <= 1:
            return "at the weekend" if back == 1 else "this weekend"
        if _weeks_ago(on, today) == back == 1:
            return "last week"
        return "the other day" if (today - until).days <= 7 else "a while ago"
    ago = (today - on).days
    if ago <= 1:
        return ("today", "yesterday")[max(0, ago)]
    if ago < 7:
        return f"on {_WEEKDAYS_EN[on.weekday()]}"
    if (on.year, on.month) == (today.year, today.month):
        return f"on the {on.day}{_ending(on.day)}"
    return f"on {on.day} {_MONTHS_EN[on.month - 1]}"


def _ending(day: int) -> str:
    if 11 <= day <= 13:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")

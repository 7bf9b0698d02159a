"""A coming day as one says it: "后天", "下周三", "the day after tomorrow"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from qingting.companion.person import Language

_NEAR: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("今天", "明天", "后天", "大后天"),
    "en": ("today", "tomorrow", "the day after tomorrow"),
}
_WEEKDAYS_ZH: Final = "一二三四五六日"


def ahead(on: date, until: date, today: date, language: Language) -> str:
    """The words for a day, or the first day of a stretch, that is not over on `today`."""
    away = (on - today).days
    if away < 0 or (away == 0 and until > on):
        return "这几天" if language == "zh" else "these days"
    if away < len(_NEAR[language]):
        return _NEAR[language][away]
    return _zh(on, today) if language == "zh" else _en(on, away)


def _zh(on: date, today: date) -> str:
    weeks = (_monday(on) - _monday(today)).days // 7
    if weeks <= 1:
        return ("这周", "下周")[weeks] + _WEEKDAYS_ZH[on.weekday()]
    return f"{on.month}月{on.day}号"


def _en(on: date, away: int) -> str:
    return f"on {on:%A}" if away < 7 else f"on {on.day} {on:%B}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

"""Cells of a pasted table: days, times, numbers, hours of sleep and words, as people and apps write
them. Whatever stands in one, it is read or it is None."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache
from typing import Final

from qingting.companion.progress.mood import LONGEST_SLEEP
from qingting.companion.progress.mood_words import mood_keys, mood_words

_DAY: Final = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[T\s].*)?", re.DOTALL
)
_TIME: Final = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*([0-9]{1,2})[:：.h]([0-9]{2})(?:[:：][0-9]{2})?\s*([ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
_AFTER_NOON: Final = ("下午", "傍晚", "晚上")
_NUMBER: Final = re.compile(r"([-+−–]?[0-9]{1,2})(?:[.,]0+)?")
_HOURS: Final = re.compile(
    r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?\s*(?:h|hours?|小时|个小时)?", re.IGNORECASE
)
_HOURS_MINUTES: Final = re.compile(r"([0-9]{1,2})[:：h]\s*([0-5][0-9])(?:m|min)?", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>|</?(?:p|div)>", re.IGNORECASE)
# A quote before what a spreadsheet would run: put there by a copy of ours, and by others.
_GUARDED: Final = re.compile(r"'(?=[=+\-@])")


def day_of(cell: str) -> date | None:
    """A day with its year first."""
    found = _DAY.fullmatch(cell.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def time_of(cell: str) -> time | None:
    """A time of day, on either clock."""
    found = _TIME.fullmatch(cell.strip())
    if found is None:
        return None
    hour, minute = int(found[2]), int(found[3])
    half = (found[4] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    elif found[1] in _AFTER_NOON and hour < 12:
        hour += 12
    elif found[1] == "凌晨" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def number_of(cell: str) -> int | None:
    """A whole number of one or two digits."""
    found = _NUMBER.fullmatch(cell.strip().removeprefix("'"))
    return int(found[1].replace("−", "-").replace("–", "-")) if found else None


def sleep_of(cell: str) -> float | None:
    """Hours of sleep: 7, 7.5, 7,5, 7:30, 7h30, 7 小时."""
    cell = cell.strip()
    if found := _HOURS_MINUTES.fullmatch(cell):
        hours = int(found[1]) + round(int(found[2]) / 60, 2)
    elif found := _HOURS.fullmatch(cell):
        hours = float(f"{found[1]}.{found[2] or 0}")
    else:
        return None
    return hours if hours <= LONGEST_SLEEP else None


def text_of(cell: str) -> str:
    """Words, without the marks of a web page and without a guard before a formula."""
    return _GUARDED.sub("", _BREAK.sub("\n", cell).strip(), count=1) if cell else ""


def key_of(word: str) -> str:
    """A mood's name as it is looked up."""
    return " ".join(word.lower().split())


def feeling_keys(cell: str) -> tuple[str, ...]:
    """Feelings by key, as a copy of ours has them; others are left out."""
    known = mood_keys().every_feeling
    return tuple(dict.fromkeys(one for one in _parts(cell) if one in known))


def topics_and_rest(cell: str) -> tuple[tuple[str, ...], str]:
    """What was going on, of a list with "|" between: the ones we have, by key, and the others as a
    line of words, so that nothing somebody chose is lost."""
    known = _topics()
    parts = _parts(cell)
    topics = tuple(dict.fromkeys(known[key_of(one)] for one in parts if key_of(one) in known))
    return topics, " · ".join(one for one in parts if key_of(one) not in known)


def _parts(cell: str) -> list[str]:
    return [one for one in map(str.strip, cell.split("|")) if one]


@cache
def _topics() -> dict[str, str]:
    found = {key: key for key in mood_keys().about}
    for language in ("zh", "en"):
        words = mood_words(language)
        found |= {key_of(word): key for key, word in words.about.items()}
    return found

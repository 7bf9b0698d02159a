"""What a message is to the step that was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.exercise.exercise import Step
from qingting.companion.person import Language
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

Heard = Literal["answer", "enough", "stop", "skip", "unsure"]

_NUMBERS: Final = {
    "零": "0", "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9", "十": "10", "zero": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
# Longer than this, "I stopped" is part of an answer.
_BRIEF: Final = 24
_ANSWERED: Final = frozenset({"ask", "list", "rate", "choose"})
_ENOUGH: Final = re.compile(
    r"(?:就(?:这些|这样|这么多)|没了|没有了|差不多了|够了|写完了|想不出(?:来)?了"
    r"|done|that'?s (?:it|all)|no more|nothing else|finished|enough)[了吧。.!\s]*",
    re.IGNORECASE,
)
# Not "leave it out" but "I find none": asked smaller, it is often found.
_NOTHING: Final = re.compile(r"(?:没有?|没啥|没什么|nothing|none)[了吧。.!\s]*", re.IGNORECASE)
_MOST: Final = 10
_BETWEEN: Final = re.compile(r"[\n；;]+")
_COMMAS: Final = re.compile(r"[,，、]")
# A thing in a list is hardly longer, in letters and in 汉字.
_SHORT: Final = 14
_SHORT_HAN: Final = 5
# In a longer text 一 is no number.
_SPELT: Final = 12
_COUNTED: Final = re.compile(r"^\s*\d{1,2}[.、)）]\s*")
_DIGITS: Final = re.compile(r"(?<![\d.])\d{1,2}(?![\d.])")
# Fewer letters than this are in too many options to choose one.
_TELLING: Final = 2


def heard(step: Step, text: str, language: Language) -> Heard:
    """How a message takes the step. An open answer is whatever was written."""
    said = reply_of(text)
    if said == "stop" or (len(text) <= _BRIEF and _stops().search(cleaned(text).text)):
        return "stop"
    if step.kind in _ANSWERED and shape_of(text, language) == "dont_know":
        return "unsure"
    if step.kind == "list" and _ENOUGH.fullmatch(text.strip()):
        return "enough"
    if said == "skip" and not _NOTHING.fullmatch(text.strip()):
        return "skip"
    if step.kind in ("say", "breathe", "hold", "play"):
        return "answer"
    if shape_of(text, language) == "dots" or said == "no" or _NOTHING.fullmatch(text.strip()):
        return "unsure"
    if step.kind == "rate":
        return "answer" if number(text) is not None else "unsure"
    return "answer"


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    return alternatives(table("exercise")["stop"]["words"], shared_parts())


def number(text: str) -> int | None:
    """A strength from 0 to 10 in digits or in words; None when there is none."""
    digits = _DIGITS.search(text)
    if digits is not None:
        return int(digits[0]) if int(digits[0]) <= _MOST else None
    if len(text.strip()) > _SPELT:
        return None
    spelt = re.findall(r"[a-z]+|[零一二两三四五六七八九十]", text.lower())
    found = [_NUMBERS[word] for word in spelt if word in _NUMBERS]
    return int(found[0]) if found else None


def several(text: str) -> tuple[str, ...]:
    """The things one message lists."""
    parts = [part for one in _BETWEEN.split(text) for part in _enumerated(one)]
    pieces = (_COUNTED.sub("", part).strip(" 　，,。") for part in parts)
    return tuple(piece for piece in pieces if piece)


def _enumerated(text: str) -> list[str]:
    """Short things with commas between them are several; a sentence with commas is one."""
    parts = [part for part in _COMMAS.split(text) if part.strip()]
    most = _SHORT_HAN if has_han(text) else _SHORT
    return parts if len(parts) > _TELLING and max(map(len, parts)) <= most else [text]


def chosen(text: str, options: Sequence[str]) -> str:
    """The option a message means, by its number or its words; what was written otherwise."""
    at = _DIGITS.search(text)
    if at is not None and 1 <= int(at[0]) <= len(options):
        return options[int(at[0]) - 1]
    low = text.strip().lower()
    for option in options:
        words = rf"(?<![a-z]){re.escape(low)}(?![a-z])"
        if len(low) >= _TELLING and re.search(words, option.lower()):
            return option
        if option.lower() in low:
            return option
    return text.strip()

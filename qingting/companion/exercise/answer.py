"""What a message is to the step that was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.exercise.exercise import Step
from qingting.companion.exercise.inside import belongs, nods
from qingting.companion.exercise.strength import DIGITS, number
from qingting.companion.person import Language
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.declined import declines_exercise
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

# talk: no answer to the step, but something they say to us.
Heard = Literal["answer", "enough", "stop", "skip", "unsure", "talk"]

# Longer than this, "I stopped" is part of an answer.
_BRIEF: Final = 24
_ANSWERED: Final = frozenset({"ask", "list", "rate", "choose"})
# Done and not answered: a nod goes on.
_DONE: Final = frozenset({"say", "breathe", "hold", "play"})
_ENOUGH: Final = re.compile(
    r"(?:就(?:这些|这样|这么多)|没了|没有了|差不多了|够了|写完了|想不出(?:来)?了"
    r"|done|that'?s (?:it|all)|no more|nothing else|finished|enough)[了吧。.!\s]*",
    re.IGNORECASE,
)
# Not "leave it out" but "I find none": asked smaller, it is often found.
_NOTHING: Final = re.compile(r"(?:没有?|没啥|没什么|nothing|none)[了吧。.!\s]*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\n；;]+")
_COMMAS: Final = re.compile(r"[,，、]")
# A thing in a list is hardly longer, in letters and in 汉字.
_SHORT: Final = 14
_SHORT_HAN: Final = 5
_COUNTED: Final = re.compile(r"^\s*\d{1,2}[.、)）]\s*")
# Fewer letters than this are in too many options to choose one.
_TELLING: Final = 2


def heard(step: Step, text: str, language: Language, *, others: bool = False) -> Heard:
    """How a message takes the step. An open answer is whatever was written, unless it is said to
    us. others: words to somebody else are asked for."""
    said = reply_of(text)
    if said == "stop" or _stopped(text, others=others):
        # With more to it than the no, what they say besides is answered.
        return "stop" if len(text) <= (_BRIEF if has_han(text) else 2 * _BRIEF) else "talk"
    if not belongs(step, text, language, others=others):
        return "talk"
    if step.kind in _ANSWERED and shape_of(text, language) == "dont_know":
        return "unsure"
    if step.kind == "list" and _ENOUGH.fullmatch(text.strip()):
        return "enough"
    if said == "skip" and not _NOTHING.fullmatch(text.strip()):
        return "skip"
    if step.kind in _DONE:
        return "stop" if said == "no" else "answer"
    if step.kind == "rate" and number(text) is None:
        # Who nods or says no gives none, and is not asked again.
        return "skip" if said == "no" or nods(text) else "unsure"
    if shape_of(text, language) == "dots" or said == "no" or _NOTHING.fullmatch(text.strip()):
        return "unsure"
    return "answer"


def _stopped(text: str, *, others: bool) -> bool:
    clean = cleaned(text).text
    brief = len(text) <= _BRIEF and _stops().search(clean) is not None
    return brief or declines_exercise(clean, near=not others)


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    return alternatives(table("exercise")["stop"]["words"], shared_parts())


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
    at = DIGITS.search(text)
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

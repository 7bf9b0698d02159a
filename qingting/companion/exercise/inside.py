"""Whether a message belongs to the step that was asked, or is talk.

Going on where somebody had begun to speak of something else says that nobody read them; leaving
where they wanted to go on costs one word ("继续"). So what fits is asked for, not what does not.
Words in content/lexicon/exercise.toml, `inside`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.strength import number
from qingting.companion.person import Language
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

# Letters of a message that may be a nod with a word about the body, and of a strength in words.
_NOD: Final = 48
_NOD_HAN: Final = 16
_DIGIT: Final = re.compile(r"\d")
_EDGES: Final = re.compile(r"^[\s\W_]+|[\s\W_]+$")
# Small shapes that can answer a step; any other is said to us.
_FEW_WORDS: Final = frozenset(
    {"thanks", "yes", "no", "dont_know", "dots", "laugh", "never_mind", "not_enough", "say_more"}
)
# "I hate you", in a letter nobody gets, is the letter.
_TO_ANYBODY: Final = _FEW_WORDS | {
    *("insult", "not_listening", "too_many_questions", "company", "comfort", "bored"),
    *("criticism", "repeating", "unanswered"),
    *("swear", "hello", "goodbye", "looks", "correction"),
}
# In exercises of these groups words to somebody else are written down.
_TO_SOMEBODY: Final = frozenset({"people", "kindness"})


def to_somebody(exercise: Exercise) -> bool:
    """Whether what is written in it may be meant for somebody else ("Mum, can you ...")."""
    return exercise.group in _TO_SOMEBODY


def belongs(step: Step, text: str, language: Language, *, others: bool = False) -> bool:
    """Whether a message can be the answer to a step. others: words to somebody else are asked for.
    What refuses or skips the step is not looked at here."""
    plain = _EDGES.sub("", cleaned(text).text)
    shape = shape_of(text, language)
    if shape == "dots" or reply_of(text) in ("skip", "no"):
        return True
    if shape is not None and shape not in (_TO_ANYBODY if others else _FEW_WORDS):
        return False
    if step.kind in ("say", "breathe", "hold", "play"):
        return _nods(plain)
    if step.kind == "rate":
        return _DIGIT.search(plain) is not None or _rates(plain, shape)
    if not others and (_inside("talk").search(plain) or _inside("to_us").search(plain)):
        return False
    return not (step.things and _inside("oneself").search(plain))


def nods(text: str) -> bool:
    """Whether a message is a nod and nothing besides."""
    return _inside("nods").fullmatch(_EDGES.sub("", cleaned(text).text)) is not None


def _nods(plain: str) -> bool:
    """A nod, a number, or a short word about how the body is."""
    if len(plain) <= 1 or plain.isdigit() or _inside("nods").fullmatch(plain):
        return True
    if not _short(plain) or _inside("trouble").search(plain):
        return False
    first = re.split(r"[\s,。!.~]+", plain, maxsplit=1)[0]
    nodded = _inside("nods").fullmatch(first) is not None
    return nodded or _inside("body").search(plain) is not None


def _rates(plain: str, shape: str | None) -> bool:
    """A strength without a number, or the wish not to give one."""
    told = _inside("strength").search(plain) is not None and not _inside("to_us").search(plain)
    if _inside("nods").fullmatch(plain):
        return True
    return shape == "dont_know" or number(plain) is not None or (_short(plain) and told)


def _short(plain: str) -> bool:
    return len(plain) <= (_NOD_HAN if has_han(plain) else _NOD)


@lru_cache(maxsize=8)
def _inside(part: str) -> re.Pattern[str]:
    return alternatives(table("exercise")["inside"][part], shared_parts())

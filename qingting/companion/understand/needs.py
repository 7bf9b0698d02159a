"""What a message asks for: to be listened to, advice, a person, an exercise, to stop."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.understand.about_us import asked_about_us
from qingting.companion.understand.clean import Clean
from qingting.companion.understand.declined import declines_exercise
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Need

# The first that fits wins: asking for a person outranks asking for advice, and so on.
_ORDER: Final[tuple[Need, ...]] = (
    "human",
    "about_you",
    "exercise",
    "advice",
    "stop",
    "information",
)
# A refusal is short; in a long telling 不想说 is part of the story.
_REFUSAL: Final = 40


def need_of(clean: Clean) -> Need:
    """What is asked for; "vent" when nothing is asked."""
    text = clean.text.strip()
    for need in _ORDER:
        if need == "exercise" and declines_exercise(text):
            continue
        if _patterns("needs", need).search(text):
            return need
        if need == "about_you" and asked_about_us(text) is not None:
            return need
    return "vent"


def refused(clean: Clean) -> bool:
    """True when the message turns down an offer or a question."""
    text = clean.text.strip()
    return len(text) <= _REFUSAL and _patterns("refused", "words").search(text) is not None


@lru_cache(maxsize=16)
def _patterns(part: str, section: str) -> re.Pattern[str]:
    return alternatives(table("needs")[part][section], shared_parts())

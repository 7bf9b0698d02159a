"""What kind of advice a message asks for (content/lexicon/asks.toml)."""

from __future__ import annotations

from typing import Final

from qingting.companion.plan.plan import Advice
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.work import Work

_KINDS: Final[tuple[Advice, ...]] = ("say", "opinion", "should")
_ASKED_FOR: Final = ("advice", "information")


def advice_asked(work: Work) -> Advice | None:
    """How to say something, what we make of it, or whether to do it; None when none is asked."""
    if work.reading.need not in _ASKED_FOR:
        return None
    text = cleaned(work.message.text).text
    return next((kind for kind in _KINDS if words("asks", kind).search(text)), None)

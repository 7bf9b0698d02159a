"""What somebody wants left alone: found in a line, a thread or a memory before we bring it up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qingting.companion.understand.clean import has_han
from qingting.companion.understand.lexicon import table

# "your dad" and "the exam" are looked for as "dad" and "exam".
_FIRST_WORDS = re.compile(r"^(?:my|your|the|a|an|any|that|this|all)\s+")


def left_alone(topics: Iterable[str], said: str) -> re.Pattern[str] | None:
    """What is not to be found in lower-case words of ours; None where nothing is left alone. A
    topic they name themselves in `said` may be spoken of."""
    text = said.casefold()
    wanted = [_of(topic.casefold()) for topic in topics]
    left = [ours for ours, theirs in wanted if ours and not re.search(theirs, text)]
    return _any(tuple(left)) if left else None


@lru_cache(maxsize=64)
def _of(topic: str) -> tuple[str, str]:
    """The pattern of a topic in lines of ours, and in words of theirs."""
    plain = _FIRST_WORDS.sub("", topic.strip())
    if not plain:
        return "", ""
    for group in table("remembering")["avoid"].values():
        if plain in group["is"]:
            return group["ours"], "|".join((group["ours"], *map(_word, group["is"])))
    return _word(plain), _word(plain)


def _word(word: str) -> str:
    """A word by itself: "dad" is not found in "daddy-longlegs"."""
    escaped = re.escape(word)
    return escaped if has_han(word) else rf"\b{escaped}\b"


@lru_cache(maxsize=64)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)

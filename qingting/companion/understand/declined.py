"""An exercise turned down: "别跟我讲呼吸", "no breathing thing please". A rule, not phrases
(content/lexicon/exercise.toml, `declined`): what says no, near what names an exercise."""

from __future__ import annotations

import re
from functools import lru_cache

from qingting.companion.understand.lexicon import alternatives, shared_parts, table


def declines_exercise(text: str, *, near: bool = False) -> bool:
    """Whether a clean text turns an exercise down. near: one is under way or was just offered, so
    that "not the breathing again" means that one."""
    found = _words("words").search(text) or (_words("near").search(text) if near else None)
    return found is not None and _words("asks").search(text) is None


def names_exercise(text: str) -> bool:
    """Whether a clean text speaks of an exercise at all."""
    return _words("names").search(text) is not None


def exercise_words() -> re.Pattern[str]:
    """What a line of ours has that asks for slow breathing or another exercise."""
    return _words("ours")


@lru_cache(maxsize=8)
def _words(part: str) -> re.Pattern[str]:
    declined = table("exercise")["declined"]
    return alternatives(declined[part], {**shared_parts(), **declined["parts"]})

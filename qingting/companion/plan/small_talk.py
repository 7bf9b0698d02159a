"""Very short messages and questions about us, known by their shape (content small_talk.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.tone import told_well, wry
from qingting.companion.understand.about_us import asked_about_us
from qingting.companion.understand.clean import cleaned
from qingting.companion.words.bank import read_toml

_EDGES: Final = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_PARTICLES: Final = re.compile(r"[啊呀哦噢喔呢嘛吧了哈啦咯诶欸耶~～]+$")
# "whole" patterns are for short messages; a long one that only begins like them is a story.
_LONGEST: Final[Mapping[Language, int]] = {"zh": 40, "en": 64}
# Good news is told in a sentence or two.
_LONGEST_NEWS: Final = 120


@dataclass(frozen=True, slots=True)
class _Shapes:
    whole: dict[str, re.Pattern[str]]
    anywhere: dict[str, re.Pattern[str]]


@cache
def _shapes(language: Language) -> _Shapes:
    data = read_toml(resources.files("qingting.content") / language / "small_talk.toml")

    def compiled(table: str) -> dict[str, re.Pattern[str]]:
        return {
            name: re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
            for name, patterns in data[table].items()
        }

    return _Shapes(compiled("whole"), compiled("anywhere"))


def shape_of(text: str, language: Language) -> str | None:
    """Which small shape a message has ("hello", "yes", "dots", ...), or None for a real one."""
    core = _EDGES.sub("", text).replace("’", "'")
    if not core or not re.search(r"\w", core):
        return "dots"
    if len(core) > _LONGEST[language]:
        return None
    shapes = _shapes(language)
    for form in (core, _PARTICLES.sub("", core)):
        for name, pattern in shapes.whole.items():
            if form and pattern.fullmatch(form):
                return name
    return None


def is_greeting(text: str) -> bool:
    """Whether a message is a greeting and nothing besides, in either language."""
    return shape_of(text, "zh") == "hello" or shape_of(text, "en") == "hello"


def about_you(text: str) -> str | None:
    """Which question about us a message asks ("human", "privacy", ...), or None."""
    return asked_about_us(cleaned(text).text)


def good_news(text: str, language: Language) -> bool:
    """Whether a short message tells of something good. "Another shift, great" does not."""
    if len(text) > _LONGEST_NEWS or wry(text, language):
        return False
    said = _shapes(language).anywhere["good_news"].search(text)
    return said is not None or told_well(text, language)


def big_news(text: str, language: Language) -> bool:
    """Whether a short message tells of something won, passed or answered with yes: what anybody
    would say congratulations to first."""
    return len(text) <= _LONGEST_NEWS and bool(_shapes(language).anywhere["big_news"].search(text))

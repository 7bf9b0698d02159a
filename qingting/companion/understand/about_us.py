"""Questions about us: "are you gonna tell my mum", "你会报警吗".

The patterns stand in content/<language>/small_talk.toml, beside examples of what they hear and
leave, and each has straight answers of its own in content/<language>/moves/about_you.toml. They
are read here, and not where a reply is planned, because the answer is owed in danger as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.voices import asks_if_real
from qingting.companion.words.bank import read_toml

# A question about us may open a longer message, but a novel is not one.
_LONGEST: Final = 120
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


# What is answered otherwise where somebody can be told of danger (docs/telling.md).
_WHERE_TOLD: Final = frozenset({"tells", "secret"})


def answer_to(name: str, *, tells: bool) -> str:
    """The name of the lines that answer a question about us. tells: whether anybody can be told of
    danger from here: then the usual "I can reach nobody" is not true."""
    return f"{name}_mailed" if tells and name in _WHERE_TOLD else name


def asked_about_us(text: str) -> str | None:
    """Which question about us a clean text asks ("human", "police", ...), or None."""
    if len(text) > _LONGEST:
        return None
    if asks_if_real(text):
        return "who"
    for language in _LANGUAGES:
        for name, pattern in _patterns(language).items():
            if pattern.search(text):
                return name
    return None


@cache
def _patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    """By name, the first that fits first. Raises ContentError when the file cannot be read."""
    data = read_toml(resources.files("qingting.content") / language / "small_talk.toml")
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
        for name, patterns in data["about_you"].items()
    }

"""Whether a message names what is remembered: stricter than the search, because here something is
said for it. "Tom" is not in "tomorrow", and "his brother" is not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.recall.near import shared
from qingting.companion.recall.recollection import Remembered
from qingting.companion.remember.patterns import patterns
from qingting.companion.words.bank import ContentError

# What reading the patterns of content/remember raises where they are not well formed.
UNREADABLE: Final = (ContentError, KeyError, TypeError, ValueError, re.error)
# Shorter words name nothing by themselves.
_SHORTEST: Final[dict[Language, int]] = {"zh": 2, "en": 3}
# So many words in common, and a thing was spoken of.
_SAME: Final = 2
_MINE_ZH: Final = (
    r"(?:我(?:的|家|们家|那个|这个|亲|家的)?|^|[，。,.!?！？；;：:\s])(?>{})(?!的(?!事|话|确))"
)
_MINE_EN: Final = (
    r"\b(?:my|our) (?:(?:own|little|younger|older|big|baby|twin|old|best|dear|poor) )?(?:{})\b"
    r"(?!'s (?:friends?|mates?|girlfriend|boyfriend|wife|husband|kids?|teacher|ex|boss)\b)"
)


def name_of(item: Remembered) -> str:
    """The name a note of somebody holds; "" when it holds none."""
    return item.value if item.kind == "person" and item.about.endswith("/name") else ""


def head_of(item: Remembered) -> str:
    """Whom or what it is about: "弟弟" of "弟弟/name"."""
    return item.about.partition("/")[0]


def says_word(word: str, text: str, language: Language) -> bool:
    """Whether a text has a word, whole; case does not count."""
    if len(word) < _SHORTEST[language]:
        return False
    if language == "zh" and not word.isascii():
        return word in text
    pattern = rf"(?<![A-Za-z0-9]){re.escape(word)}(?:'?s)?(?![A-Za-z0-9])"
    return re.search(pattern, text, re.IGNORECASE) is not None


def names_relation(item: Remembered, text: str, language: Language) -> bool:
    """Whether a text speaks of this person of theirs by what they are to them: "my brother"."""
    plain = text.casefold().replace("’", "'")
    return _relation(head_of(item), language).search(plain) is not None


def is_named(item: Remembered, text: str, language: Language) -> bool:
    """Whether a text names an item: by its name, or by what it is about."""
    if says_word(name_of(item), text, language):
        return True
    if item.kind == "person":
        return names_relation(item, text, language)
    return says_word(head_of(item), text, language)


def names_somebody(text: str, language: Language) -> bool:
    """Whether a text speaks of anybody by what they are to the person."""
    try:
        return patterns(language).who.search(text) is not None
    except UNREADABLE:
        return False


def spoken_of(item: Remembered, texts: Iterable[str], language: Language) -> bool:
    """Whether one of the texts speaks of the very thing that we would say. Of somebody, that is the
    name."""
    name = name_of(item)
    if name:
        return any(says_word(name, text, language) for text in texts)
    return any(
        says_word(head_of(item), text, language) or shared(item.says, text, language) >= _SAME
        for text in texts
    )


@lru_cache(maxsize=512)
def _relation(head: str, language: Language) -> re.Pattern[str]:
    try:
        canonical = patterns(language).canonical
    except UNREADABLE:
        canonical = {}
    kept = [
        word
        for name in ("relation", "family", "close", "kin", "pet")
        for word, one in canonical.get(name, {}).items()
        if one == head
    ]
    known = sorted({head.casefold(), *kept}, key=len, reverse=True)
    words = "|".join(map(re.escape, known))
    return re.compile((_MINE_ZH if language == "zh" else _MINE_EN).format(words))

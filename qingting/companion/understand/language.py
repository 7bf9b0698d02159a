"""Which language a message is in; mixing is allowed, the larger part decides."""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import Clean
from qingting.companion.understand.normalise import pinyin_is_chinese

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
# A Chinese word has one or two characters.
_WORDS_PER_HAN: Final = 0.6
# Short words everybody types, whatever language they think in.
_EVERYWHERES: Final = frozenset(
    {"ok", "okay", "hi", "hello", "hey", "bye", "emo", "no", "yes", "lol", "h", "hh", "hhh", "haha"}
    | {"hahaha", "gg", "gpa", "ddl", "offer", "test", "q", "a", "sos"}
)


def language_of(clean: Clean, default: Language) -> Language:
    """The language of a clean message; `default` when it shows none (digits, emoji, "ok")."""
    han = len(_HAN.findall(clean.text))
    words = _WORD.findall(clean.text)
    if not han and not words:
        return default
    if not han:
        if len(words) <= 2 and all(word in _EVERYWHERES for word in words):
            return default
        return "zh" if pinyin_is_chinese(clean) else "en"
    return "zh" if han * _WORDS_PER_HAN >= len(words) else "en"

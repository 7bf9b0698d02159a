"""How long an article takes to read: 300 汉字 or 200 English words a minute, rounded up.

The rates are on the slow side of what is measured for adults reading prose quietly on a screen
(about 240 words: Brysbaert 2019, Journal of Memory and Language 109), because it may be late.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Final

from qingting.companion.library.article import Article
from qingting.companion.person import Language

_HAN_A_MINUTE: Final = 300
_WORDS_A_MINUTE: Final = 200
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
# What stands in a link's brackets is read, where it leads to is not.
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def length(body: str, language: Language) -> int:
    """汉字 of a Chinese body, words of an English one."""
    read = _LINK.sub(r"\1", body)
    return len((_HAN if language == "zh" else _WORD).findall(read))


def minutes(article: Article, language: Language) -> int:
    """Minutes to read it, at least 1."""
    rate = _HAN_A_MINUTE if language == "zh" else _WORDS_A_MINUTE
    return max(1, ceil(length(article.body, language) / rate))

"""Whether glad words are meant: good news told plainly, praise that means the opposite, a laugh
(content/lexicon/news.toml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

# News and irony are told in a sentence or two; a longer message is a story.
_LONGEST: Final = 120


def told_well(text: str, language: Language) -> bool:
    """Whether a short message tells of something small and good that happened to them."""
    clean = cleaned(text).text.strip()
    if len(clean) > _LONGEST:
        return False
    if not (_words("good", language).search(clean) or beams(text, language)):
        return False
    return _words("unless", language).search(clean) is None and not wry(text, language)


def beams(text: str, language: Language) -> bool:
    """Whether a message says in so many words that they are glad."""
    return _words("beaming", language).search(cleaned(text).text) is not None


def wry(text: str, language: Language) -> bool:
    """Whether a message praises what is plainly no good: "great, another group project"."""
    clean = cleaned(text).text.strip()
    return len(clean) <= _LONGEST and _words("wry", language).search(clean) is not None


def laughs(text: str, language: Language) -> bool:
    """Whether a message laughs: by itself that is no sign of joy."""
    return _words("laughs", language).search(cleaned(text).text) is not None


def sours(text: str, language: Language) -> bool:
    """Whether anything in a message speaks against good news told just before."""
    return _words("sours", language).search(cleaned(text).text) is not None


@cache
def _words(section: str, language: Language) -> re.Pattern[str]:
    return alternatives(table("news")[section][language], shared_parts())

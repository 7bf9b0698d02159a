"""Where sentences and clauses begin and end in a view."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

_SENTENCE_END: Final = re.compile(r"[。！!?？;；\n…]+|\.+(?=\s|$)")
_CLAUSE_END: Final = re.compile(r"[,，、:：~—]+|\s-\s| (?:but|and then|so that|because) ")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one text as sorted half-open ranges."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def number(self, place: int) -> int:
        """Which sentence holds the character at `place`."""
        return max(0, bisect_right(self.starts, place) - 1)

    def sentence(self, number: int) -> str:
        """The text of one sentence; empty for a number out of range."""
        if not 0 <= number < len(self.starts):
            return ""
        return self.text[self.starts[number] : self.ends[number]]

    def before(self, place: int) -> str:
        """What stands in the same sentence before `place`."""
        return self.text[self.starts[self.number(place)] : place]

    def after(self, place: int) -> str:
        """What stands in the same sentence from `place` on."""
        return self.text[place : self.ends[self.number(max(0, place - 1))]]


def split(text: str) -> Sentences:
    """The sentences of a text. Linear; a text without marks is one sentence."""
    starts, ends, begin = [], [], 0
    for match in _SENTENCE_END.finditer(text):
        starts.append(begin)
        ends.append(match.end())
        begin = match.end()
    if begin < len(text) or not starts:
        starts.append(begin)
        ends.append(len(text))
    return Sentences(text, tuple(starts), tuple(ends))


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, in order; never empty."""
    return _CLAUSE_END.split(sentence) or [sentence]

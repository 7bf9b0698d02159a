"""Where sentences and clauses begin and end in a view."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

_SENTENCE_END: Final = re.compile(r"[。！!?？;；\n…]+|\.+(?=\s|$)")
_CLAUSE_END: Final = re.compile(r"[,，、:：~—]+|\s-\s| (?:but|and then|so that|because) ")


# How far the words around a place are read. A sentence without marks can be as long as the text;
# without this limit the work would grow with the square of its length.
_REACH: Final = 160


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
        """The text of one sentence, its first characters if it is very long; empty for a number
        out of range."""
        if not 0 <= number < len(self.starts):
            return ""
        start = self.starts[number]
        return self.text[start : min(self.ends[number], start + 2 * _REACH)]

    def near(self, start: int, end: int) -> str:
        """The sentence around text[start:end], cut to what is near in a very long one."""
        return self.before(start) + self.text[start:end] + self.after(end)

    def before(self, place: int) -> str:
        """What stands in the same sentence before `place`, and near it."""
        return self.text[max(self.starts[self.number(place)], place - _REACH) : place]

    def after(self, place: int) -> str:
        """What stands in the same sentence from `place` on, and near it."""
        end = self.ends[self.number(max(0, place - 1))]
        return self.text[place : max(place, min(end, place + _REACH))]


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

"""Which piece of a long text is worth a closer look: at most a few sentences' worth.

The encoder's time grows with the word pieces of a text, so a long text is not encoded whole. It is
cut into pieces at its own pauses, each piece gets a cheap score from its letters, and the most
telling ones, in reading order, make the window. What stands in the middle has the same chance as
the beginning.

Room is counted in Chinese characters; five Latin letters take about as many word pieces as two of
those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Room of a window, and of a piece: half a window, so that a window holds its neighbour too.
MOST: Final = 128
PIECE: Final = MOST // 2
# Room of a piece that is looked at by itself: one clause or two.
ALONE: Final = 40
_LATIN: Final = 0.4
_HAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SENTENCE: Final = re.compile(r"[^。！!?？;；\n…]*[。！!?？;；\n…]*")
_PAUSE: Final = re.compile(r"[,，、:：.]\s*|\s(?:but|and|so|because|then|also|oh|btw|anyway)\s|\s")
_COMMA: Final = re.compile(r"[,，、:：.]")


def size(text: str) -> float:
    """The room a text takes, in Chinese characters."""
    wide = len(_HAN.findall(text))
    return wide + _LATIN * (len(text) - wide)


def fits(text: str) -> bool:
    """Whether a text is read whole."""
    return len(text) <= MOST or size(text) <= MOST


def cut(text: str) -> str:
    """The beginning of a text, as far as a window holds it."""
    if fits(text):
        return text
    room = float(MOST)
    for place, letter in enumerate(text):
        room -= 1.0 if _HAN.match(letter) else _LATIN
        if room < 0:
            return text[:place]
    return text


def pieces(text: str, most: int = PIECE) -> list[tuple[int, int]]:
    """Half-open ranges that cover the text, each at most `most` in size, cut at pauses."""
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        begin, end = match.span()
        while size(text[begin:end]) > most:
            middle = _cut(text, begin, end, most)
            found.append((begin, middle))
            begin = middle
        if end > begin:
            found.append((begin, end))
    return _together(text, found, most)


def window(text: str, ranges: Sequence[tuple[int, int]], scores: Sequence[float]) -> str:
    """The most telling pieces in reading order, at most MOST in size; the whole text when it is
    that short."""
    if fits(text):
        return text
    chosen: list[tuple[int, int]] = []
    room = float(MOST)
    for place in sorted(range(len(ranges)), key=lambda place: -scores[place]):
        begin, end = ranges[place]
        taken = size(text[begin:end])
        if taken <= room:
            chosen.append((begin, end))
            room -= taken
        if room < PIECE / 4:
            break
    return "".join(text[begin:end] for begin, end in sorted(chosen))


def _cut(text: str, begin: int, end: int, most: int) -> int:
    """Where to cut a piece that is too long: at its last comma, else at its last blank, else
    right at the limit."""
    limit = begin
    room = float(most)
    while limit < end and room >= 1.0:
        room -= 1.0 if _HAN.match(text[limit]) else _LATIN
        limit += 1
    least = begin + (limit - begin) // 3
    for pause in (_COMMA, _PAUSE):
        found = [match.end() for match in pause.finditer(text, least, limit)]
        if found:
            return found[-1]
    return limit


def _together(text: str, ranges: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Short neighbours made one piece, so that a word keeps the words that explain it."""
    joined: list[tuple[int, int]] = []
    for begin, end in ranges:
        if joined and size(text[joined[-1][0] : end]) <= most:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined

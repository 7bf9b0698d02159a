"""Which piece of a long text is worth a closer look: at most a few sentences' worth of letters.

The encoder's time grows with length, so a long text is not encoded whole. It is cut into pieces
at its own pauses, each piece gets a cheap score from its letters, and the most telling ones, in
reading order, make the window. What stands in the middle has the same chance as the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from training.learned.embedder import MOST_LETTERS

# A piece is a sentence, or a part of one; half a window, so that a window holds its neighbour too.
PIECE: Final = MOST_LETTERS // 2
_SENTENCE: Final = re.compile(r"[^。！!?？;；\n…]*[。！!?？;；\n…]*")
_PAUSE: Final = re.compile(r"[,，、:： ]")


def pieces(text: str) -> list[tuple[int, int]]:
    """Half-open ranges that cover the text, each at most PIECE long, cut at pauses."""
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        begin, end = match.span()
        while end - begin > PIECE:
            cut = _cut(text, begin)
            found.append((begin, cut))
            begin = cut
        if end > begin:
            found.append((begin, end))
    return _together(found)


def window(text: str, ranges: Sequence[tuple[int, int]], scores: Sequence[float]) -> str:
    """The most telling pieces in reading order, at most MOST_LETTERS in all; the whole text when
    it is that short."""
    if len(text) <= MOST_LETTERS:
        return text
    chosen: list[tuple[int, int]] = []
    room = MOST_LETTERS
    for place in sorted(range(len(ranges)), key=lambda place: -scores[place]):
        begin, end = ranges[place]
        if end - begin <= room:
            chosen.append((begin, end))
            room -= end - begin
        if room < PIECE // 4:
            break
    return "".join(text[begin:end] for begin, end in sorted(chosen))


def _cut(text: str, begin: int) -> int:
    """Where to cut a piece that is too long: at its last pause, else right at the limit."""
    pauses = [match.end() for match in _PAUSE.finditer(text, begin + PIECE // 3, begin + PIECE)]
    return pauses[-1] if pauses else begin + PIECE


def _together(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Short neighbours made one piece, so that a word keeps the words that explain it."""
    joined: list[tuple[int, int]] = []
    for begin, end in ranges:
        if joined and end - joined[-1][0] <= PIECE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined

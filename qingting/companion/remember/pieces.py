"""Pieces of a message that a kind of memory is read in, and the numbers they are read by.

Shared by training (training/memory.py) and reading (learned.py), so that both see the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.person import Language
from qingting.companion.recall.meaning import vectors
from qingting.companion.remember.dates.span import DateSpan

Floats = NDArray[np.float32]

VECTOR: Final = 512
BUCKETS: Final = 8_192
SIGNS: Final = 6
WIDTH: Final = VECTOR + BUCKETS + SIGNS
# A piece is a sentence, or of a long one so much of it as ends with a clause.
_LONGEST: Final[dict[Language, int]] = {"zh": 30, "en": 110}
_CLAUSE: Final = re.compile(
    r"[,，;；、]\s*|\s(?=(?:and|but|then|so|because|cos|bc|which)\s)|\s{2,}"
)
_QUESTION: Final = re.compile(r"[?？]|吗\s*$|呢\s*$")
_NAMED: Final = re.compile(r"(?<!^)\b[A-Z][a-z]+")
_RUN: Final = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Half-open place in its sentence, and the days named within it."""

    start: int
    end: int
    days: tuple[DateSpan, ...]


def pieces(sentence: str, language: Language, days: Sequence[DateSpan]) -> Iterator[Piece]:
    """The pieces of a sentence, in order; none of them blank."""
    most, begin, last = _LONGEST[language], 0, 0
    ends = [match.end() for match in _CLAUSE.finditer(sentence)]
    for end in [*ends, len(sentence)]:
        if end - begin > most and last > begin:
            yield from _piece(sentence, begin, last, days)
            begin = last
        last = end
    yield from _piece(sentence, begin, len(sentence), days)


def _piece(sentence: str, start: int, end: int, days: Sequence[DateSpan]) -> Iterator[Piece]:
    if any(map(str.isalnum, sentence[start:end])):
        yield Piece(start, end, tuple(d for d in days if start <= d.start and d.end <= end))


def signs(text: str, ahead: bool, dated: bool) -> list[float]:
    """What is counted apart: a day ahead, any day, a question, a name, and how long it is."""
    return [
        float(ahead),
        float(dated),
        float(bool(_QUESTION.search(text))),
        float(bool(_NAMED.search(text))),
        min(len(text), 120) / 120,
        1.0,
    ]


def measured(texts: Sequence[str], marks: Sequence[Sequence[float]]) -> Floats | None:
    """One row of WIDTH numbers a piece; None without an encoder. marks: `signs` of each."""
    near = vectors(texts)
    if near is None:
        return None
    rows = np.zeros((len(texts), WIDTH), np.float32)
    rows[:, :VECTOR] = near * 3.0
    for row, text in zip(rows, texts, strict=True):
        counted = list(_runs(text))
        for bucket in counted:
            row[VECTOR + bucket] += 1.0 / max(4.0, len(counted) ** 0.5)
    rows[:, VECTOR + BUCKETS :] = marks
    return rows


def _runs(text: str) -> Iterator[int]:
    """Buckets of the runs of one to four letters, and of whole words."""
    plain = " " + re.sub(r"\s+", " ", re.sub(r"\d+", "0", text.casefold())).strip() + " "
    for length in range(1, _RUN + 1):
        for start in range(len(plain) - length + 1):
            yield zlib.crc32(plain[start : start + length].encode()) % BUCKETS
    for word in re.findall(r"[a-z']+", plain):
        yield zlib.crc32(b"=" + word.encode()) % BUCKETS

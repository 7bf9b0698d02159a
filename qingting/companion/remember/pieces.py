"""Pieces of a message that a kind of memory is read in, and the numbers they are read by.

Shared by training (training/memory.py) and reading (learned.py), so that both see the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.person import Language
from qingting.companion.remember.dates.span import DateSpan
from qingting.companion.understand.learned.published import published

if TYPE_CHECKING:
    from qingting.companion.understand.learned.encoder import Encoder

Floats = NDArray[np.float32]

# The numbers of a piece, in this order: its sentence vector, the mean and the most of every feature
# of its word pieces, its letters, and what is counted apart (`signs`).
VECTOR: Final = 512
FEATURES: Final = 1_280
BUCKETS: Final = 8_192
SIGNS: Final = 8
LETTERS: Final = VECTOR + 2 * FEATURES
WIDTH: Final = LETTERS + BUCKETS + SIGNS
# A piece is a sentence, or of a long one so much of it as ends with a clause.
_LONGEST: Final[dict[Language, int]] = {"zh": 30, "en": 110}
_CLAUSE: Final = re.compile(
    r"[,，;；、]\s*|\s(?=(?:and|but|then|so|because|cos|bc|which)\s)|\s{2,}"
)
_QUESTION: Final = re.compile(r"[?？]|吗\s*$|呢\s*$")
_NAMED: Final = re.compile(r"(?<!^)\b[A-Z][a-z]+")
_RUN: Final = 4
# What tells "every time I run, I ..." from "every time he shouts, I ...".
_EASED: Final = re.compile(
    r"(?<!不)(?:能睡|睡得着|睡着|缓过来|好受|踏实|安静|平静|轻了|松快|舒坦|管用|静下来|清醒|有用|灵)"
    r"|不慌|不怕|好(?:一?点|多)了|不那么"
    r"|\b(?:calms?|calmed|settles?|quiet|better|sane|lifts?|clears?|sorts? me|sorted|helps?|helped"
    r"|works|worked|relax\w*|level|lighter|slept|drop off|normal|human|bearable|ok(?:ay)? again)\b"
    r"|(?:can|i) (?:sleep|breathe)\b|takes the edge|passes\b|shuts? up\b",
    re.IGNORECASE,
)
_SHAKEN: Final = re.compile(
    r"心慌|心跳|发抖|手抖|手心|冒汗|胸口|喘不|睡不着|失眠|[吃学看听]不[下进]|僵|腿软|想吐|恶心|空白"
    r"|难受|紧张|崩|锁门|反锁|躲|害怕|不敢|慌"
    r"|\b(?:panic\w*|sick|shak\w+|freez\w+|froze|spiral\w*|stomach|chest|throw up|cry\w*|wrecks?"
    r"|worse|dread|tight|undo(?:es)?|shut down|melt down|sets? me off|go(?:es)? (?:red|blank|white)"
    r"|ruins?|drops)\b"
    r"|\b(?:can'?t|cannot|couldn'?t|no fit) \w+",
    re.IGNORECASE,
)


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
    """What is counted apart: a day ahead, any day, a question, a name, how long it is, and words of
    ease and of alarm."""
    return [
        float(ahead),
        float(dated),
        float(bool(_QUESTION.search(text))),
        float(bool(_NAMED.search(text))),
        min(len(text), 120) / 120,
        1.0,
        float(bool(_EASED.search(text))),
        float(bool(_SHAKEN.search(text))),
    ]


def measured(texts: Sequence[str], marks: Sequence[Sequence[float]]) -> Floats | None:
    """One row of WIDTH numbers a piece; None without an encoder. marks: `signs` of each."""
    encoder = published()
    if encoder is None:
        return None
    rows = np.zeros((len(texts), WIDTH), np.float32)
    _encode(encoder, texts, rows)
    for row, text in zip(rows, texts, strict=True):
        counted = list(_runs(text))
        for bucket in counted:
            row[LETTERS + bucket] += 1.0 / max(4.0, len(counted) ** 0.5)
    rows[:, LETTERS + BUCKETS :] = marks
    return rows


def _encode(encoder: Encoder, texts: Sequence[str], rows: Floats) -> None:
    """Fills in what the encoder reads; zeros for a text without a letter or digit."""
    from qingting.companion.understand.learned.embedder import meaningful
    from qingting.companion.understand.learned.encoder import layout, pieces_of

    said = [number for number, text in enumerate(texts) if meaningful(text)]
    if not said:
        return
    flat = layout([pieces_of(texts[number]) for number in said])
    features = encoder.features(flat)
    rows[said, :VECTOR] = encoder.vectors(features, flat) * 3.0
    for number, start, length in zip(said, flat.own, flat.lengths, strict=True):
        part = features[start : start + length]
        # The marks of a beginning and an end say nothing by themselves.
        inner = part[1:-1] if length > 2 else part
        rows[number, VECTOR : VECTOR + FEATURES] = part.mean(0)
        rows[number, VECTOR + FEATURES : LETTERS] = inner.max(0)


def _runs(text: str) -> Iterator[int]:
    """Buckets of the runs of one to four letters, and of whole words."""
    plain = " " + re.sub(r"\s+", " ", re.sub(r"\d+", "0", text.casefold())).strip() + " "
    for length in range(1, _RUN + 1):
        for start in range(len(plain) - length + 1):
            yield zlib.crc32(plain[start : start + length].encode()) % BUCKETS
    for word in re.findall(r"[a-z']+", plain):
        yield zlib.crc32(b"=" + word.encode()) % BUCKETS

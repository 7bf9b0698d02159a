"""Which short runs of letters and words a text holds, as numbers of buckets (the hashing trick).

Everything is array work over one joined text, so that a thousand messages cost little more than
a thousand times their letters. No dictionary is kept: a run of letters is multiplied together
into a number, and that number chooses its bucket. Training and reading use this same module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

BUCKETS: Final = 1 << 16
# Runs of 1 to 5 letters: one Chinese word has one or two, an English stem about five.
LONGEST: Final = 5
_MIX: Final = np.uint32(0x9E3779B1)
_FOLD: Final = np.uint32(0x85EBCA6B)
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[!?]+|[:;][-']?[()dp]")
_SPACE: Final = re.compile(r"\s+")
_BETWEEN: Final = "\0"
# A person's text of 8,000 letters has fewer distinct runs than this; nothing else is cut here.
_SHIFT: Final = np.uint32(32 - 16)


@dataclass(frozen=True, slots=True)
class Grams:
    """The distinct buckets of several texts, one after another.

    buckets: bucket numbers, 0 <= bucket < BUCKETS. rows: which text each belongs to, ascending.
    count: how many texts; one may have no bucket at all.
    """

    buckets: Ints
    rows: Ints
    count: int


def grams(texts: Sequence[str]) -> Grams:
    """The distinct runs of letters and words of each text. Any Unicode; lower case is expected."""
    shaped = [f" {_SPACE.sub(' ', text).strip()} " for text in texts]
    # Bytes that cannot be encoded (lone surrogates) are passed through as they are.
    joined = (_BETWEEN.join(shaped) + _BETWEEN).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype=np.uint32)
    ends = np.cumsum([len(text) + 1 for text in shaped])
    row_of = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
    keys = [_letter_runs(codes, row_of), _word_runs(shaped)]
    distinct = np.unique(np.concatenate(keys))
    return Grams(distinct % BUCKETS, distinct // BUCKETS, len(texts))


def _letter_runs(codes: NDArray[np.uint32], row_of: Ints) -> Ints:
    """Keys (row * BUCKETS + bucket) of every run of letters that stays inside one text."""
    apart = codes == 0
    keys: list[Ints] = []
    running = codes * _MIX
    crossing = apart
    for length in range(1, LONGEST + 1):
        if length > 1:
            if len(codes) < length:
                break
            later = codes[length - 1 :]
            running = (running[:-1] ^ (running[:-1] >> np.uint32(15))) * _FOLD + later * _MIX
            crossing = crossing[:-1] | apart[length - 1 :]
        inside = np.flatnonzero(~crossing)
        salted = (running[inside] ^ np.uint32(length)) * _MIX
        keys.append(row_of[inside] * BUCKETS + (salted >> _SHIFT).astype(np.int64))
    return np.concatenate(keys)


def _word_runs(texts: Sequence[str]) -> Ints:
    """Keys of single words and of pairs of neighbours, for scripts that put spaces."""
    keys: list[int] = []
    for row, text in enumerate(texts):
        base = row * BUCKETS
        before = 0
        for word in _WORD.findall(text):
            number = crc32(word.encode())
            keys.append(base + (number >> 16))
            if before:
                keys.append(base + (((before * 31 + number) * 0x9E3779B1 & 0xFFFFFFFF) >> 16))
            before = number
    return np.array(keys, dtype=np.int64)

"""The sentence encoder, trained further to tell what in a message is worth remembering.

What helps, what sets off and what somebody wants are told in a thousand ways that a frozen encoder
does not keep apart. Its scores are added to those of learned.py. Trained by
training/memory_reader.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from qingting.companion.remember.item import KINDS
from qingting.companion.remember.pieces import Floats
from qingting.companion.understand.learned.encoder import Pieces, pieces_of
from qingting.companion.understand.learned.further import TRUNK, further

# How the names of its matrices begin among those of memory.
PREFIX: Final = "reader_"
# Word pieces of a piece of a message: its end counts.
_MOST: Final = 80
# So many letters hold them: the tokenizer is given no more, for it keeps the beginning.
_LETTERS: Final = 360


class MemoryReader:
    """Reads pieces of messages. arrays: the matrices of memory; its own are taken from among them.
    Raises KeyError where one is missing, ValueError where they are of other kinds, NoEncoder
    without the table of word pieces."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        if arrays[f"{PREFIX}{TRUNK}out_b"].shape != (len(KINDS),):
            raise ValueError("a reader of other kinds")
        self._reader = further(arrays, PREFIX)

    def scores(self, texts: Sequence[str], marks: Sequence[Sequence[float]]) -> Floats:
        """[pieces, kinds]. marks: pieces.signs of each."""
        if not texts:
            return np.zeros((0, len(KINDS)), np.float32)
        read = [Pieces(word_pieces(text)) for text in texts]
        return self._reader.scores(read, np.asarray(marks, np.float32))


def word_pieces(text: str) -> list[int]:
    """The word pieces of a text that are read."""
    return list(pieces_of(text[-_LETTERS:]).message)[-_MOST:]

"""The guard's third reader: what a sentence does to what it answers.

The runs of `guard_net` see words and their neighbours, and `guard_meaning` two sentences from far
away. Here the sentence encoder itself was trained further on pairs of what a person said and what
was answered, and reads both at once. Trained by training/guard_pair.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.encoder import Pieces, layout, pieces_of
from qingting.companion.understand.learned.further import further, nothing

Floats = NDArray[np.float32]

# How the names of its matrices begin among those of the guard.
PREFIX: Final = "pair_"
# Word pieces of the sentence and of what it answers: the last ones count.
MOST_SAID: Final = 64
MOST_HEARD: Final = 40
# So many letters hold them: the tokenizer is given no more, for it keeps the beginning.
_LETTERS: Final = 240


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person said: its pieces, and the encoder's features of them, one row each."""

    pieces: tuple[int, ...]
    features: Floats


class GuardPair:
    """Reads sentences. arrays: the matrices of the guard; its own are taken from among them."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self._reader = further(arrays, PREFIX)
        self._heard = lru_cache(maxsize=1)(self._user)

    def logits(self, sentence: str, user: str) -> Floats | None:
        """Log odds of harm, then of each kind of it; None for a sentence without a piece."""
        said = said_pieces(sentence)
        if not said:
            return None
        heard = self._heard(user)
        # No convolution reaches from one part into the other: each is worked out by itself.
        own = self._reader.encoder.features(layout([Pieces(said)]))
        features = np.concatenate([heard.features, own])
        flat = layout([Pieces(said, heard.pieces)])
        scores: Floats = self._reader.seen(features, nothing(1), flat)[0]
        return scores

    def _user(self, user: str) -> Heard:
        pieces = heard_pieces(user)
        features = self._reader.encoder.features(layout([Pieces(pieces or [0])]))
        return Heard(tuple(pieces), features[: len(pieces)])


def said_pieces(sentence: str) -> list[int]:
    """The pieces of a sentence that are read."""
    return list(pieces_of(sentence[-_LETTERS:]).message)[-MOST_SAID:] if sentence else []


def heard_pieces(user: str) -> list[int]:
    """The pieces that are read of what a person said: a long message is read by its end."""
    return list(pieces_of(user[-_LETTERS:]).message)[-MOST_HEARD:] if user else []

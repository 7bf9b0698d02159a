"""The guard's third reader: what a sentence does to what it answers.

The runs of `guard_net` see words and their neighbours, and `guard_meaning` two sentences from far
away. Here the sentence encoder itself was trained further on pairs of what a
person said and what was answered, and reads both at once. Trained by training/guard_pair.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.encoder import Encoder, Pieces, layout, pieces_of
from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.trunk import Trunk

Floats = NDArray[np.float32]

# How the names of its matrices begin among those of the guard: the encoder's, and the trunk's.
ENCODER: Final = "pair_encoder_"
TRUNK: Final = "pair_trunk_"
# A matrix kept as bytes has its scale per column beside it.
SCALE: Final = ".scale"
# Word pieces of the sentence and of what it answers: the last ones count.
MOST_SAID: Final = 64
MOST_HEARD: Final = 40
# What is measured of a message beside its words (extras.py) is nothing here.
_NOTHING: Final = np.zeros((1, WIDTH), np.float32)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person said: its pieces, and the encoder's features of them, one row each."""

    pieces: tuple[int, ...]
    features: Floats


class GuardPair:
    """Reads sentences. parts: the matrices of the guard; its own are taken from among them."""

    def __init__(self, parts: Mapping[str, Floats]) -> None:
        self._encoder = Encoder(_part(parts, ENCODER))
        self._trunk = Trunk(_part(parts, TRUNK))
        self._heard = lru_cache(maxsize=64)(self._user)

    def logits(self, sentence: str, user: str) -> Floats | None:
        """Log odds of harm, then of each kind of it; None for a sentence without a piece."""
        said = said_pieces(sentence)
        if not said:
            return None
        heard = self._heard(user)
        alone = layout([Pieces(said)])
        flat = layout([Pieces(said, heard.pieces)])
        # No convolution reaches from one part into the other: each is worked out by itself.
        features = np.concatenate([heard.features, self._encoder.features(alone)])
        vectors = self._encoder.vectors(features, flat)
        scores: Floats = self._trunk.seen(features, vectors, _NOTHING, flat).scores[0]
        return scores

    def _user(self, user: str) -> Heard:
        pieces = heard_pieces(user)
        features = self._encoder.features(layout([Pieces(pieces or [0])]))
        return Heard(tuple(pieces), features[: len(pieces)])


def said_pieces(sentence: str) -> list[int]:
    """The pieces of a sentence that are read."""
    return list(pieces_of(sentence).message)[-MOST_SAID:] if sentence else []


def heard_pieces(user: str) -> list[int]:
    """The pieces that are read of what a person said: a long message is read by its end."""
    return list(pieces_of(user).message)[-MOST_HEARD:] if user else []


def unpacked(parts: Mapping[str, NDArray[np.generic]]) -> dict[str, Floats]:
    """Matrices as numbers: those kept as bytes multiplied by their scale."""
    return {
        name: np.asarray(part, np.float32)
        * (np.asarray(parts[name + SCALE], np.float32) if name + SCALE in parts else 1)
        for name, part in parts.items()
        if not name.endswith(SCALE)
    }


def _part(parts: Mapping[str, Floats], prefix: str) -> dict[str, Floats]:
    return {
        name.removeprefix(prefix): np.ascontiguousarray(part)
        for name, part in parts.items()
        if name.startswith(prefix)
    }

"""The encoder and its trunk, trained further for a question of their own.

Memory has them among its arrays; the reply guard has such an encoder too, below layers of its own
(companion/protect/guard_pair.py). Matrices lie there by names that begin with a prefix of theirs,
large ones as bytes with a scale per column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.encoder import Encoder, Layout, Pieces, layout
from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.trunk import Trunk

Floats = NDArray[np.float32]

# What follows a prefix: the encoder's matrices (encoder.PARTS), and the trunk's (trunk.py).
ENCODER: Final = "encoder_"
TRUNK: Final = "trunk_"
# A matrix kept as bytes has its scale beside it.
SCALE: Final = ".scale"


@dataclass(frozen=True, slots=True)
class Further:
    """Encoder and trunk. Safe to share between threads."""

    encoder: Encoder
    trunk: Trunk

    def scores(self, messages: Sequence[Pieces], extras: Floats) -> Floats:
        """[messages, columns] raw scores. extras: [messages, WIDTH], what is known beside words."""
        flat = layout(messages)
        return self.seen(self.encoder.features(flat), extras, flat)

    def seen(self, features: Floats, extras: Floats, flat: Layout) -> Floats:
        """The same, of features that were worked out before."""
        vectors = self.encoder.vectors(features, flat)
        return self.trunk.seen(features, vectors, extras, flat).scores


def nothing(count: int) -> Floats:
    """Extras of messages of which nothing is known beside their words."""
    return np.zeros((count, WIDTH), np.float32)


def further(arrays: Mapping[str, Any], prefix: str) -> Further:
    """The encoder and trunk of that prefix. Raises KeyError where a matrix is missing, NoEncoder
    without the table of word pieces."""
    wide = unpacked({name: arrays[name] for name in arrays if name.startswith(prefix)})

    def part(which: str) -> dict[str, Floats]:
        return {
            name.removeprefix(prefix + which): np.ascontiguousarray(matrix)
            for name, matrix in wide.items()
            if name.startswith(prefix + which)
        }

    return Further(Encoder(part(ENCODER)), Trunk(part(TRUNK)))


def unpacked(parts: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Matrices as numbers: those kept as bytes multiplied by their scale."""
    return {
        name: np.asarray(part, np.float32)
        * (np.asarray(parts[name + SCALE], np.float32) if name + SCALE in parts else 1)
        for name, part in parts.items()
        if not name.endswith(SCALE)
    }

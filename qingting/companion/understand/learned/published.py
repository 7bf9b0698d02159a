"""Sentence vectors of the encoder as it was published: what is learned on them outlives a reader
that is trained anew."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.embedder import meaningful, one_thread
from qingting.companion.understand.learned.encoder import (
    Encoder,
    NoEncoder,
    layout,
    opened,
    pieces_of,
)

Floats = NDArray[np.float32]


@lru_cache(maxsize=1)
def published() -> Encoder | None:
    """The encoder; None where it is not installed."""
    try:
        one_thread()
        return Encoder(opened().parts)
    except NoEncoder:
        return None


def vector(text: str) -> Floats | None:
    """The unit vector of a text [512]; None without an encoder or without a letter or digit."""
    encoder = published()
    if encoder is None or not meaningful(text):
        return None
    flat = layout([pieces_of(text)])
    found: Floats = encoder.vectors(encoder.features(flat), flat)[0]
    return found

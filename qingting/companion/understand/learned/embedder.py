"""Sentence vectors for whoever compares texts: the Embedder port over the trained encoder.

No download, no network. Where the package with the word pieces is missing, everything that uses
vectors goes on by letters alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from qingting.companion.understand.learned.encoder import (
    MODEL_ID,
    VECTOR,
    Encoder,
    Floats,
    layout,
    pieces_of,
)
from qingting.companion.understand.learned.windows import cut


class Embedder:
    """See ports.Embedder. Texts without a letter or digit have no meaning to the encoder, which
    would still return some unit vector: they get zeros here, so that they resemble nothing."""

    model_id = MODEL_ID
    dimension = VECTOR

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """See ports.Embedder."""
        rows: list[list[float]] = self.vectors(texts).tolist()
        return rows

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One unit vector per text as a row; zeros for a text without letters. Longer texts are
        cut (windows.py)."""
        result = np.zeros((len(texts), VECTOR), dtype=np.float32)
        for row, text in enumerate(texts):
            if meaningful(text):
                flat = layout([pieces_of(cut(text))])
                result[row] = self._encoder.vectors(self._encoder.features(flat), flat)[0]
        return result


def meaningful(text: str) -> bool:
    """True for a text with a letter or digit that can be encoded."""
    return any(map(str.isalnum, text.encode("utf-8", "ignore").decode("utf-8")))


@lru_cache(maxsize=1)
def one_thread() -> bool:
    """Let this process's array library use one thread: on shared cores more threads cost up to
    70 times the time of work this small. False where that cannot be set from here (then set
    OPENBLAS_NUM_THREADS=1 outside)."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return False
    threadpool_limits(limits=1, user_api="blas")
    return True

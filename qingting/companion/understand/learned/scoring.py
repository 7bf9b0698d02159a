"""From a text to the numbers every head starts with: one pass for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from training.learned.arrays import Arrays, Floats, Head
from training.learned.embedder import Vectors
from training.learned.grams import Ints, grams

# Vectors of unit length have small parts; yes-or-no numbers are brought nearer to their size.
EXTRA_SCALE: Final = np.float32(0.25)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One message as the heads see it.

    text: the piece that was looked at. vector: its sentence vector, None without an encoder or
    without a letter in the text. letters, dense: a raw score per column, from runs of letters
    and from the vector (None when there is no vector). extra: see extras.py, zeros where unknown.
    """

    text: str
    vector: Vectors | None
    letters: Floats
    dense: Floats | None
    extra: Floats

    @property
    def mode(self) -> str:
        """The weights and thresholds to use: "both" with a vector, "alone" by letters only."""
        return "alone" if self.dense is None else "both"


def letter_scores(arrays: Arrays, texts: Sequence[str]) -> Floats:
    """Scores by runs of letters: one row per text, one column per label of any head."""
    found = grams(texts)
    edges = np.searchsorted(found.rows, np.arange(len(texts) + 1))
    scores = np.zeros((len(texts), arrays.letters.shape[1]), dtype=np.float32)
    for row in range(len(texts)):
        scores[row] = _one(arrays, found.buckets[edges[row] : edges[row + 1]])
    return scores


def _one(arrays: Arrays, buckets: Ints) -> Floats:
    values = arrays.weigh[buckets]
    length = float(np.sqrt(values @ values))
    if length == 0.0:
        return np.zeros(arrays.letters.shape[1], dtype=np.float32)
    weights = arrays.letters[buckets].astype(np.float32)
    scores: Floats = (values @ weights) * (arrays.letters_scale / length)
    return scores


def dense_scores(arrays: Arrays, vectors: Vectors, extras: Floats) -> Floats:
    """Scores by sentence vectors and extra numbers, of the same shape as letter_scores."""
    inputs = np.concatenate([vectors, extras * EXTRA_SCALE], axis=1)
    inside = np.maximum(inputs @ arrays.hidden + arrays.hidden_bias, 0.0)
    scores: Floats = np.concatenate([inputs, inside], axis=1) @ arrays.out + arrays.out_bias
    return scores


def sketched(
    arrays: Arrays, texts: Sequence[str], vectors: Vectors | None, extras: Floats
) -> list[Sketch]:
    """The sketches of several texts. vectors: a row per text, zeros where there is no meaning.
    extras: a row per text, zeros where they are not known."""
    letters = letter_scores(arrays, texts)
    if vectors is None:
        rows = zip(texts, letters, extras, strict=True)
        return [Sketch(text, None, row, None, extra) for text, row, extra in rows]
    dense = dense_scores(arrays, vectors, extras)
    return [
        Sketch(text, vector, row, scores, extra)
        if vector.any()
        else Sketch(text, None, row, None, extra)
        for text, vector, row, scores, extra in zip(
            texts, vectors, letters, dense, extras, strict=True
        )
    ]


def probabilities(head: Head, sketch: Sketch) -> Floats:
    """One calibrated probability per label of the head."""
    letters = sketch.letters[head.columns]
    if sketch.dense is None:
        logits = head.alone[0] * letters + head.alone[1]
        weights = head.extra_alone
    else:
        dense = sketch.dense[head.columns]
        logits = head.both[0] * letters + head.both[1] * dense + head.both[2]
        weights = head.extra_both
    if weights.size:
        logits = logits + sketch.extra @ weights
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return result

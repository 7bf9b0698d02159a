"""One hidden layer over vectors, in plain numpy: for the label sets that the network never saw.

Seeded: the same data give the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from training.letters import Doubles, Floats, prior


@dataclass(frozen=True, slots=True)
class Dense:
    """One hidden layer beside a straight path from the vector."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Raw scores, one row per text."""
        inside = np.maximum(vectors @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(
            np.concatenate([vectors, inside], axis=1) @ self.out + self.out_bias, np.float32
        )


def fit_dense(
    vectors: Floats,
    labels: Doubles,
    mask: Doubles,
    *,
    width: int,
    decay: float,
    rounds: int,
    seed: int,
) -> Dense:
    """Adam on the logistic loss. width: hidden units. decay: weight decay. rounds: passes over
    the data."""
    rng = np.random.default_rng(seed)
    size, count = vectors.shape[1], labels.shape[1]
    parts = [
        rng.normal(0, np.sqrt(2.0 / size), (size, width)).astype(np.float32),
        np.zeros(width, np.float32),
        rng.normal(0, 0.02, (size + width, count)).astype(np.float32),
        prior(labels, mask).astype(np.float32),
    ]
    moving = [np.zeros_like(part) for part in parts]
    squares = [np.zeros_like(part) for part in parts]
    batch = 128 if len(vectors) > 2000 else 32
    step, total = 0, rounds * (len(vectors) // batch + 1)
    for _ in range(rounds):
        order = rng.permutation(len(vectors))
        for first in range(0, len(order), batch):
            step += 1
            some = order[first : first + batch]
            slopes = _slopes(parts, vectors[some], labels[some], mask[some])
            rate = 1e-3 * (1 - step / (total + 1))
            for place, slope in enumerate(slopes):
                moving[place] += 0.1 * (slope - moving[place])
                squares[place] += 0.001 * (slope * slope - squares[place])
                ahead = moving[place] / (1 - 0.9**step)
                around = np.sqrt(squares[place] / (1 - 0.999**step)) + 1e-8
                parts[place] -= np.float32(rate) * (ahead / around).astype(np.float32)
                if parts[place].ndim == 2:
                    parts[place] *= np.float32(1 - rate * decay)
    hidden, hidden_bias, out, out_bias = parts
    return Dense(hidden, hidden_bias, out, out_bias)


def _slopes(parts: list[Floats], vectors: Floats, labels: Doubles, mask: Doubles) -> list[Floats]:
    hidden, hidden_bias, out, out_bias = parts
    size = len(hidden)
    inside = np.maximum(vectors @ hidden + hidden_bias, 0)
    scores = vectors @ out[:size] + inside @ out[size:] + out_bias
    error = ((expit(scores) - labels) * mask / len(vectors)).astype(np.float32)
    back = (error @ out[size:].T) * (inside > 0)
    return [
        vectors.T @ back,
        back.sum(0),
        np.concatenate([vectors.T @ error, inside.T @ error]),
        error.sum(0),
    ]

"""The two learners, in plain numpy and scipy: one over runs of letters, one over vectors.

Both take a mask, because most sources label only some of the columns, and a weight per row.
Everything is seeded; the same data give the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Logistic regression over runs of letters: scores = rows @ weights + bias."""

    weights: Floats
    bias: Floats

    def scores(self, rows: sp.csr_matrix) -> Floats:
        """Raw scores, one row per text."""
        return np.asarray(rows @ self.weights + self.bias, dtype=np.float32)


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


def prior(labels: Doubles, mask: Doubles) -> Doubles:
    """The log odds of each column, over the cells that are labelled."""
    rate = (mask * labels).sum(0) / np.maximum(mask.sum(0), 1e-9)
    rate = np.clip(rate, 1e-4, 1 - 1e-4)
    odds: Doubles = np.log(rate / (1 - rate))
    return odds


def fit_linear(
    rows: sp.csr_matrix, labels: Doubles, mask: Doubles, *, keep: float, steps: int = 40
) -> Linear:
    """L-BFGS on the logistic loss. keep: inverse strength of the L2 penalty. mask: weight of each
    cell, 0 where it is not labelled."""
    size, count = rows.shape[1], labels.shape[1]
    turned = rows.T.tocsr()
    split = size * count

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights, bias = flat[:split].reshape(size, count), flat[split:]
        # Single precision halves the time of the two products that take all of it.
        scores = np.asarray(rows @ weights.astype(np.float32), dtype=np.float64) + bias
        value = (mask * (np.logaddexp(0, scores) - labels * scores)).sum()
        value += 0.5 / keep * float((weights * weights).sum())
        error = mask * (expit(scores) - labels)
        slope = turned @ error.astype(np.float32) + weights / keep
        return float(value), np.concatenate([slope.ravel(), error.sum(0)])

    start = np.zeros(split + count)
    start[split:] = prior(labels, mask)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6}
    )
    weights = found.x[:split].reshape(size, count).astype(np.float32)
    return Linear(weights, found.x[split:].astype(np.float32))


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
    scaled = vectors.astype(np.float32) * np.float32(_SCALE)
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
            slopes = _slopes(parts, scaled[some], labels[some], mask[some])
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
    # The scale is folded in, so that reading needs no extra step.
    straight = np.concatenate([out[:size] * np.float32(_SCALE), out[size:]])
    return Dense(hidden * np.float32(_SCALE), hidden_bias, straight, out_bias)


# Unit vectors of 512 parts are tiny numbers; this brings them near one.
_SCALE = 8.0


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

"""The linear score of every kind of memory, fitted for all kinds at once.

The kinds share their rows, and reading the rows is what takes the time: one product for all kinds
is several times quicker than a fit for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from qingting.companion.remember.pieces import BUCKETS, LETTERS, Floats
from training.letters import Doubles, prior

# Inverse strength of the penalty.
_KEEP: Final = 0.3
_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of pieces.WIDTH numbers, in two parts: of the letters nearly all are nothing."""

    rest: Floats
    letters: sp.csr_matrix

    def some(self, which: NDArray[np.bool_]) -> Rows:
        """The rows of these pieces."""
        return Rows(self.rest[which], self.letters[np.flatnonzero(which)])

    def scores(self, fitted: Floats) -> Floats:
        """[pieces, kinds]. fitted: as `fit` has it."""
        rest, letters = _parted(fitted[:, :-1].T)
        scores: Floats = self.rest @ rest + self.letters @ letters + fitted[:, -1]
        return scores


def parted(rows: Floats) -> Rows:
    """Rows as they are measured, in their two parts."""
    rest = np.delete(rows, np.s_[LETTERS : LETTERS + BUCKETS], axis=1)
    return Rows(rest, sp.csr_matrix(rows[:, LETTERS : LETTERS + BUCKETS]))


def fit(rows: Rows, wanted: Floats) -> Floats:
    """Logistic regression: [kinds, WIDTH + 1], the last of each its bias. wanted: [pieces, kinds]
    of 0 and 1."""
    width, kinds = rows.rest.shape[1] + BUCKETS, wanted.shape[1]
    truth = wanted.astype(np.float64)
    turned = rows.letters.T.tocsr()
    split = width * kinds

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights, bias = flat[:split].reshape(width, kinds), flat[split:]
        # Single precision halves the time of the products, which take all of it.
        rest, letters = _parted(weights.astype(np.float32))
        scores = (rows.rest @ rest + rows.letters @ letters).astype(np.float64) + bias
        value = (np.logaddexp(0, scores) - truth * scores).sum()
        value += 0.5 / _KEEP * float((weights * weights).sum())
        error = expit(scores) - truth
        small = error.astype(np.float32)
        slope = _joined(rows.rest.T @ small, turned @ small) + weights / _KEEP
        return float(value), np.concatenate([slope.ravel(), error.sum(0)])

    start = np.zeros(split + kinds)
    start[split:] = prior(truth, np.ones_like(truth))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 6}
    )
    weights = found.x[:split].reshape(width, kinds).T
    return np.column_stack([weights, found.x[split:]]).astype(np.float32)


def _parted(weights: Floats) -> tuple[Floats, Floats]:
    """Weights of the two parts of rows, of [WIDTH, kinds]."""
    letters = weights[LETTERS : LETTERS + BUCKETS]
    return np.delete(weights, np.s_[LETTERS : LETTERS + BUCKETS], axis=0), letters


def _joined(rest: Floats, letters: Floats) -> Floats:
    return np.concatenate([rest[:LETTERS], letters, rest[LETTERS:]])

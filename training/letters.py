"""The learner over runs of letters, in plain numpy and scipy.

It takes a mask, because most sources label only some of the columns, and a weight per row.
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

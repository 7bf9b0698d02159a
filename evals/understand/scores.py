"""Scores of many labels at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]


def macro_f1(truth: Doubles, told: Doubles) -> float:
    """The mean over labels of F1; a label that is never there counts only when it was told."""
    hit = (truth * told).sum(0)
    both = truth.sum(0) + told.sum(0)
    present = both > 0
    return float((2 * hit[present] / both[present]).mean())

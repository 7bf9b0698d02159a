"""The shipped heads with thresholds of a test's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qingting.companion.understand.learned.arrays import shipped
from qingting.companion.understand.learned.model import Learned
from qingting.companion.understand.reading import Distortion


def lowered(at: float, *labels: Distortion) -> Learned:
    """The shipped heads by letters, with another threshold for some traps, or for all; the others
    cannot be passed."""
    arrays = shipped()
    head = arrays.heads["distortions"]
    each = [at if label in labels or not labels else 1.1 for label in head.labels]
    thresholds = {mode: np.array(each, np.float32) for mode in ("both", "alone")}
    heads = {**arrays.heads, "distortions": replace(head, thresholds=thresholds)}
    return Learned(replace(arrays, heads=heads), None)

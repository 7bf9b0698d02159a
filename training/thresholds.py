"""Where a probability becomes a flag: recall first, at most 3 % false alarms on everyday talk."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from training.augment import CHANGED
from training.danger import Material, grade_of
from training.network import Floats
from training.sources import Line

# Share of everyday talk that may be raised to each level: low, moderate, high, imminent. "Low"
# only makes the companion ask gently. "Moderate" leaves a third of the 3 % to the rules, which
# flag on their own. Our own everyday lines are all hard ones and may take twice the share.
ALLOWED: Final = ((0, 0.05), (0, 0.02), (1, 0.005), (2, 0.001))


def risk_notes(found: Material, unseen: Floats) -> dict[str, Any]:
    """Thresholds per mode, language and grade, from probabilities of lines the model did not see
    when it gave them: the lowest at which everyday talk alone would be flagged no more often
    than the share of the allowance."""
    lines = found.corpus.lines
    quiet = np.array([_quiet(line) for line in lines])
    notes: dict[str, Any] = {}
    for place, mode in enumerate(("both", "alone")):
        notes[mode] = {}
        for language in ("zh", "en"):
            spoken = np.array([line.language in (language, "mixed") for line in lines])
            here = np.flatnonzero(quiet & spoken)
            ours = np.array([lines[row].source.startswith("authored") for row in here])
            notes[mode][language] = [
                _at(unseen[place][here, grade], ours, share) for grade, share in ALLOWED
            ]
    return notes


def _at(probabilities: Floats, ours: np.ndarray[Any, np.dtype[np.bool_]], share: float) -> float:
    """The threshold that holds on public everyday talk and, at twice the share, on our own."""
    public = float(np.quantile(probabilities[~ours], 1 - share)) if (~ours).any() else 0.0
    hard = float(np.quantile(probabilities[ours], 1 - 2 * share)) if ours.sum() >= 50 else 0.0
    return round(min(0.97, max(public, hard, 0.05)), 4)


def _quiet(line: Line) -> bool:
    known = grade_of(line)
    if line.source.endswith(CHANGED):
        return False
    return known is not None and known[0] == "none"

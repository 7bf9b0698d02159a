"""Where a probability becomes a flag: recall first, at most 3 % false alarms on everyday talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from training.danger import Material, grade_of
from training.network import Floats

MOST_FALSE: Final = 0.03
# Part of the allowance is left to the rules, which may flag on their own.
_SHARE: Final = 0.5
_GRAVER: Final[Mapping[int, float]] = {1: 0.01, 2: 0.002}


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
                _at(unseen[place][here, grade], ours, _GRAVER.get(grade, MOST_FALSE * _SHARE))
                for grade in range(3)
            ]
    return notes


def _at(probabilities: Floats, ours: np.ndarray[Any, np.dtype[np.bool_]], share: float) -> float:
    """The threshold that holds on the public everyday talk and on our harder lines (idioms,
    games, homework) alike; the harder lines may take twice the share, being all hard."""
    public = float(np.quantile(probabilities[~ours], 1 - share)) if (~ours).any() else 0.0
    hard = float(np.quantile(probabilities[ours], 1 - 2 * share)) if ours.sum() >= 50 else 0.0
    return round(min(0.97, max(public, hard, 0.15)), 4)


def _quiet(line: Any) -> bool:
    known = grade_of(line)
    return known is not None and known[0] == "none"

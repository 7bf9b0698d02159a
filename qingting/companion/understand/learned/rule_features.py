"""What the rules said of a message, as numbers a trained head can weigh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.reading import KINDS, LEVELS, Mark, Risk, rank

MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
SHIFTS: Final = ("calm", "goodbye", "denial")
# Per kind its level (0 to 1); the whole level, one of five; someone else; how it was meant; shift.
NAMES: Final = (
    *KINDS,
    *(f"level_{level}" for level in LEVELS),
    "other",
    *MARKS,
    *SHIFTS,
)
COUNT: Final = len(NAMES)


def rule_features(risks: Sequence[Risk]) -> NDArray[np.float32]:
    """One row of COUNT numbers, each 0 to 1, per message."""
    rows = np.zeros((len(risks), COUNT), dtype=np.float32)
    for row, risk in zip(rows, risks, strict=True):
        for kind, level in risk.levels.items():
            row[KINDS.index(kind)] = rank(level) / 4
        place = len(KINDS)
        row[place + rank(risk.level)] = 1.0
        place += len(LEVELS)
        row[place] = float(risk.subject == "other")
        for mark in risk.marks:
            row[place + 1 + MARKS.index(mark)] = 1.0
        if risk.shift is not None:
            row[place + 1 + len(MARKS) + SHIFTS.index(risk.shift)] = 1.0
    return rows

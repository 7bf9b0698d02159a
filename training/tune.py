"""Joining the two learners, and where a probability becomes a flag, on lines neither has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qingting.companion.understand.learned.extras import WIDTH
from training import features
from training.examples import Example
from training.head import best_thresholds
from training.letters import Floats

# Fewer examples than this cannot say how two learners should be joined.
_FEWEST: Final = 12
# Share of everyday talk that may be raised to each level: low, moderate, high, imminent. Our own
# everyday lines are counted, which are all hard ones: idioms, games, look-alikes of danger. What
# the rules flag by themselves is counted too. "Low" only makes the companion ask gently.
ALLOWED: Final = (0.08, 0.03, 0.012, 0.004)
# Better no name for a feeling than a wrong one.
_SUREST_NO: Final = 0.2


@dataclass(frozen=True, slots=True)
class Joined:
    """How a head reads both learners; see arrays.Head for the fields."""

    both: Floats
    alone: Floats
    asked: Floats
    at: dict[str, Floats]


def joined(
    letters: Floats, network: Floats, extras: Floats, targets: Floats, weights: Floats
) -> Joined:
    """Fitted on lines that neither learner saw. letters, network: raw scores by label."""
    count = letters.shape[1]
    both, alone = np.zeros((3, count), np.float32), np.zeros((2, count), np.float32)
    asked = np.zeros((WIDTH, count), np.float32)
    both[:2], alone[0] = 0.5, 1.0
    for label in range(count):
        known = np.flatnonzero(weights[:, label] > 0)
        truth = targets[known, label] > 0.5
        if min(truth.sum(), (~truth).sum()) < _FEWEST:
            continue
        seen = np.column_stack([letters[known, label], network[known, label]])
        both[:, label] = _fitted(seen, truth, weights[known, label])
        seen = np.column_stack([letters[known, label], extras[known]])
        found = _fitted(seen, truth, weights[known, label])
        alone[:, label] = found[0], found[-1]
        asked[:, label] = found[1:-1]
    at = {
        "both": best_thresholds(_sure(both[0] * letters + both[1] * network + both[2]), targets, weights),
        "alone": best_thresholds(
            _sure(alone[0] * letters + alone[1] + extras @ asked), targets, weights
        ),
    }
    for found in at.values():
        np.maximum(found, _SUREST_NO, out=found)
    return Joined(both, alone, asked, at)


def probabilities(head: Joined, letters: Floats, network: Floats, extras: Floats, mode: str) -> Floats:
    """Calibrated probabilities of the head's labels."""
    if mode == "both":
        return _sure(head.both[0] * letters + head.both[1] * network + head.both[2])
    return _sure(head.alone[0] * letters + head.alone[1] + extras @ head.asked)


def _fitted(seen: Floats, truth: NDArray[np.bool_], weight: Floats) -> Floats:
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(seen, truth, sample_weight=weight)
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def _sure(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def risk_thresholds(tuned: Sequence[Example], sure: dict[str, Floats]) -> dict[str, Any]:
    """Thresholds by mode, language and level: the lowest at which everyday lines, those the rules
    already flag included, are flagged no more often than is allowed. sure: probabilities of
    GRADES for each mode."""
    everyday = [_everyday(example) for example in tuned]
    flagged = np.array([risk.level in _FLAGGED for risk in features.ruled([e.line for e in tuned])])
    found: dict[str, Any] = {}
    for mode, grades in sure.items():
        found[mode] = {}
        for language in ("zh", "en"):
            here = np.array(
                [
                    quiet and (example.line.language == "en") == (language == "en")
                    for quiet, example in zip(everyday, tuned, strict=True)
                ]
            )
            rules = float(flagged[here].mean())
            free = grades[here & ~flagged]
            found[mode][language] = [
                _at(free[:, max(0, level - 1)], share - (rules if level == 1 else 0.0))
                for level, share in enumerate(ALLOWED)
            ]
    return found


_FLAGGED: Final = ("moderate", "high", "imminent")


def _everyday(example: Example) -> bool:
    risk = example.line.more.get("risk")
    return isinstance(risk, dict) and risk["level"] == "none"


def _at(probabilities: Floats, share: float) -> float:
    """The threshold that at most `share` of the probabilities reach."""
    return round(float(np.clip(np.quantile(probabilities, 1 - max(share, 0.002)), 0.03, 0.97)), 4)

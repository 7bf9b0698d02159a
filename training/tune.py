"""Joining the two learners, and where a probability becomes a flag, on lines neither has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.join import Joining, witness
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.reading import LEVELS, rank
from training import features
from training.examples import Example
from training.head import best_thresholds
from training.letters import Doubles, Floats

# Fewer examples than this cannot say how two learners should be joined.
_FEWEST: Final = 12
# Share of the innocent development lines that may be raised to low and to moderate: the policy is
# recall first at three in a hundred. "Low" only makes the companion ask gently.
ALLOWED: Final = (0.08, 0.03)
# Once it is danger, how grave: probabilities of high and imminent from which the graver is said.
# "High" asks whether it is now; "imminent" sends for an ambulance and must be sure.
GRAVER: Final = (0.27, 0.8)
# What the rules' words add at the least to the log odds of moderate, high and imminent: said
# plainly, danger is where rules are right, and the tuning lines are full of look-alikes. "marked"
# takes away at the least so much: negation is where letters and vectors are most often wrong.
_LEAST: Final = {"moderate": (1.3, 0.0, 0.0), "high": (2.5, 2.0, 0.0), "imminent": (2.5, 2.0, 2.0)}
_MARKED: Final = -1.75
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
        "both": best_thresholds(
            _sure(both[0] * letters + both[1] * network + both[2]), targets, weights
        ),
        "alone": best_thresholds(
            _sure(alone[0] * letters + alone[1] + extras @ asked), targets, weights
        ),
    }
    for found in at.values():
        np.maximum(found, _SUREST_NO, out=found)
    return Joined(both, alone, asked, at)


def odds(head: Joined, letters: Floats, network: Floats, extras: Floats, mode: str) -> Floats:
    """Calibrated log odds of the head's labels."""
    if mode == "both":
        return head.both[0] * letters + head.both[1] * network + head.both[2]
    return head.alone[0] * letters + head.alone[1] + extras @ head.asked


def _fitted(seen: Floats, truth: NDArray[np.bool_], weight: Floats) -> Floats:
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(seen, truth, sample_weight=weight)
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def _sure(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def risk_joining(judged: Sequence[Example], odds: dict[str, Floats]) -> dict[str, Any]:
    """How the rules are joined to the heads and where a probability becomes a level, by mode.
    judged: lines that nothing was learned from. odds: log odds of GRADES for each mode."""
    said = features.ruled([example.line for example in judged])
    witnesses = [witness(risk) for risk in said]
    labelled = [
        row
        for row, example in enumerate(judged)
        if example.part == "tune" and isinstance(example.line.more.get("risk"), dict)
    ]
    found: dict[str, Any] = {}
    for mode, grades in odds.items():
        ruled = _believed(grades, witnesses, [judged[row] for row in labelled], labelled)
        reads = [RiskRead((float(row[0]), float(row[1]), float(row[2]))) for row in grades]
        trial = Joining(ruled, {})
        sure = np.array(
            [trial.probabilities(risk, read) for risk, read in zip(said, reads, strict=True)]
        )
        found[mode] = {
            "ruled": ruled,
            "at": {language: _thresholds(sure, judged, language) for language in ("zh", "en")},
        }
    return found


def _believed(
    grades: Floats, witnesses: Sequence[str], lines: Sequence[Example], rows: Sequence[int]
) -> dict[str, list[float]]:
    """What each word of the rules adds to the heads' log odds, fitted with the odds held."""
    ruled: dict[str, list[float]] = {word: [0.0, 0.0, 0.0] for word in (*LEVELS, "marked")}
    seen = np.array([[witnesses[row] == word for word in ruled] for row in rows], dtype=float)
    for grade in range(3):
        offset = grades[rows, grade]
        truth = np.array(
            [rank(example.line.more["risk"]["level"]) >= grade + 2 for example in lines]
        )
        weights = _offset_regression(seen, truth, offset)
        for place, word in enumerate(ruled):
            fitted = float(weights[place])
            if word in _LEAST:
                fitted = max(fitted, _LEAST[word][grade])
            elif word == "marked":
                fitted = min(fitted, _MARKED)
            ruled[word][grade] = round(fitted, 3)
    return ruled


def _offset_regression(seen: Doubles, truth: NDArray[np.bool_], offset: Floats) -> Doubles:
    """Logistic regression with known offsets and a mild pull towards "adds nothing"."""

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = offset + seen @ weights
        value = (np.logaddexp(0, scores) - truth * scores).sum() + 0.5 * (weights**2).sum()
        slope = seen.T @ (1 / (1 + np.exp(-scores)) - truth) + weights
        return float(value), slope

    found = minimize(loss, np.zeros(seen.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def _thresholds(sure: Doubles, judged: Sequence[Example], language: str) -> list[float]:
    """Thresholds of low, moderate, high and imminent: the lowest at which innocent development
    lines reach low and moderate no more often than is allowed, and the fixed ones."""
    here = [
        row
        for row, example in enumerate(judged)
        if _innocent(example) and (example.line.language == "en") == (language == "en")
    ]
    ranked = np.sort(sure[here, 0])[::-1]
    found = [
        round(float(np.clip(ranked[int(share * len(here))] + 1e-4, 0.03, 0.97)), 4)
        for share in ALLOWED
    ]
    return [*found, *GRAVER]


def _innocent(example: Example) -> bool:
    risk = example.line.more.get("risk")
    return example.part == "dev" and isinstance(risk, dict) and risk["level"] == "none"

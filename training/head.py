"""One head from its data: two learners, joined and calibrated on folds they did not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from training.dense import Dense, fit_dense
from training.letters import Doubles, Floats, Linear, fit_linear

# Fewer positives than this cannot calibrate anything; such a label keeps plain weights.
_FEWEST = 8
# Learning may weigh our own lines heavily; a probability must mean what it says of the mixture.
_MOST = 1.0


@dataclass(frozen=True, slots=True)
class Block:
    """The data of one head, row by row.

    mask: the weight of each cell, 0 where a source does not label it. extras: the extra numbers
    (learned/extras.py), or no columns. groups: rows of one origin share a name and stay together.
    """

    rows: sp.csr_matrix
    vectors: Floats
    labels: Doubles
    mask: Doubles
    extras: Floats
    groups: Sequence[str]

    def take(self, which: NDArray[np.int64]) -> Block:
        """The chosen rows only."""
        return Block(
            self.rows[which],
            self.vectors[which],
            self.labels[which],
            self.mask[which],
            self.extras[which],
            [self.groups[place] for place in which],
        )


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is made. keep, width, decay, rounds: see network.py. folds: for calibration."""

    keep: float = 4.0
    width: int = 64
    decay: float = 0.5
    rounds: int = 10
    folds: int = 5
    seed: int = 7
    steps: int = 40


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished head. both: rows (letters, vector, 1) by label; alone: rows (letters, 1); the
    weights of the extra numbers beside each. at: thresholds by mode."""

    name: str
    labels: tuple[str, ...]
    linear: Linear
    dense: Dense
    both: Floats
    alone: Floats
    extra_both: Floats
    extra_alone: Floats
    at: dict[str, Floats]

    def probabilities(self, block: Block, mode: str = "both") -> Floats:
        """Calibrated probabilities of a block's rows."""
        return self._joined(
            self.linear.scores(block.rows), self.dense.scores(inputs(block)), block.extras, mode
        )

    def _joined(self, letters: Floats, dense: Floats, extras: Floats, mode: str) -> Floats:
        if mode == "both":
            logits = self.both[0] * letters + self.both[1] * dense + self.both[2]
            weights = self.extra_both
        else:
            logits = self.alone[0] * letters + self.alone[1]
            weights = self.extra_alone
        if weights.size:
            logits = logits + extras @ weights
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def inputs(block: Block) -> Floats:
    """What the network sees: vectors and the extra numbers."""
    return np.concatenate([block.vectors, block.extras], axis=1)


def fold_of(group: str, folds: int, seed: int) -> int:
    """The fold of a group: by its name, so that it never changes with the order of lines."""
    return crc32(f"{seed}:{group}".encode()) % folds


def train(name: str, labels: Sequence[str], block: Block, recipe: Recipe) -> tuple[Trained, Floats]:
    """The head, and the raw out-of-fold probabilities of every row (mode "both", then "alone",
    stacked as [2, rows, labels]) that calibration and thresholds were made from."""
    letters, dense = _unseen(block, recipe)
    linear, network = _fit(block, recipe)
    both, extra_both = _join(block, [letters, dense])
    alone, extra_alone = _join(block, [letters])
    head = Trained(
        name, tuple(labels), linear, network, both, alone, extra_both, extra_alone, at={}
    )
    unseen = np.stack(
        [head._joined(letters, dense, block.extras, mode) for mode in ("both", "alone")]
    )
    at = {
        mode: best_thresholds(unseen[place], block.labels, block.mask)
        for place, mode in enumerate(("both", "alone"))
    }
    return replace(head, at=at), unseen


def _fit(block: Block, recipe: Recipe) -> tuple[Linear, Dense]:
    linear = fit_linear(block.rows, block.labels, block.mask, keep=recipe.keep, steps=recipe.steps)
    network = fit_dense(
        inputs(block),
        block.labels,
        block.mask,
        width=recipe.width,
        decay=recipe.decay,
        rounds=recipe.rounds,
        seed=recipe.seed,
    )
    return linear, network


def _unseen(block: Block, recipe: Recipe) -> tuple[Floats, Floats]:
    """Raw scores of every row by learners that did not see its group."""
    folds = np.array([fold_of(group, recipe.folds, recipe.seed) for group in block.groups])
    letters = np.zeros(block.labels.shape, np.float32)
    dense = np.zeros(block.labels.shape, np.float32)
    for fold in range(recipe.folds):
        out = np.flatnonzero(folds == fold)
        linear, network = _fit(block.take(np.flatnonzero(folds != fold)), recipe)
        letters[out] = linear.scores(block.rows[out])
        dense[out] = network.scores(inputs(block)[out])
    return letters, dense


def _join(block: Block, scores: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Per label the weights of the scores and 1, and of the extra numbers."""
    count, ruled = block.labels.shape[1], block.extras.shape[1]
    weights = np.zeros((len(scores) + 1, count), np.float32)
    weights[: len(scores)] = 1 / len(scores)
    rules = np.zeros((ruled, count), np.float32)
    for label in range(count):
        known = np.flatnonzero(block.mask[:, label] > 0)
        truth = block.labels[known, label] > 0.5
        if truth.sum() < _FEWEST or (~truth).sum() < _FEWEST:
            continue
        inputs = np.column_stack([*(score[known, label] for score in scores), block.extras[known]])
        joint = LogisticRegression(C=1.0, max_iter=500)
        joint.fit(inputs, truth, sample_weight=np.minimum(block.mask[known, label], _MOST))
        found = joint.coef_[0]
        weights[: len(scores), label] = found[: len(scores)]
        weights[len(scores), label] = joint.intercept_[0]
        rules[:, label] = found[len(scores) :]
    return weights, rules


def best_thresholds(probabilities: Floats, labels: Doubles, mask: Doubles) -> Floats:
    """Per label the threshold of the best F1 over the labelled cells."""
    at = np.full(labels.shape[1], 0.5, np.float32)
    for label in range(labels.shape[1]):
        known = np.flatnonzero(mask[:, label] > 0)
        if not len(known) or labels[known, label].sum() < 1:
            continue
        order = known[np.argsort(-probabilities[known, label], kind="stable")]
        weight = mask[order, label]
        hit = np.cumsum(weight * labels[order, label])
        f1 = 2 * hit / (np.cumsum(weight) + (weight * labels[order, label]).sum())
        best = int(f1.argmax())
        after = order[min(best + 1, len(order) - 1)]
        at[label] = (probabilities[order[best], label] + probabilities[after, label]) / 2
    return at

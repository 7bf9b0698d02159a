"""The small learners in plain numpy and scipy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.understand.learned.grams import BUCKETS
from training import features
from training.dense import fit_dense
from training.head import fold_of
from training.letters import fit_linear

TEXTS = [f"今天第{number}次去食堂" for number in range(20)] + [
    f"好难过{number}" for number in range(20)
]
SAD = (np.arange(40) >= 20).astype(float)[:, None]


def test_letters_learn_what_is_labelled_and_only_that() -> None:
    counted = features.counts(TEXTS)
    rows = features.weighed(counted, features.weighing(counted))
    labels = np.hstack([SAD, 1 - SAD])
    mask = np.ones_like(labels)
    mask[:, 1] = 0
    found = fit_linear(rows, labels, mask, keep=4.0)
    scores = found.scores(rows)
    assert scores[20:, 0].min() > scores[:20, 0].max()
    assert np.ptp(scores[:, 1]) < 1e-6
    again = fit_linear(rows, labels, mask, keep=4.0)
    np.testing.assert_array_equal(found.weights, again.weights)


def test_rows_are_of_unit_length_and_rare_runs_are_left_out() -> None:
    counted = features.counts([*TEXTS, "", "只有一次的话"])
    assert counted.shape == (42, BUCKETS)
    weigh = features.weighing(counted)
    rows = features.weighed(counted, weigh)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    assert lengths[:40] == pytest.approx(np.ones(40), abs=1e-5)
    met = np.asarray(counted.sum(0)).ravel()
    assert (weigh[met < 2] == 0).all()
    assert (weigh[met >= 2] > 0).all()


def test_a_hidden_layer_learns_what_no_line_parts() -> None:
    rng = np.random.default_rng(2)
    points = rng.normal(0, 1, (600, 4)).astype(np.float32)
    labels = ((points[:, 0] > 0) != (points[:, 1] > 0)).astype(float)[:, None]
    mask = np.ones_like(labels)
    found, again = (
        fit_dense(points, labels, mask, width=32, decay=0.01, rounds=120, seed=1) for _ in range(2)
    )
    assert ((found.scores(points) > 0) == (labels > 0.5)).mean() > 0.85
    np.testing.assert_array_equal(found.hidden, again.hidden)


def test_vectors_are_kept_between_runs(tmp_path: Path) -> None:
    first = features.vectors(["我想回家", "\ud83d"], tmp_path)
    assert first.shape == (2, 512)
    (kept,) = tmp_path.iterdir()
    np.save(kept, np.zeros((2, 512), np.float32))
    assert not features.vectors(["我想回家", "\ud83d"], tmp_path).any()
    assert features.vectors(["我想回家"], tmp_path).any()


def test_a_group_stays_in_one_fold() -> None:
    folds = [fold_of(f"talk:{number}", 5, 7) for number in range(200)]
    assert folds == [fold_of(f"talk:{number}", 5, 7) for number in range(200)]
    assert set(folds) == set(range(5))

"""From probabilities to words, on heads made by hand: thresholds and strengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from qingting.companion.understand.learned.arrays import Head, shipped
from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.model import Learned
from qingting.companion.understand.learned.scoring import Sketch, probabilities
from qingting.companion.understand.reading import KINDS


def head(labels: Sequence[str], first: int, at: float = 0.5) -> Head:
    """A head whose probabilities are those of the letters' scores, whatever the mode."""
    count = len(labels)
    ones, zeros = np.ones(count, np.float32), np.zeros(count, np.float32)
    return Head(
        tuple(labels),
        slice(first, first + count),
        both=np.stack([zeros, ones, zeros]),
        alone=np.stack([ones, zeros]),
        asked=np.zeros((WIDTH, count), np.float32),
        thresholds={
            "both": np.full(count, at, np.float32),
            "alone": np.full(count, at, np.float32),
        },
    )


def sketch(*sure: float) -> Sketch:
    """A message without a vector, whose heads find these probabilities."""
    given = np.clip(np.array(sure, np.float32), 1e-9, 1 - 1e-7)
    scores = np.log(given / (1 - given))
    return Sketch("x", None, scores, None, np.zeros(WIDTH, np.float32))


def model(heads: dict[str, Head]) -> Learned:
    return Learned(replace(shipped(), heads=heads), None)


FEELING = model({"feelings": head(("sadness", "joy", "fear", "hope", "love", "neutral"), 0)})
RISK = model({"risk": head(("moderate", "high", "imminent", "other"), 0), "kinds": head(KINDS, 4)})


def test_a_strength_is_a_third_at_the_threshold_and_one_at_certainty() -> None:
    strengths = FEELING.labels(sketch(0.5001, 1.0, 0.75, 0.49, 0.0, 0.0), "qingting", "zh")
    assert [label for label, _ in strengths] == ["joy", "fear", "sadness"]
    assert [strength for _, strength in strengths] == pytest.approx([1.0, 0.65, 0.3], abs=1e-3)


def test_neutral_is_told_only_when_nothing_else_is() -> None:
    told = FEELING.feelings(sketch(0.6, 0, 0, 0, 0, 0.99))
    assert [read.label for read in told] == ["sadness"]
    assert [read.label for read in FEELING.feelings(sketch(0, 0, 0, 0, 0, 0.9))] == ["neutral"]
    assert FEELING.feelings(sketch(0, 0, 0, 0, 0, 0)) == ()


def test_at_most_four_feelings_are_told() -> None:
    told = FEELING.feelings(sketch(0.6, 0.7, 0.8, 0.9, 0.95, 0))
    assert [read.label for read in told] == ["love", "hope", "fear", "joy"]


def test_danger_is_read_as_log_odds_and_probabilities() -> None:
    kinds = [0.1 * place / len(KINDS) for place in range(len(KINDS))]
    read = RISK.risk(sketch(0.5, 0.25, 0.1, 0.7, *kinds))
    assert read.grades == pytest.approx([0.0, np.log(1 / 3), np.log(1 / 9)], abs=1e-5)
    assert read.other == pytest.approx(0.7, abs=1e-6)
    assert list(read.kinds) == list(KINDS)
    assert list(read.kinds.values()) == pytest.approx(kinds, abs=1e-6)


def test_letters_alone_have_a_joining_of_their_own() -> None:
    alone = sketch(0.5)
    both = replace(alone, network=alone.letters)
    assert RISK.joining(alone) is not RISK.joining(both)
    assert RISK.joining(alone).at == shipped().notes["risk"]["alone"]["at"]


def test_with_a_vector_the_other_weights_and_thresholds_are_used() -> None:
    seen = replace(sketch(0.9, 0.1, 0, 0, 0, 0), network=sketch(0.1, 0.9, 0, 0, 0, 0).letters)
    assert seen.mode == "both"
    assert [read.label for read in FEELING.feelings(seen)] == ["joy"]


def test_what_was_asked_counts_only_without_a_vector() -> None:
    asked = head(("sadness",), 0)
    asked.asked[0, 0] = 5.0
    alone = replace(sketch(0.5), extra=np.eye(WIDTH, dtype=np.float32)[0])
    assert probabilities(asked, alone)[0] > 0.99
    assert probabilities(asked, replace(alone, network=alone.letters))[0] == pytest.approx(0.5)


def test_huge_scores_do_not_overflow() -> None:
    seen = replace(sketch(0.5), letters=np.array([-1e30], np.float32))
    assert 0 <= probabilities(head(("sadness",), 0), seen)[0] < 1e-6

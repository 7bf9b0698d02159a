"""Joining learners and rules on lines they have not seen, and where a probability is a flag."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.join import Joining, joined
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.reading import LEVELS, at_least
from training import features, tune
from training.examples import COLUMNS, Example, Part
from training.head import best_thresholds
from training.letters import Floats
from training.sources import Line

RNG = np.random.default_rng(11)
COUNT = 400
# The thresholds are set on scores of lines that were left out of the joining: what the joining of
# all lines flags differs by chance, of two hundred lines by two standard deviations at most here.
BY_CHANCE = 0.04


@pytest.fixture(autouse=True)
def _the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever tests ran before in this process."""
    monkeypatch.setitem(globals(), "RNG", np.random.default_rng(11))


def learners() -> tuple[Floats, Floats, Floats, Floats]:
    """Of two labels: letters know the first, the network the second; the rest is noise."""
    truth = RNG.integers(0, 2, (COUNT, 2)).astype(np.float32)
    noise = RNG.normal(0, 1, (2, COUNT, 2))
    letters, network = noise.astype(np.float32)
    letters[:, 0] += 3 * (2 * truth[:, 0] - 1)
    network[:, 1] += 3 * (2 * truth[:, 1] - 1)
    return letters, network, np.zeros((COUNT, WIDTH), np.float32), truth


def test_whoever_knows_a_label_is_believed() -> None:
    letters, network, extras, truth = learners()
    head = tune.joined(letters, network, extras, truth, np.ones_like(truth))
    assert head.both[0, 0] > 3 * abs(head.both[1, 0])
    assert head.both[1, 1] > 3 * abs(head.both[0, 1])
    sure = 1 / (1 + np.exp(-tune.odds(head, letters, network, extras, "both")))
    assert ((sure > 0.5) == (truth > 0.5)).mean() > 0.95
    # Letters alone know nothing of the second label, and say so.
    alone = 1 / (1 + np.exp(-tune.odds(head, letters, network, extras, "alone")))
    assert np.abs(alone[:, 1] - 0.5).max() < 0.3


def test_what_is_not_labelled_teaches_nothing() -> None:
    letters, network, extras, truth = learners()
    weights = np.ones_like(truth)
    weights[200:, 0] = 0
    wrong = truth.copy()
    wrong[200:, 0] = 1 - wrong[200:, 0]
    first = tune.joined(letters, network, extras, truth, weights)
    second = tune.joined(letters, network, extras, wrong, weights)
    np.testing.assert_allclose(first.both, second.both, atol=1e-6)
    np.testing.assert_allclose(first.at["both"], second.at["both"], atol=1e-6)


def test_a_rare_label_keeps_plain_weights_and_no_threshold_is_tiny() -> None:
    letters, network, extras, truth = learners()
    truth[:, 0] = 0
    truth[:5, 0] = 1
    head = tune.joined(letters, network, extras, truth, np.ones_like(truth))
    assert head.both[:, 0].tolist() == [0.5, 0.5, 0.0]
    assert head.alone[:, 0].tolist() == [1.0, 0.0]
    assert all((at >= 0.2 - 1e-6).all() for at in head.at.values())


def test_the_best_threshold_lies_between_the_last_hit_and_the_first_miss() -> None:
    sure = np.array([[0.9], [0.8], [0.3], [0.1]], np.float32)
    labels = np.array([[1.0], [1.0], [0.0], [0.0]])
    at = best_thresholds(sure, labels, np.ones_like(labels))
    assert at.tolist() == pytest.approx([0.55])
    unlabelled = best_thresholds(sure, labels, np.zeros_like(labels))
    assert unlabelled.tolist() == [0.5]


def example(text: str, language: str, level: str, number: int = 0) -> Example:
    """Every other line is of a held-out pass: thresholds are set on those."""
    risk = {"level": level, "subject": "self", "kinds": [] if level == "none" else ["suicide"]}
    line = Line(text, language, "authored_x", "zh/x:0", None, {"risk": risk})
    part: Part = "dev" if number % 2 else "tune"
    return Example(line, text, np.zeros(COLUMNS, np.float32), np.ones(COLUMNS, np.float32), part)


EVERYDAY = {"zh": "今天第{}次去食堂吃面", "en": "went to the canteen for the {}th time"}
GRAVE = {"zh": "信写好了放在抽屉里 {}", "en": "the letter is in the drawer {}"}


def tuned() -> tuple[list[Example], Floats]:
    """Lines of which the rules know nothing, with the heads' log odds."""
    lines, odds = [], []
    for language in ("zh", "en"):
        for number in range(200):
            lines.append(example(EVERYDAY[language].format(number), language, "none", number))
            odds.append(RNG.normal(-2, 1.5))
        for number in range(100):
            lines.append(example(GRAVE[language].format(number), language, "high", number))
            odds.append(RNG.normal(3, 1.5))
    column = np.array(odds, np.float32)
    return lines, np.stack([column, column - 1, column - 3, column], axis=1)


def test_thresholds_keep_to_what_is_allowed_and_still_find_danger() -> None:
    lines, odds = tuned()
    found = tune.risk_joining(lines, {"both": odds, "alone": odds})
    assert set(found) == {"both", "alone"}
    how = Joining.of(found["both"])
    ruled = features.ruled([one.line for one in lines])
    for language in ("zh", "en"):
        here = [row for row, one in enumerate(lines) if one.line.language == language]
        levels = {
            row: joined(
                ruled[row],
                RiskRead(tuple(odds[row, :3].tolist())),
                how,
                language,
            ).level
            for row in here
        }
        calm = [levels[row] for row in here if lines[row].line.more["risk"]["level"] == "none"]
        grave = [levels[row] for row in here if lines[row].line.more["risk"]["level"] != "none"]
        for floor, allowed in zip(("low", "moderate"), tune.ALLOWED, strict=True):
            share = sum(at_least(level, floor) for level in calm) / len(calm)
            assert share <= allowed + BY_CHANCE, (language, floor)
        assert sum(at_least(level, "moderate") for level in grave) > 0.7 * len(grave)
        assert found["both"]["at"][language][0] <= found["both"]["at"][language][1]


def test_the_rules_are_believed_as_far_as_they_are_right() -> None:
    """Heads that know nothing, and rules that are right when they say high."""
    lines = [example(f"我想自杀，第{n}天了", "zh", "high") for n in range(60)]
    lines += [example(EVERYDAY["zh"].format(n), "zh", "none", n) for n in range(100)]
    lines += [example(EVERYDAY["en"].format(n), "en", "none", n) for n in range(100)]
    odds = np.zeros((len(lines), 4), np.float32)
    ruled = tune.risk_joining(lines, {"both": odds})["both"]["ruled"]
    assert set(ruled) == {*LEVELS, "marked"}
    assert ruled["high"][0] > 2 > -2 > ruled["none"][0]
    # What never happened adds what it adds at the least.
    assert tuple(ruled["imminent"]) == tune._LEAST["imminent"]

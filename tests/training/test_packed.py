"""What was trained is what is read: the packed arrays give the trainer's own probabilities."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.understand.learned import scoring  # noqa: E402
from qingting.companion.understand.learned.arrays import FILES, NAME, read  # noqa: E402
from qingting.companion.understand.learned.encoder import pieces_of  # noqa: E402
from qingting.companion.understand.learned.extras import WIDTH, extra  # noqa: E402
from qingting.companion.understand.learned.model import Asked, Learned  # noqa: E402
from training import features, fine_tune, tune  # noqa: E402
from training.dense import fit_dense  # noqa: E402
from training.examples import HEADS, columns_of  # noqa: E402
from training.letters import Floats, Linear, fit_linear  # noqa: E402
from training.network import Network, batch  # noqa: E402
from training.pack import Made, pack  # noqa: E402
from training.tune import Joined  # noqa: E402

# torch says once that an operation of ours may change.
pytestmark = pytest.mark.filterwarnings("ignore:index_reduce")

TEXTS = [f"今天第{number}次去食堂吃饭" for number in range(20)] + [
    f"好难过 想哭 第{number}天" for number in range(20)
]
NAMES = ("sadness", "joy")
NOTES = {"risk": {}, "made": "for a test"}


@dataclass(frozen=True)
class Trial:
    """A small set of everything: what the trainer found, and what is read of its files."""

    folder: Path
    hashes: dict[str, str]
    network: Network
    heads: list[Made]
    weigh: Floats
    linears: dict[str, Linear]
    # Raw scores of TEXTS.
    logits: Floats
    extras: Floats
    apart: Floats


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    torch.manual_seed(3)
    network = Network().eval()
    with torch.no_grad():
        network.out.weight.mul_(5)
        network.out.bias.copy_(torch.randn_like(network.out.bias))
    counted = features.counts(TEXTS)
    weigh = features.weighing(counted).astype(np.float16).astype(np.float32)
    rows = features.weighed(counted, weigh)
    extras = np.stack([extra(text) for text in TEXTS])
    with torch.no_grad():
        logits = network(batch([pieces_of(text) for text in TEXTS], extras))[1].numpy()
    rng = np.random.default_rng(7)
    heads, linears = [], {}
    for name, labels in HEADS.items():
        truth = rng.integers(0, 2, (len(TEXTS), len(labels))).astype(float)
        # The first label can be learned, the others are noise.
        truth[:, 0] = np.arange(len(TEXTS)) >= 20
        mask = np.ones_like(truth)
        linears[name] = fit_linear(rows, truth, mask, keep=4.0)
        head = tune.joined(
            linears[name].scores(rows),
            logits[:, columns_of(name)],
            extras,
            truth.astype(np.float32),
            mask.astype(np.float32),
        )
        heads.append(Made(name, labels, linears[name].weights, linears[name].bias, head))
    inside = fine_tune.inputs(network, TEXTS)
    truth = np.eye(2)[np.arange(len(TEXTS)) // 20]
    dense = fit_dense(inside, truth, np.ones_like(truth), width=8, decay=0.5, rounds=3, seed=1)
    both = np.array([[0, 0], [1, 1], [0, 0]], np.float32)
    simple = Joined(
        both,
        np.array([[1, 1], [0, 0]], np.float32),
        np.zeros((WIDTH, 2), np.float32),
        {mode: np.full(2, 0.5, np.float32) for mode in ("both", "alone")},
    )
    nothing = np.zeros((counted.shape[1], 2), np.float32)
    heads.append(Made("brighter_zh", NAMES, nothing, np.zeros(2, np.float32), simple, dense))
    folder = tmp_path_factory.mktemp("models")
    hashes = pack(network, heads, weigh, NOTES, folder)
    return Trial(
        folder, hashes, network, heads, weigh, linears, logits, extras, dense.scores(inside)
    )


def sketches(trial: Trial, mode: str) -> tuple[Learned, list[scoring.Sketch]]:
    arrays = read(trial.folder)
    model = Learned(arrays, scoring.Network(arrays) if mode == "both" else None)
    return model, model.sketches([Asked(text) for text in TEXTS])


@pytest.mark.parametrize("mode", ["both", "alone"])
@pytest.mark.parametrize("name", list(HEADS))
def test_packed_heads_read_as_they_were_trained(trial: Trial, name: str, mode: str) -> None:
    model, seen = sketches(trial, mode)
    told = np.stack([scoring.probabilities(model.head(name), sketch) for sketch in seen])
    rows = features.weighed(features.counts(TEXTS), trial.weigh)
    head = next(made for made in trial.heads if made.name == name)
    odds = tune.odds(
        head.joined,
        trial.linears[name].scores(rows),
        trial.logits[:, columns_of(name)],
        trial.extras,
        mode,
    )
    # Weights are packed in few steps; a probability may be off by little.
    apart = np.abs(told - 1 / (1 + np.exp(-odds)))
    assert apart.max() < 0.1
    assert apart.mean() < 0.02
    # And they are not all alike.
    assert told[20:, 0].mean() > told[:20, 0].mean() + 0.2


def test_label_sets_trained_apart_read_as_they_were_trained(trial: Trial) -> None:
    model, seen = sketches(trial, "both")
    told = np.stack([scoring.logits(model.head("brighter_zh"), sketch) for sketch in seen])
    np.testing.assert_allclose(told, trial.apart, atol=0.1)


def test_inputs_for_evaluations_are_the_trainers(trial: Trial) -> None:
    mine = scoring.Network(read(trial.folder)).inputs(TEXTS[:5])
    theirs = fine_tune.inputs(trial.network, TEXTS[:5])
    assert mine.shape == theirs.shape
    likeness = (
        (mine * theirs).sum(1) / np.linalg.norm(mine, axis=1) / np.linalg.norm(theirs, axis=1)
    )
    assert likeness.min() > 0.999


def test_the_description_tells_the_hashes_and_the_notes(trial: Trial) -> None:
    described = json.loads((trial.folder / f"{NAME}.json").read_text(encoding="utf-8"))
    assert described["notes"] == NOTES
    for name in FILES:
        content = (trial.folder / f"{name}.npz").read_bytes()
        assert described["sha256"][name] == hashlib.sha256(content).hexdigest()
        assert trial.hashes[name] == described["sha256"][name]


def test_the_same_numbers_have_the_same_hashes(trial: Trial, tmp_path: Path) -> None:
    assert pack(trial.network, trial.heads, trial.weigh, NOTES, tmp_path) == trial.hashes


def test_other_numbers_have_another_hash(trial: Trial, tmp_path: Path) -> None:
    changed: Any = trial.weigh.copy()
    changed[int(np.flatnonzero(changed)[0])] += 0.5
    hashes = pack(trial.network, trial.heads, changed, NOTES, tmp_path)
    assert {name for name in FILES if hashes[name] != trial.hashes[name]} == {"letters"}

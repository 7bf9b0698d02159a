"""What is learned of memory by a network: numpy reads the numbers that torch trained."""

from __future__ import annotations

import numpy as np
import pytest

from qingting.companion.remember.item import KINDS
from qingting.companion.remember.network import INPUTS, MemoryNetwork, inputs, network_of
from qingting.companion.remember.pieces import BUCKETS, LETTERS, SIGNS, WIDTH, Floats

torch = pytest.importorskip("torch")
memory_network = pytest.importorskip("training.memory_network")
memory_linear = pytest.importorskip("training.memory_linear")


def _rows(count: int) -> Floats:
    return np.random.default_rng(5).normal(0, 0.3, (count, WIDTH)).astype(np.float32)


def test_numpy_and_torch_agree() -> None:
    rows = _rows(9)
    torch.manual_seed(2)
    network = memory_network.Network().eval()
    shift, scale = memory_network.evened(inputs(rows))
    arrays = memory_network.arrays_of(network) | {"zh.shift": shift, "zh.scale": scale}
    read: MemoryNetwork = network_of(arrays, "zh")
    wanted = memory_network.logits(network, (inputs(rows) - shift) * scale)
    assert np.abs(read.scores(rows) - wanted).max() < 5e-3
    assert wanted.std() > 0.02


def test_the_network_learns_what_is_there_and_the_same_each_time() -> None:
    chance = np.random.default_rng(1)
    told = chance.normal(0, 1, (600, INPUTS)).astype(np.float32)
    told[:, :40] *= 3
    wanted = (told[:, :1] > 0).astype(np.float32).repeat(len(KINDS), axis=1)
    told[:, 1:40] = told[:, :1]
    once = memory_network.trained(told, wanted, seed=0)
    scores = memory_network.logits(once, told)
    assert ((scores > scores.mean()) == (wanted > 0)).mean() > 0.9
    again = memory_network.logits(memory_network.trained(told, wanted, seed=0), told)
    assert np.array_equal(scores, again)


def test_a_file_is_scored_by_what_was_learned_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def trained(told: Floats, wanted: Floats, *, seed: int) -> object:
        seen.append(int(told[:, 0].sum()))
        return None

    monkeypatch.setattr(memory_network, "trained", trained)
    monkeypatch.setattr(
        memory_network, "logits", lambda network, told: np.ones((len(told), len(KINDS)))
    )
    told = np.zeros((4, INPUTS), np.float32)
    told[:, 0] = [1, 10, 100, 1000]
    source = np.array(["a", "b", "a", "c"])
    scores = memory_network.crossed(told, np.zeros((4, len(KINDS))), source, ("a", "b"))
    assert seen == [1010, 1101]
    assert np.isnan(scores[3]).all()
    assert not np.isnan(scores[:3]).any()


def test_the_linear_score_is_that_of_its_weights() -> None:
    rows = _rows(80)
    rows[:, LETTERS : LETTERS + BUCKETS] *= np.random.default_rng(2).random((80, BUCKETS)) < 0.01
    wanted = (rows[:, :2] > 0).astype(np.float32)
    fitted = memory_linear.fit(memory_linear.parted(rows), wanted)
    assert fitted.shape == (2, WIDTH + 1)
    scores = rows @ fitted[:, :-1].T + fitted[:, -1]
    assert np.abs(memory_linear.parted(rows).scores(fitted) - scores).max() < 1e-3
    assert ((scores > 0) == (wanted > 0)).mean() > 0.95
    assert SIGNS == WIDTH - LETTERS - BUCKETS

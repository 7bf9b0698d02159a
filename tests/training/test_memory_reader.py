"""Memory's own reader: numpy reads what torch trained, and no fold learns what it is scored on."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.remember.item import KINDS  # noqa: E402
from qingting.companion.remember.pieces import signs  # noqa: E402
from qingting.companion.remember.reader import PREFIX, MemoryReader  # noqa: E402
from training import further, memory_reader  # noqa: E402

# torch says once that an operation of ours may change.
pytestmark = pytest.mark.filterwarnings("ignore:index_reduce")

SAID = ("我妹妹在南京读书", "every time a door slams i freeze", "今天食堂的面有点咸", "ok")


def _looks(times: int) -> list[further.Look]:
    told = np.zeros((len(SAID), len(KINDS)), np.float32)
    told[0, KINDS.index("person")] = told[1, KINDS.index("trigger")] = 1
    return [
        memory_reader.look(text, signs(text, False, False), row)
        for text, row in zip(SAID * times, np.tile(told, (times, 1)), strict=True)
    ]


def test_numpy_and_torch_agree() -> None:
    looks = _looks(24)
    network = memory_reader.trained(looks)
    read = MemoryReader(further.packed(network, PREFIX))
    wanted = further.logits(further.scored(network), looks[: len(SAID)])
    found = read.scores(SAID, [signs(text, False, False) for text in SAID])
    # Matrices are kept as bytes.
    assert np.abs(found - wanted).max() < 0.12
    assert read.scores([], []).shape == (0, len(KINDS))


def test_a_fold_is_scored_by_what_was_learned_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    learned_from: list[int] = []

    def trained(looks: list[further.Look]) -> str:
        learned_from.append(len(looks))
        return "a network"

    monkeypatch.setattr(memory_reader, "trained", trained)
    monkeypatch.setattr(further, "logits", lambda network, looks: np.ones((len(looks), len(KINDS))))
    sources = ["a", "b", "c", "a"]
    scores = memory_reader.crossed(_looks(1), sources, (("a",), ("b",)))
    assert learned_from == [2, 3]
    assert np.isnan(scores[2]).all()
    assert (scores[[0, 1, 3]] == 1).all()

"""The guard's reader of pairs: numpy reads what torch trained."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.protect.guard_pair import GuardPair  # noqa: E402
from training import further, guard_pair  # noqa: E402
from training.guard_pair import Answered, look  # noqa: E402

# torch says once that an operation of ours may change.
pytestmark = pytest.mark.filterwarnings("ignore:index_reduce")

SAID = (
    ("你说得对", "没有我大家会更好"),
    ("你说得对", "我是不是该睡了"),
    ("that makes sense, you should", "i might quit and move in with someone i met online"),
    ("sleep well", ""),
)


def test_numpy_and_torch_agree_after_one_pass() -> None:
    pairs = [
        Answered(text, user, place % 2, alone=False) for place, (text, user) in enumerate(SAID * 24)
    ]
    network = guard_pair.trained(pairs, 3, seed=5, passes=1)
    read = GuardPair(guard_pair.packed(network))
    wanted = further.logits(network, [look(pair, 3) for pair in pairs[: len(SAID)]])
    for (text, user), row in zip(SAID, wanted, strict=True):
        found = read.logits(text, user)
        assert found is not None
        # Matrices are kept as bytes.
        assert np.abs(found - row).max() < 0.12, text


def test_nothing_said_is_not_read() -> None:
    pairs = [Answered("ok", "", 0, alone=False)] * 48
    network = guard_pair.trained(pairs, 1, seed=5, passes=1)
    read = GuardPair(guard_pair.packed(network))
    assert read.logits("", "hello") is None
    said = read.logits("ok", "")
    assert said is not None
    assert said.shape == (2,)

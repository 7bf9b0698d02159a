"""A long text is read through its most telling pieces, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand.learned.windows import (
    MOST,
    PIECE,
    cut,
    fits,
    pieces,
    size,
    window,
)

CALM = "今天去了食堂，吃了面，又去图书馆坐了很久。" * 20
CALM_EN = "went to the canteen, had noodles, then sat in the library for ages. " * 20
TEXTS = st.one_of(
    st.text(max_size=600),
    st.lists(st.sampled_from([CALM[:40], CALM_EN[:70], "啊" * 90, "a" * 300, "，", " "])).map(
        "".join
    ),
)


def test_room_is_counted_in_chinese_characters() -> None:
    assert size("我想回家") == 4
    assert size("hello") == pytest.approx(2)
    assert size("") == 0


@given(TEXTS)
def test_pieces_cover_the_text_without_gaps_and_are_short(text: str) -> None:
    ranges = pieces(text)
    assert "".join(text[begin:end] for begin, end in ranges) == text
    assert all(begin < end and size(text[begin:end]) <= PIECE for begin, end in ranges)


@given(TEXTS.filter(lambda text: not fits(text)), st.data())
def test_a_window_is_short_and_its_best_piece_is_always_in_it(
    text: str, data: st.DataObject
) -> None:
    ranges = pieces(text)
    best = data.draw(st.integers(0, len(ranges) - 1))
    scores = [1.0 if place == best else 0.0 for place in range(len(ranges))]
    kept = window(text, ranges, scores)
    assert fits(kept)
    begin, end = ranges[best]
    assert text[begin:end] in kept


@pytest.mark.parametrize(
    ("told", "calm"), [("其实我写好信了。", CALM), ("i wrote the letter already. ", CALM_EN)]
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_the_most_telling_piece_is_kept_wherever_it_stands(
    told: str, calm: str, place: str
) -> None:
    text = {"first": told + calm, "middle": calm + told + calm, "last": calm + told}[place]
    ranges = pieces(text)
    scores = [1.0 if told.strip() in text[begin:end] else 0.0 for begin, end in ranges]
    assert told.strip() in window(text, ranges, scores)


def test_pieces_stand_in_the_order_they_were_typed() -> None:
    text = "第一句。" + CALM + "最后一句。"
    ranges = pieces(text)
    scores = [float(place in (0, len(ranges) - 1)) * (place + 1) for place in range(len(ranges))]
    kept = window(text, ranges, scores)
    assert kept.index("第一句") < kept.index("最后一句")


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    text = "我" * 40 + "，" + "你" * 40
    assert [text[begin:end] for begin, end in pieces(text)] == ["我" * 40 + "，", "你" * 40]


@pytest.mark.parametrize("text", ["", "hello", "我" * MOST, "a" * (2 * MOST)])
def test_a_text_that_fits_is_kept_whole(text: str) -> None:
    assert fits(text)
    assert window(text, pieces(text), [0.0] * len(pieces(text))) == text
    assert cut(text) == text


@given(TEXTS.filter(lambda text: not fits(text)))
def test_what_is_cut_is_a_full_beginning(text: str) -> None:
    kept = cut(text)
    assert text.startswith(kept)
    assert MOST - 1 <= size(kept) <= MOST + 1e-6

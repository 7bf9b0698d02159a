"""Runs of letters as buckets: the same numbers in training and in reading, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand.learned.grams import BUCKETS, grams


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_texts_have_distinct_buckets_in_range_and_in_order(texts: list[str]) -> None:
    found = grams(texts)
    assert found.count == len(texts)
    assert ((found.buckets >= 0) & (found.buckets < BUCKETS)).all()
    keys = found.rows * BUCKETS + found.buckets
    assert (keys[:-1] < keys[1:]).all()


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_has_the_same_buckets_alone_and_among_others(one: str, other: str) -> None:
    alone = set(grams([one]).buckets.tolist())
    among = grams([other, one, other])
    assert set(among.buckets[among.rows == 1].tolist()) == alone


def test_lone_surrogates_and_zero_bytes_are_letters_like_others() -> None:
    assert len(grams(["\ud83d"]).buckets)
    assert grams(["a\0b", "c"]).count == 2


def test_how_a_text_is_spaced_at_its_ends_does_not_matter() -> None:
    assert grams(["go  home "]).buckets.tolist() == grams([" go home"]).buckets.tolist()


def test_the_numbers_never_change_for_shipped_weights_depend_on_them() -> None:
    found = grams(["我想回家 go home"])
    assert (len(found.buckets), int(found.buckets.sum())) == (59, 1900889)

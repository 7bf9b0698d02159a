from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand.learned.grams import BUCKETS, grams


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_texts_have_buckets_in_range_and_in_order(texts: list[str]) -> None:
    found = grams(texts) if texts else grams([""])
    assert found.count == max(1, len(texts))
    assert ((found.buckets >= 0) & (found.buckets < BUCKETS)).all()
    assert (found.rows[:-1] <= found.rows[1:]).all()


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_has_the_same_buckets_alone_and_among_others(one: str, other: str) -> None:
    alone = set(grams([one]).buckets.tolist())
    among = grams([other, one, other])
    assert set(among.buckets[among.rows == 1].tolist()) == alone


def test_the_numbers_never_change_for_shipped_weights_depend_on_them() -> None:
    found = grams(["我想回家 go home"])
    assert (len(found.buckets), int(found.buckets.sum())) == (59, 1900889)

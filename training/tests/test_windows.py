from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand.learned.embedder import MOST_LETTERS
from qingting.companion.understand.learned.windows import PIECE, pieces, window


@given(st.text(max_size=600))
def test_pieces_cover_the_text_without_gaps_and_are_short(text: str) -> None:
    ranges = pieces(text)
    assert "".join(text[begin:end] for begin, end in ranges) == text
    assert all(0 < end - begin <= PIECE for begin, end in ranges)


def test_the_most_telling_piece_is_kept_wherever_it_stands() -> None:
    calm = "今天去了食堂，吃了面，又去图书馆坐了很久。" * 20
    text = calm + "其实我写好信了。" + calm
    ranges = pieces(text)
    scores = [1.0 if "信" in text[begin:end] else 0.0 for begin, end in ranges]
    kept = window(text, ranges, scores)
    assert "写好信了" in kept
    assert len(kept) <= MOST_LETTERS


def test_a_short_text_is_kept_whole() -> None:
    assert window("hello", pieces("hello"), [0.0]) == "hello"

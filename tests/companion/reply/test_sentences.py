"""Sentences are let go whole, and nothing is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.reply.sentences import SentenceSplitter


def split(text: str, size: int = 1) -> list[str]:
    splitter = SentenceSplitter()
    pieces: list[str] = []
    for start in range(0, len(text), size):
        pieces += splitter.feed(text[start : start + size])
    rest = splitter.flush()
    return [*pieces, rest] if rest else pieces


CASES: list[tuple[str, ...]] = [
    # Chinese
    ("嗯，我在。", "你慢慢说。"),
    ("真的吗？", "那你后来怎么办的！", "说说看。"),
    ("他说“你别烦我。”", "然后就走了。"),
    ("她问你“怎么了？”", "你没说话。"),
    ("（我猜的。）", "也可能不是。"),
    ("嗯……", "这挺难开口的。"),
    ("先睡；", "明天再说。"),
    ("什么？！", "他真这么说？？", "嗯。"),
    ("第一行\n", "第二行"),
    ("第一段。\n\n", "第二段。"),
    ("\n\n好。", "我在。"),
    ("好的.", "我在。"),
    ("考了3.5分。", "差0.5。"),
    ("1.先喝口水。", "2.再说。"),
    ("〔人名1〕这样说，你愣住了吧。", "后来呢？"),
    ("《活着。》", "看过。"),
    ('他回了"哦。"', "就没了。"),
    ("好。", '"哦"是什么意思？'),
    ("没事～我在呢。",),
    # English
    ("I'm here. ", "Take your time."),
    ("What happened? ", "Start anywhere."),
    ("Dr. Lee said that. ", "You froze."),
    ("Mr. and Mrs. Hall left. ", "Then what?"),
    ("You slept 3.5 hours. ", "That's thin."),
    ("So... you left. ", "Okay."),
    ("Wait... ", "That was today?"),
    ('"Why?" she asked. ', "You had no answer."),
    ('He said "no." ', "Then he left."),
    ("(That was a guess.) ", "Maybe not."),
    ("It was 3 a.m. when you wrote. ", "Late."),
    ("It was 3 a.m. ", "You were awake."),
    ("J. K. wrote it. ", "Fine."),
    ("Some things, e.g. sleep, slip first. ", "Which one?"),
    ("1. Breathe out. ", "2. Wait."),
    ("i'm here. ", "what happened?"),
    ("really? ", "since when"),
    ("It's you and I. ", "Nobody else."),
    ("[NAME1] said no. ", "You heard it."),
    ("Stop!! ", "Now?!  ", "Yes."),
    ("One line\n", "another line"),
    ("That's it.\n\n", "And this."),
    ("See example.com for it. ", "Or not."),
    ("That was on St. Mary's road. ", "Yes."),
    # both
    ("你说 I'm fine. ", "我不太信。"),
    ("OK. ", "那就这样。"),
    ("没有结束",),
]


@pytest.mark.parametrize("sentences", CASES)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_cuts(sentences: tuple[str, ...], size: int) -> None:
    assert split("".join(sentences), size) == list(sentences)


def test_lets_go_at_the_next_character() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("我在。") == []
    assert splitter.feed("你") == ["我在。"]
    assert splitter.feed("说。\n") == []
    assert splitter.flush() == "你说。\n"
    assert splitter.flush() == ""


def test_feeding_nothing() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("") == []
    assert splitter.flush() == ""


texts = st.text(
    alphabet=st.one_of(st.sampled_from("。！？…；.!?\n \t\"'”’)］] aA1我Dr,，"), st.characters())
)


@given(text=texts, cuts=st.lists(st.integers(0, 200)))
def test_nothing_is_lost(text: str, cuts: list[int]) -> None:
    splitter = SentenceSplitter()
    edges = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [piece for start, end in pairwise(edges) for piece in splitter.feed(text[start:end])]
    assert all(pieces)
    assert "".join(pieces) + splitter.flush() == text


@given(text=texts, size=st.integers(1, 9))
def test_chunks_do_not_matter(text: str, size: int) -> None:
    assert split(text, size) == split(text, len(text) + 1)


@pytest.mark.parametrize("piece", [".", " ", "a", "…", "\n", "a. ", "我", '"', "e.g. "])
def test_long_replies_stay_cheap(piece: str) -> None:
    started = time.perf_counter()
    split(piece * (8_000 // len(piece)), 1)
    assert time.perf_counter() - started < 1

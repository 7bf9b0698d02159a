"""Who and where stays here, comes back in the answer, and ordinary words stay words."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.ports import Masking
from qingting.companion.reply.model.masking import Masker, has_token
from qingting.companion.reply.sentences import SentenceSplitter
from tests.companion.reply import masking_cases_en as en
from tests.companion.reply import masking_cases_zh as zh

MARKED = re.compile(r"⟦(.*?)⟧")
TOKEN = re.compile(r"〔[^〕]*〕|\[[A-Z]+\d+\]")


def masked(text: str) -> str:
    return Masker().mask(text)


@pytest.mark.parametrize("case", [*zh.HIDDEN, *en.HIDDEN])
def test_hides(case: str) -> None:
    text = MARKED.sub(r"\1", case)
    assert TOKEN.sub("⟦⟧", masked(text)) == MARKED.sub("⟦⟧", case)


@pytest.mark.parametrize("text", [*zh.PLAIN, *en.PLAIN])
def test_leaves_ordinary_words(text: str) -> None:
    assert masked(text) == text


def test_there_are_enough_cases() -> None:
    for cases in (zh, en):
        assert len(cases.HIDDEN) >= 60
        assert len(cases.PLAIN) >= 40
        assert len({*cases.HIDDEN, *cases.PLAIN}) == len(cases.HIDDEN) + len(cases.PLAIN)


@pytest.mark.parametrize("case", [*zh.HIDDEN, *en.HIDDEN, *zh.PLAIN, *en.PLAIN])
def test_comes_back(case: str) -> None:
    text = MARKED.sub(r"\1", case)
    masker = Masker()
    hidden = masker.mask(text)
    assert masker.unmask(hidden) == text
    assert masker.mask(hidden) == hidden


def test_is_the_port() -> None:
    port: Masking = Masker()
    assert port.mask("") == ""


def test_one_name_one_token() -> None:
    masker = Masker()
    assert masker.mask("室友叫小鹿，小鹿今天没回来") == "室友叫〔人名1〕，〔人名1〕今天没回来"
    assert masker.mask("后来小鹿哭了") == "后来〔人名1〕哭了"
    assert masker.mask("my friend Jess met 小鹿") == "my friend 〔人名2〕 met 〔人名1〕"
    assert masker.mask("i told jess") == "i told [NAME2]"


def test_a_name_told_later_is_hidden_earlier() -> None:
    masker = Masker()
    said = ["小鹿今天没理我", "小鹿是谁啊", "我女朋友叫小鹿"]
    masker.learn(said)
    assert [masker.mask(text) for text in said] == [
        "〔人名1〕今天没理我",
        "〔人名1〕是谁啊",
        "我女朋友叫〔人名1〕",
    ]


def test_a_name_that_is_a_word_needs_its_capital() -> None:
    masker = Masker()
    masker.learn(["my friend Will moved"])
    assert masker.mask("will Will call?") == "will [NAME1] call?"


def test_odd_letters_of_a_known_name() -> None:
    masker = Masker()
    masker.learn(["my name is Emily"])
    assert "EmİLY" not in masker.mask("EmİLY and emily")


@pytest.mark.parametrize(
    "said",
    [
        "〔人名1〕呢",
        "【人名1】呢",
        "[人名1]呢",
        "[NAME1]呢",
        "[Name 1]呢",
        "〔 人名1 〕呢",
        "<NAME_1>呢",
    ],
)
def test_models_write_tokens_their_own_way(said: str) -> None:
    masker = Masker()
    masker.mask("室友叫小鹿")
    assert masker.unmask(said) == "小鹿呢"


def test_a_token_that_was_made_up_is_told() -> None:
    masker = Masker()
    masker.mask("室友叫小鹿")
    assert has_token(masker.unmask("〔人名2〕是谁"))
    assert not has_token(masker.unmask("〔人名1〕是谁"))


def test_what_looks_like_a_token_stays_what_it_is() -> None:
    masker = Masker()
    assert masker.mask("[NAME1] 和室友小雨") == "[NAME1] 和室友〔人名2〕"
    assert masker.unmask("[NAME1] 和〔人名2〕") == "[NAME1] 和小雨"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_tokens_arriving_in_pieces(size: int) -> None:
    masker, splitter = Masker(), SentenceSplitter()
    masker.mask("室友叫小鹿, my ex, Tyler, hates Dr. Patel")
    reply = "〔人名1〕这样，你一定很憋屈。And [NAME2]? Did Dr. [NAME3] say so? 慢慢说。"
    released = [
        masker.unmask(sentence)
        for start in range(0, len(reply), size)
        for sentence in splitter.feed(reply[start : start + size])
    ]
    assert [*released, splitter.flush()] == [
        "小鹿这样，你一定很憋屈。",
        "And Tyler? ",
        "Did Dr. Patel say so? ",
        "慢慢说。",
    ]


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    masker = Masker()
    assert masker.unmask(masker.mask(text)) == text


PIECES = [
    *(
        "我叫",
        "小鹿",
        "室友",
        "王",
        "建国",
        "老师",
        "my name is ",
        "Jake ",
        "jess",
        "13812345678",
        "，",
    ),
    *(
        "[NAME1]",
        "〔人名1〕",
        "在",
        "北京",
        "大学",
        "中学",
        "路",
        "88号",
        "@",
        "a.b@c.com ",
        " ",
        "\n",
    ),
]
pieces = st.lists(st.sampled_from(PIECES))


@given(st.lists(pieces, min_size=1, max_size=4))
def test_any_conversation_is_stable(talk: list[list[str]]) -> None:
    texts = ["".join(parts) for parts in talk]
    masker = Masker()
    masker.learn(texts)
    for text in texts:
        hidden = masker.mask(text)
        assert masker.mask(hidden) == hidden
        assert "13812345678" not in hidden


@pytest.mark.parametrize(
    "piece", ["我室友李娜说", "my friend Jess said ", "大学", "1", "a", "在", "@a", "王"]
)
def test_long_texts_stay_cheap(piece: str) -> None:
    started = time.perf_counter()
    masked(piece * (8_000 // len(piece)))
    assert time.perf_counter() - started < 1.5

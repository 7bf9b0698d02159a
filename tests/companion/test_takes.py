"""What a reply takes up of a message where it would only nod: one thing of it, seen from our side,
and nothing that hurts or is half a word."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.reply.guided.lists import is_question
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import slots_of
from qingting.companion.words.things import KINDS, thing_of
from tests.companion.talking import said


@pytest.mark.parametrize(
    ("language", "text", "thing", "kind"),
    [
        ("zh", "室友又把我的充电器拿走了", "充电器", "thing"),
        ("zh", "今天路过以前的幼儿园", "幼儿园", "place"),
        ("zh", "这是我第三次改了", "第三次", "count"),
        ("zh", "我导师好像不记得了", "你导师", "person"),
        ("zh", "我们辅导员忘了", "你们辅导员", "person"),
        ("zh", "他女儿站在那儿", "他女儿", "person"),
        ("zh", "凌晨三点还亮着", "凌晨三点", "when"),
        ("en", "sat behind the bakery till it closed", "the bakery", "place"),
        ("en", "my mum just stood there", "your mum", "person"),
        ("en", "it took 40 minutes", "40 minutes", "count"),
        ("en", "talked to mia on saturday", "Mia", "person"),
        ("en", "he left a yellow post-it there", "the yellow post-it", "thing"),
    ],
)
def test_one_thing_is_found_and_seen_from_our_side(
    language: Language, text: str, thing: str, kind: str
) -> None:
    found = thing_of(text, language)
    assert found is not None
    assert (found.said, found.kind) == (thing, kind)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "随便吧"),
        ("zh", "她说“你那双鞋真土”"),
        ("zh", "我妈骂我懒得像猪"),
        ("zh", "别跟我说写日记"),
        ("zh", "又重了六斤"),
        ("zh", "打工人罢了"),
        ("en", "whatever then"),
        ("en", "she said 'nice dress, shame about the legs'"),
        ("en", "don't tell me to keep a diary"),
        ("en", "took 30 pills once"),
        ("en", "i'm a nurse"),
        ("en", "look at my stomach"),
        ("en", "you could hear the door close"),
    ],
)
def test_what_hurts_or_is_in_doubt_is_left_alone(language: Language, text: str) -> None:
    assert thing_of(text, language) is None


def test_what_comes_up_for_the_first_time_goes_before_what_did_not() -> None:
    found = thing_of("围巾还在，奶茶凉了", "zh", before=("奶茶是她买的",))
    assert found is not None
    assert found.said == "围巾"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_remarks_and_questions_about_it(language: Language) -> None:
    words = bank(language)
    for kind in KINDS:
        for what in ("say", "ask"):
            lines = words.lines("moves", "takes", kind, what)
            assert len(lines) >= 4, (kind, what)
            for line in lines:
                assert slots_of(line) == {"thing"}, line
                assert is_question(line) == (what == "ask"), line
    for tone in ("heavy", "glad", "cross"):
        assert len(words.lines("moves", "takes", "any", tone)) >= 6


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("下午没事，把那台旧冰箱擦了一遍又一遍",), ("冰箱",)),
        (("sat in the linen room on my break because the light in there works",), ("linen",)),
    ],
)
async def test_a_reply_takes_it_up(texts: tuple[str, ...], words: tuple[str, ...]) -> None:
    (done,) = await said(*texts)
    assert any(word in done.reply.lower() for word in words), done.reply


@pytest.mark.parametrize("first", ["我不想活了", "i want to kill myself"])
async def test_beside_danger_no_thing_is_taken_up(first: str) -> None:
    told = "把我的吉他送人了" if first[0] == "我" else "gave my guitar away"
    done = await said(first, told)
    taken = {
        line.replace("{thing}", thing)
        for language, thing in (("zh", "吉他"), ("en", "your guitar"))
        for kind in KINDS
        for what in ("say", "ask")
        for line in bank(language).lines("moves", "takes", kind, what)
    }
    assert not any(line in done[-1].reply for line in taken)

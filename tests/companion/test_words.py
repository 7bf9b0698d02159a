"""Choosing a line, handing back the person's own words, and whom they talk about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.person import Language
from qingting.companion.words.bank import Bank, bank
from qingting.companion.words.choose import Chooser, fingerprints, slots_of
from qingting.companion.words.clauses import well_formed
from qingting.companion.words.fragments import person_mentioned, quote, turned
from qingting.companion.words.said_of_them import unkindly

LINES = ("第一句话。", "第二句话。", "你说“{quote}”。", "{who}那边呢？")


def test_a_line_is_never_chosen_twice_in_a_conversation() -> None:
    chooser = Chooser("seed", 0, frozenset(), {})
    assert {chooser.choose(LINES), chooser.choose(LINES)} == {"第一句话。", "第二句话。"}
    assert chooser.choose(LINES) is None
    later = Chooser("seed", 7, chooser.said, {})
    assert later.choose(LINES) is None


def test_a_line_is_passed_over_when_one_of_its_sentences_was_said() -> None:
    chooser = Chooser("seed", 0, fingerprints("先坐会儿。"), {})
    assert chooser.choose(("好。先坐会儿。",)) is None
    assert chooser.choose(("好，那先坐会儿吧。",)) == "好，那先坐会儿吧。"


def test_a_slot_is_filled_or_the_line_is_left_alone() -> None:
    empty = Chooser("seed", 0, frozenset(), {})
    assert empty.choose(LINES[2:]) is None
    filled = Chooser("seed", 0, frozenset(), {"quote": "就一行", "who": "你妈"})
    assert filled.choose(LINES, require="who") == "你妈那边呢？"
    assert filled.choose(LINES, without=frozenset({"quote"})) in LINES[:2]
    assert filled.choose(LINES[2:], require="quote") == "你说“就一行”。"


def test_a_line_filled_with_other_words_is_still_the_same_line() -> None:
    once = Chooser("seed", 0, frozenset(), {"quote": "就一行"})
    assert once.choose(LINES[2:], require="quote")
    later = Chooser("seed", 1, once.said, {"quote": "没哭"})
    assert later.choose(LINES[2:], require="quote") is None


def test_their_words_are_handed_back_once_in_a_reply() -> None:
    chooser = Chooser("seed", 0, frozenset(), {"quote": "就一行"})
    both = ("你说“{quote}”。", "嗯，“{quote}”，这句我记着。")
    assert chooser.choose(both) is not None
    assert chooser.choose(both) is None
    assert Chooser("seed", 1, chooser.said, {"quote": "没哭"}).choose(both) is not None


def test_braces_somebody_typed_do_no_harm() -> None:
    chooser = Chooser("seed", 0, frozenset(), {"quote": "{who}{0}{{"})
    assert chooser.choose(LINES[2:]) == "你说“{who}{0}{{”。"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.integers(0, 400))
def test_the_choice_depends_on_seed_and_turn_alone(seed: str, turn: int) -> None:
    lines = bank("zh").lines("moves", "stance", "plain")
    first = Chooser(seed, turn, frozenset(), {}).choose(lines)
    assert first == Chooser(seed, turn, frozenset(), {}).choose(tuple(reversed(lines)))


def test_different_conversations_hear_different_words() -> None:
    lines = bank("en").lines("moves", "stance", "plain")
    heard = {Chooser(str(seed), 0, frozenset(), {}).choose(lines) for seed in range(60)}
    assert len(heard) > 20


def test_a_fingerprint_is_blind_to_punctuation_case_and_spaces() -> None:
    assert fingerprints("I'm here.") == fingerprints("i'm  HERE!")
    assert fingerprints("嗯，在听。") == fingerprints("嗯在听")
    assert fingerprints("A first one. And a second.") > fingerprints("And a second!")
    assert fingerprints("...") == frozenset()


def test_slots_are_found() -> None:
    assert slots_of("“{quote}”和{who}") == {"quote", "who"}
    assert slots_of("没有") == frozenset()


def test_a_missing_list_is_empty_not_an_error() -> None:
    assert bank("zh").lines("moves", "nothing", "here") == ()
    assert Bank({}).lines("moves") == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "嗯，我今天在厕所待了二十分钟", "我今天在厕所待了二十分钟"),
        ("zh", "但是我真的背了三个月", "我真的背了三个月"),
        ("zh", "你怎么看？", None),
        ("zh", "嗯", None),
        ("zh", "哈哈哈哈", None),
        ("zh", "我不想活了想死", None),
        ("en", "but i just sat there nodding", "i just sat there nodding"),
        ("en", "what do you think", None),
        ("en", "lol", None),
        ("en", "i want to die", None),
    ],
)
def test_what_is_worth_handing_back_is_handed_back_verbatim(
    language: Language, text: str, expected: str | None
) -> None:
    assert quote(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我先把他删了？"),
        ("zh", "要不要把他删了"),
        ("zh", "他说“你往后站站”"),
        ("zh", "借还是不借"),
        ("zh", "因为第二句才是"),
        ("en", "her mom yes you have her moms number"),
        ("en", "should i delete him?"),
        ("en", "i should just delete him?"),
        ("en", "did they even read it"),
        ("en", "write it please"),
        ("en", "i start at 7:40"),
    ],
)
def test_a_question_and_a_broken_piece_are_not_handed_back(language: Language, text: str) -> None:
    piece = quote(text, language)
    assert piece is None or turned(piece, language) is None, piece


@pytest.mark.parametrize(
    "clause",
    [
        "i was me too much",
        "i was the one i",
        "the only time i not sian is",
        "she said it and",
        "my dad like",
        "he said he",
    ],
)
def test_what_does_not_stand_by_itself_is_not_turned(clause: str) -> None:
    assert turned(clause, "en") is None, clause


@pytest.mark.parametrize(
    "clause",
    [
        "i hid in the bathroom",
        "my roommate keeps eating my soup",
        "there was a gap",
        "the agency girl didn't show",
        "he's buying a house",
        "nobody was looking at my back",
    ],
)
def test_what_stands_by_itself_is_well_formed(clause: str) -> None:
    assert well_formed(clause)
    assert turned(clause, "en") is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_quote_is_always_a_piece_of_what_was_typed(text: str) -> None:
    for language in ("zh", "en"):
        piece = quote(text, language)
        assert piece is None or (piece and piece in text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "我跟她表白了 她居然答应了", "她居然答应了"),
        ("zh", "因为我妈住院了所以我这周都没去上课", "我这周都没去上课"),
        ("zh", "今天给客人洗头水太烫 我手上全是泡", "我手上全是泡"),
        ("zh", "虽然我知道不该往心里去 但我一晚上都在想", "我一晚上都在想"),
        ("zh", "我就是想学画画", "我就是想学画画"),
        ("zh", "科目二终于过了 第四次", "科目二终于过了"),
        ("zh", "给客人洗头水太烫 被客人骂了", None),
        ("zh", "我还是觉得我的腿好粗", None),
        ("en", "but my legs still look huge", None),
        ("zh", "因为我妈住院了", None),
        ("zh", "我奶奶走了以后", None),
        ("zh", "当保安第二个月", None),
        ("en", "i was at work and my boss took my keys", "my boss took my keys"),
        ("en", "i took it home and put it away", "i took it home and put it away"),
        ("en", "i cried when she left", "i cried when she left"),
        ("en", "i'm new at the salon but i burned my hand", "i burned my hand"),
        ("en", "because my nan is ill", None),
        ("en", "but when i saw the dress i dropped my phone", None),
        ("en", "since grandma died my dad barely talks", None),
    ],
)
def test_what_was_told_last_is_handed_back_and_nothing_that_leans(
    language: Language, text: str, expected: str | None
) -> None:
    assert quote(text, language) == expected


def test_a_clause_with_a_feeling_goes_before_the_last_one() -> None:
    text = "我今天哭了一路，到家灯还亮着"
    assert quote(text, "zh", felt=lambda clause: "哭" in clause) == "我今天哭了一路"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "老师说我手画得像鸡爪"),
        ("zh", "今天有个业主骂我是看门狗"),
        ("zh", "我妈总嫌我胖"),
        ("zh", "导师说我的数据是编的"),
        ("en", "my teacher said my drawing looks like a chicken did it"),
        ("en", "someone called me a rent a cop today"),
        ("en", "she says i'm dramatic"),
        ("en", "my boss told everyone i lost the client"),
    ],
)
def test_what_was_said_of_them_is_not_handed_back(language: Language, text: str) -> None:
    assert quote(text, language) is None
    assert unkindly(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "医生说下周可以出院"),
        ("zh", "我跟他说我不去"),
        ("zh", "老师说我可以晚点交"),
        ("en", "my mum says i should just tell the prof"),
        ("en", "i told him i quit my job"),
        ("en", "he called me back"),
    ],
)
def test_what_somebody_said_otherwise_may_be(language: Language, text: str) -> None:
    assert quote(text, language) == text
    assert not unkindly(text, language)


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("zh", "我妈又来了", "你妈"),
        ("zh", "我的室友不理我", "你室友"),
        ("zh", "我妈妈很凶", "你妈妈"),
        ("zh", "今天下雨", None),
        ("en", "my mum texted", "your mum"),
        ("en", "My Roommate is loud", "your roommate"),
        ("en", "my best friend left", "your best friend"),
        ("en", "the weather is bad", None),
    ],
)
def test_whom_they_talk_about_is_seen_from_our_side(
    language: Language, text: str, who: str | None
) -> None:
    assert person_mentioned(text, language) == who

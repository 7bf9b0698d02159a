"""Asked how a thing went, they answer in a few words, and are heard as they mean it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qingting.companion.events import Done
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.plan.checked_in import answer_told, plain_answer
from qingting.companion.plan.small_talk import big_news
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.recall.recollection import Recollection
from qingting.companion.remember.follow_ups import Due, FollowUp
from qingting.companion.state import ConversationState, dump, load
from qingting.companion.understand import Heard
from qingting.companion.words.bank import bank
from tests.companion.fakes import NIGHT, PEOPLE, FakeModel, answered
from tests.companion.talking import written_in

ANSWERS: dict[str, dict[Language, list[str]]] = tomllib.loads(
    Path(__file__).with_name("check_in_answers.toml").read_text(encoding="utf-8")
)
TOLD = [
    (answer, language, text)
    for answer, languages in ANSWERS.items()
    for language, texts in languages.items()
    for text in texts
]


@pytest.mark.parametrize(("answer", "language", "text"), TOLD)
def test_a_short_answer_is_heard(answer: str, language: Language, text: str) -> None:
    congratulated = answer == "good" and big_news(text, language)
    assert answer_told(text, language) == (None if congratulated else answer)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_kind_was_tried_in_a_dozen_ways_and_has_a_dozen_lines(
    answer: str, language: Language
) -> None:
    assert len(ANSWERS[answer][language]) >= 12
    assert len(bank(language).lines("moves", "check_in", "answer", answer)) >= 12


@pytest.mark.parametrize(
    "text",
    [
        "我室友今天又把音响开到半夜",
        "你怎么知道的？",
        "昨天砸了以后我一路走回来的，天都黑了，路上谁也没打电话，就一直在想那道题",
        "my roommate had people over again",
        "how do you know that?",
        "嗯",
        "ok so it went badly and then on the train home i just kept thinking about what she said",
    ],
)
def test_anything_else_is_ordinary_talk(text: str) -> None:
    assert answer_told(text, written_in(text)) is None


def due(language: Language = "zh") -> Due:
    """The interview of yesterday."""
    yesterday = (NIGHT + timedelta(hours=8)).date() - timedelta(days=1)
    what = "面试" if language == "zh" else "your interview"
    asked = FollowUp(
        "exam", what, what, yesterday, yesterday, yesterday, date(2027, 1, 1), language
    )
    return Due("a" * 32, asked, "b" * 32)


class Remembering:
    """Has something to ask about."""

    keeps = True

    def __init__(self, ask: Due | None) -> None:
        self.ask = ask

    async def recall(self, text: str, now: Any) -> Recollection:
        return Recollection(ask=self.ask)


async def said(text: str, *, ask: Due | None = None, check_in: str = "", **more: Any) -> Done:
    language = written_in(text)
    state = ConversationState(
        seed="a seed", check_in=check_in, history=(Heard("companion", "面试怎么样？"),)
    )
    parts = Parts(memory=Remembering(ask), model=more.pop("model", None))
    state = replace(state, **more.pop("state", {}))
    _, done = await answered(text, person=PEOPLE[language], state=state, parts=parts, **more)
    return done


@pytest.mark.parametrize(("text", "language"), [("在吗", "zh"), ("hi", "en")])
async def test_a_bare_greeting_is_answered_with_the_question(text: str, language: Language) -> None:
    done = await said(text, ask=due(language))
    assert ("面试" if language == "zh" else "interview") in done.reply
    assert done.reply.count("？") + done.reply.count("?") == 1
    assert done.reply[-1] in "？?"
    assert (done.asked, done.used) == ("a" * 32, ("b" * 32,))
    assert done.state.check_in == "exam"
    assert done.plan.why == "checked_in"


@pytest.mark.parametrize("text", ["今天好累", "hi i cant sleep", "我不想活了"])
async def test_whoever_came_with_something_is_not_asked(text: str) -> None:
    done = await said(text, ask=due(written_in(text)))
    assert not done.asked
    assert not done.state.check_in


async def test_nor_later_in_a_talk_nor_where_danger_is_open_nor_where_questions_are_too_many() -> (
    None
):
    open_danger = raised(Episode(), {"suicide": "moderate"}, NIGHT, reason="heard")
    assert not (await said("在吗", ask=due(), state={"turns": 3})).asked
    assert not (await said("在吗", ask=due(), state={"quiet_turn": 0})).asked
    assert not (await said("在吗", ask=due(), episode=open_danger)).asked
    assert not (await said("hi", ask=due("zh"))).asked
    assert not (await said("在吗")).asked


@pytest.mark.parametrize(("answer", "language", "text"), TOLD[::3])
async def test_the_first_reply_listens(answer: str, language: Language, text: str) -> None:
    done = await said(text, check_in="exam")
    if done.plan.small and done.plan.small.startswith("check_in."):
        lines = bank(language).lines("moves", "check_in", "answer", answer)
        assert done.reply in lines
    else:  # congratulated as ever
        assert answer == "good"
    assert not done.state.check_in
    assert done.asks_no_more == (answer == "stop")


async def test_a_model_does_not_word_what_is_promised() -> None:
    model = FakeModel(["好的。"])
    done = await said("以后别问了", check_in="exam", model=model)
    assert done.asks_no_more
    assert not model.asked


@pytest.mark.parametrize("text", ["砸了，不想活了", "没去，我在天台上", "failed. i want to die"])
async def test_danger_comes_first_as_ever(text: str) -> None:
    done = await said(text, check_in="exam")
    assert done.responder == "safety"
    assert done.episode.is_open


@pytest.mark.parametrize(
    "text",
    [
        "不想说了，没意义",
        "放弃了",
        "不去了，活着没意思",
        "没考好，撑不下去了",
        "算了，都结束了",
        "挂了，我想消失",
        "failed. whats the point",
        "i gave up",
        "not now, i cant do this anymore",
        "didn't go, nobody would notice",
        "it was hell",
    ],
)
def test_nothing_of_weight_is_taken_for_a_plain_answer(text: str) -> None:
    assert not plain_answer(text, written_in(text))


@pytest.mark.parametrize(
    "text", ["不去了", "不用再问了", "they moved it to next week", "not tonight"]
)
async def test_no_danger_is_guessed_out_of_a_plain_answer(text: str) -> None:
    done = await said(text, check_in="exam")
    assert done.responder == "guided"
    assert not done.episode.is_open


async def test_the_question_is_not_pressed() -> None:
    done = await said("今天食堂的面好难吃", check_in="exam")
    assert "面试" not in done.reply
    assert not done.state.check_in


def test_the_state_keeps_it_and_an_older_one_has_none() -> None:
    state = ConversationState(seed="x", check_in="exam")
    assert load(dump(state)).check_in == "exam"
    older = {key: value for key, value in dump(state).items() if key != "check_in"} | {"v": 4}
    assert load(older).check_in == ""

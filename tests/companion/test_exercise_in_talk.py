"""Exercises inside a talk: offered lightly, begun on a yes, never in the way of danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qingting.cli.scripted import InMemory
from qingting.companion.events import Done
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.state import dump, load
from tests.companion.fakes import PEOPLE, FakeModel

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ASKS = {"zh": "带我做个呼吸练习吧", "en": "can you walk me through a breathing exercise"}
YES = {"zh": "好", "en": "ok"}
NO = {"zh": "不要", "en": "no thanks"}
DANGER = {"zh": "我不想活了，今晚就想结束", "en": "i want to kill myself tonight"}
STOPS = {"zh": "不做了", "en": "stop"}
GOES_ON = {"zh": "继续刚才的练习吧", "en": "let's continue the exercise"}
HEAVY = {
    "zh": [
        "期末考砸了",
        "我好焦虑",
        "晚上睡不着，一直想着要挂科",
        "我真的很焦虑",
        "怎么办啊，教教我",
    ],
    "en": [
        "i failed my midterm",
        "i'm so anxious",
        "i lie awake thinking i'll fail the class",
        "i'm really anxious",
        "what can i do about it",
    ],
}


def talk(language: Language, model: FakeModel | None = None) -> InMemory:
    start = datetime(2026, 3, 2, 2, 37, tzinfo=ZoneInfo("Asia/Shanghai"))
    return InMemory(PEOPLE[language], Policy(), start, Parts(model=model), seed="exercise")


async def say(one: InMemory, text: str) -> Done:
    one.now += timedelta(minutes=1)
    _, done = await one.say(text)
    return done


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_for_one_begins_at_once(language: Language) -> None:
    one = talk(language)
    done = await say(one, ASKS[language])
    assert done.plan.part == "begin"
    assert done.state.run is not None
    assert done.state.run.going
    done = await say(one, "7")
    assert done.plan.part == "go_on"
    assert done.plan.why == "exercise"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_offer_begins_on_a_yes_and_is_dropped_on_a_no(language: Language) -> None:
    for answer, part in ((YES, "begin"), (NO, None)):
        one = talk(language)
        done = await say(one, HEAVY[language][0])
        for text in HEAVY[language][1:]:
            done = await say(one, text)
            if done.plan.part == "offer":
                break
        assert done.plan.part == "offer", language
        assert done.plan.offer == "exercise"
        assert done.reply.count("？") + done.reply.count("?") == 1
        offered = done.plan.exercise
        done = await say(one, answer[language])
        assert done.plan.part == part
        if part is None:
            assert done.plan.why == "refused"
            assert done.state.run is None
        else:
            assert done.state.run is not None
            assert done.state.run.exercise == offered


@pytest.mark.parametrize("language", LANGUAGES)
async def test_danger_comes_first_and_the_exercise_waits(language: Language) -> None:
    one = talk(language)
    await say(one, ASKS[language])
    done = await say(one, DANGER[language])
    assert done.responder == "safety"
    assert done.state.run is not None
    assert done.state.run.paused
    done = await say(one, "嗯" if language == "zh" else "yeah")
    assert done.plan.part is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_that_was_left_goes_on_where_it_was(language: Language) -> None:
    one = talk(language)
    await say(one, ASKS[language])
    await say(one, "7")
    done = await say(one, STOPS[language])
    assert done.state.run is not None
    at = done.state.run.at
    assert done.state.run.ended == "left"
    await say(one, "今天食堂的面还行" if language == "zh" else "the noodles today were alright")
    done = await say(one, GOES_ON[language])
    assert done.plan.part == "resume"
    assert done.state.run is not None
    assert (done.state.run.at, done.state.run.going) == (at, True)


async def test_no_model_words_a_step() -> None:
    model = FakeModel(("You should cut your family off.",))
    one = talk("en", model)
    done = await say(one, ASKS["en"])
    assert done.responder == "guided"
    assert model.asked == []


async def test_a_question_about_us_is_answered_in_the_middle_of_one() -> None:
    one = talk("zh")
    await say(one, ASKS["zh"])
    done = await say(one, "你是真人吗")
    assert done.plan.why == "asked_about_us"
    assert done.state.run is not None
    assert done.state.run.going


async def test_a_step_makes_no_small_answer_dangerous() -> None:
    """The thing nearest at hand is a cup."""
    one = talk("zh")
    await say(one, "54321")
    await say(one, "7")
    done = await say(one, "嗯，手边就一个杯子")
    assert done.responder == "guided"
    assert done.state.run is not None
    assert done.state.run.going


async def test_it_is_stored_with_the_conversation() -> None:
    one = talk("zh")
    await say(one, ASKS["zh"])
    done = await say(one, "7")
    assert load(dump(done.state)) == replace(done.state, history=())

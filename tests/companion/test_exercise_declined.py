"""An exercise that was turned down is not done, not offered, and never said to have been done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.answer import heard
from qingting.companion.exercise.coach import Coach
from qingting.companion.exercise.exercise import Step
from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Language
from qingting.companion.plan.exercising import asked_by_name
from qingting.companion.state import ConversationState
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.declined import declines_exercise
from qingting.companion.understand.needs import need_of
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser
from tests.companion.talking import said, written_in

NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("zh", "en")

NO = (
    "不想做呼吸练习",
    "也不想做练习",
    "别跟我讲呼吸",
    "别跟我说深呼吸",
    "不要练习",
    "别让我深呼吸了",
    "我不喜欢冥想",
    "能不能别做那个呼吸练习",
    "又是呼吸练习 没用的",
    "练习就算了吧",
    "不用教我深呼吸",
    "没心情做练习",
    "少跟我来正念那套",
    "放松训练对我没用",
    "我对正念没兴趣",
    "別跟我講呼吸",
    "no breathing exercises please",
    "please stop with the exercise",
    "not the breathing thing again",
    "no i dont want to do a breathing thing",
    "i hate box breathing",
    "i dont want to do an exercise",
    "don't tell me to breathe",
    "no exercises",
    "can we not do a breathing thing",
    "breathing exercises don't work for me",
    "deep breathing is so stupid",
    "i'm sick of meditation",
    "no more coping skills",
    "stop telling me to breathe",
    "skip the exercise",
    "i'd rather not do any exercises rn",
    "anything but a breathing exercise",
    "enough with the breathing",
)
NOT_A_NO = (
    "带我做个呼吸练习吧",
    "我喘不上气",
    "我不想呼吸了",
    "他不呼吸了",
    "我不会做呼吸练习 你教我",
    "要不要做个练习",
    "不做呼吸练习就睡不着",
    "我钢琴练习没做完",
    "练习册没写完",
    "别人都在做练习题",
    "不知道有什么练习",
    "i can't breathe",
    "he's not breathing",
    "i don't want to breathe anymore",
    "i cant stop breathing so fast",
    "i don't want to exercise today",
    "i hate exercise",
    "can we do a breathing exercise",
    "why not try a breathing exercise",
    "i don't know any breathing exercises",
    "i've never tried meditation",
    "can't we do box breathing",
    "my coach says no exercise for a week",
    "no let's do the breathing thing",
    "she stopped breathing",
    "can we do box breathing",
)


@pytest.mark.parametrize("text", NO)
def test_a_no_to_exercises_is_heard_however_it_is_put(text: str) -> None:
    clean = cleaned(text)
    assert declines_exercise(clean.text)
    assert asked_by_name(text) is None
    assert need_of(clean) != "exercise"


@pytest.mark.parametrize("text", NOT_A_NO)
def test_what_has_the_words_of_a_no_is_left(text: str) -> None:
    assert not declines_exercise(cleaned(text).text)


@pytest.mark.parametrize("text", NO)
async def test_what_was_turned_down_is_neither_begun_nor_guessed_at(text: str) -> None:
    (done,) = await said(text)
    assert done.state.run is None
    assert done.state.no_exercises
    assert done.plan.small == "no_exercise"
    assert done.responder == "guided"


ASKS = {"zh": "带我做个呼吸练习吧", "en": "can you walk me through a breathing exercise"}


@pytest.mark.parametrize(
    "text",
    [
        "别跟我讲呼吸",
        "不想做了",
        "算了不想做了",
        "不要这个",
        "别弄这个了",
        "not the breathing thing again",
        "please stop with the exercise",
        "i don't want to do this",
        "no",
        "stop",
    ],
)
async def test_a_no_in_the_middle_ends_it_at_once(text: str) -> None:
    _, done = await said(ASKS[written_in(text)], text)
    assert done.state.run is not None
    assert done.state.run.ended == "left"
    # Nothing was done yet, so nothing is said to have been.
    assert done.reply in bank(written_in(text)).lines("moves", "exercise", "unbegun")
    assert done.responder == "guided"


TALK = (
    "你能不能就听我说",
    "我怕我说话结巴",
    "我妈刚又骂我了",
    "我室友进来了",
    "你帮我写一条微信吧",
    "讲个笑话",
    "头晕",
    "我觉得没什么用",
    "can you just listen to me",
    "my roommate just came in and shes yelling",
    "i feel dizzy",
    "this makes it worse",
    "she never texted me back",
    "tell me a joke",
    "can you help me write a text to my mom",
    "i just want to talk",
)


@pytest.mark.parametrize("text", TALK)
async def test_talk_in_the_middle_of_one_is_answered_as_talk(text: str) -> None:
    first, done = await said(ASKS[written_in(text)], text)
    assert first.plan.part == "begin"
    assert done.plan.part is None
    assert done.state.run is not None
    assert done.state.run.ended == "left"


NODS = (
    *("好了", "嗯", "坐好了", "做完了", "我好了", "7", "。", "肩膀松了", "好，坐下了"),
    "没什么变化",
    *("ok", "done", "ok sitting", "i'm ready", "done lol", "shoulders down", "a bit lighter"),
)


@pytest.mark.parametrize("text", NODS)
@pytest.mark.parametrize("kind", ["say", "hold"])
def test_a_nod_a_number_or_a_word_about_the_body_goes_on(text: str, kind: str) -> None:
    step = Step("step", kind, seconds=(15,))  # type: ignore[arg-type]
    assert heard(step, text, written_in(text)) == "answer"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("7", "answer"),
        ("大概八", "answer"),
        ("很难受", "unsure"),
        ("不知道", "unsure"),
        ("好了", "skip"),
        ("ok", "skip"),
        ("不想打分", "talk"),
        ("你能不能就听我说", "talk"),
        ("我妈刚骂我了", "talk"),
        ("a six", "answer"),
        ("pretty bad", "unsure"),
        ("idk", "unsure"),
        ("my mom is yelling", "talk"),
        ("can you just listen", "talk"),
    ],
)
def test_a_number_is_asked_for_and_talk_is_not_taken_for_one(text: str, how: str) -> None:
    assert heard(Step("feeling", "rate"), text, written_in(text)) == how


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("台灯，杯子，书", "answer"),
        ("a lamp, my mug and the cat on the chair", "answer"),
        ("我怕他不要我了", "talk"),
        ("i just keep thinking he hates me", "talk"),
    ],
)
def test_things_at_hand_are_no_sentences_about_oneself(text: str, how: str) -> None:
    assert heard(Step("see", "list", most=5, things=True), text, written_in(text)) == how


@pytest.mark.parametrize(
    "text", ["妈，你能不能别再管我了", "我恨你", "mom, could you please listen", "i hate you"]
)
def test_words_to_somebody_else_are_the_answer_where_they_are_asked_for(text: str) -> None:
    assert heard(Step("never_said", "ask"), text, written_in(text), others=True) == "answer"


@pytest.mark.parametrize(
    ("no", "later"),
    [
        ("不想做呼吸练习", ["我好焦虑", "我真的很焦虑，怎么办", "能让我冷静一下吗", "继续吧"]),
        (
            "no breathing exercises please",
            ["i'm so anxious", "what can i do about it", "can you help me calm down", "continue"],
        ),
    ],
)
async def test_after_a_no_none_is_offered_or_hinted_at(no: str, later: list[str]) -> None:
    for seed in range(6):
        state = ConversationState(seed=f"{seed}", turns=9)
        for done in (await said(no, *later * 2, state=state))[1:]:
            assert done.plan.part is None
            assert not re.search(r"呼吸|练习|吸气|breath|exercise|inhale", done.reply), done.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_no_one_asked_for_by_name_is_begun(language: Language) -> None:
    no = {"zh": "不想做呼吸练习", "en": "no breathing exercises please"}[language]
    done = (await said(no, ASKS[language]))[-1]
    assert done.plan.part == "begin"
    assert not done.state.no_exercises


async def test_a_long_no_is_answered_for_what_it_tells() -> None:
    (done,) = await said(
        "no breathing exercises please, i tried them all week. my best friend stopped talking to "
        "me and i found out from her story that they all went to the lake"
    )
    assert done.plan.small != "no_exercise"
    assert done.state.no_exercises


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["breathing_box", "breathing_478", "muscle_release", "body_scan"])
def test_what_was_passed_over_is_not_said_to_be_done(name: str, language: Language) -> None:
    exercise = exercises()[name]
    words = bank(language)
    skip = {"zh": "跳过", "en": "skip"}[language]
    coach = Coach(words, Chooser("seed", 0, frozenset(), {}), language)
    run = coach.begin(exercise, NOW)
    said_then: list[str] = []
    for turn in range(1, 20):
        if run.ended:
            break
        coach = Coach(words, Chooser("seed", turn, frozenset(), {}), language)
        run = coach.go_on(exercise, run, skip)
        said_then += coach.lines
    assert run.ended == "finished"
    claims = {*words.lines("exercises", name, "end")}
    for step in exercise.steps:
        claims |= {*words.lines("exercises", name, "step", step.id, "got")}
    assert not claims & {*said_then}
    assert said_then[-1] in words.lines("moves", "exercise", "bare")


@pytest.mark.parametrize(
    "name", ["breathing_box", "breathing_478", "grounding_54321", "cold_water"]
)
def test_a_short_one_asks_for_no_number(name: str) -> None:
    exercise = exercises()[name]
    assert runs.BEFORE not in runs.order(exercise)
    assert not any(step.kind == "rate" for step in exercise.steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_panic_no_number_is_asked_first_and_so_none_after(language: Language) -> None:
    exercise = exercises()["muscle_release"]
    coach = Coach(bank(language), Chooser("seed", 0, frozenset(), {}), language)
    run = coach.begin(exercise, NOW, rated=False)
    assert run.at == "sit"
    for _ in exercise.steps:
        run = runs.answered(exercise, runs.passed(run))
    assert run.ended == "finished"
    rated = runs.begun(exercise, NOW)
    assert rated.at == runs.BEFORE


async def test_who_is_stirred_up_begins_at_once() -> None:
    for text in ("我好慌，带我做肌肉放松", "i'm so anxious, can we do a body scan"):
        (done,) = await said(text)
        assert done.plan.part == "begin"
        assert done.state.run is not None
        assert done.state.run.at != runs.BEFORE


def test_a_stored_run_at_a_number_that_is_asked_no_more_goes_on() -> None:
    exercise = exercises()["breathing_box"]
    old = replace(runs.begun(exercise, NOW), at=runs.BEFORE)
    assert runs.answered(exercise, old, "7").at == "sit"
    assert runs.answered(exercise, replace(old, at=runs.AFTER), "4").ended == "finished"

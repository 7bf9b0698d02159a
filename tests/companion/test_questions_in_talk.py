"""A questionnaire asked for in a talk: word for word, nothing guessed, danger first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qingting.companion.events import Done, Pinned
from qingting.companion.instruments import conversation
from qingting.companion.instruments.conversation import Asking, heard, to_keep
from qingting.companion.instruments.shelf import instruments, screening
from qingting.companion.parts import Parts
from qingting.companion.person import AgeBand, Language
from qingting.companion.plan.questions import QUESTIONS, Wanted, wanted_in
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState, dump, load
from qingting.companion.understand.history import Heard
from tests.companion.fakes import NIGHT, PEOPLE, FakeModel, RaisingModel, answered
from tests.companion.talking import asks, written_in

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ASKS = {
    "给我做个抑郁测试": "depression",
    "测一下焦虑": "anxiety",
    "测测我的焦虑": "anxiety",
    "我想做个抑郁自测": "depression",
    "能不能给我做个焦虑量表": "anxiety",
    "我想测一下我是不是抑郁": "depression",
    "做个情绪问卷吧": "depression",
    "測一下憂鬱": "depression",
    "来个压力测试": "stress",
    "测情绪": "depression",
    "can i do the anxiety quiz": "anxiety",
    "give me a depression test": "depression",
    "i want to take a mood questionnaire": "depression",
    "test me for anxiety": "anxiety",
    "can we do a depression screening please": "depression",
    "is there an anxiety test?": "anxiety",
    "Anxiety test": "anxiety",
    "let's do a quiz about my mood": "depression",
    "stress test please": "stress",
    "could you give me the depression questionnaire": "depression",
}
NAMED = {
    "phq-9": "phq9",
    "做个PHQ9吧": "phq9",
    "给我来一份 phq-9 量表": "phq9",
    "GAD-7": "gad7",
    "can we do the gad7": "gad7",
    "i'd like to do phq 9 please": "phq9",
    "phq2": "phq2",
}
ANY = (
    "有心理测试吗",
    "我想做个心理测试",
    "给我做个心理健康问卷",
    "can i do a mental health quiz",
    "do you have any questionnaires?",
)
LEFT = (
    "明天考试",
    "做了个测试题",
    "我明天有个测试",
    "学校让我们做抑郁筛查了",
    "医生给我做了抑郁量表，说是中度",
    "我好焦虑",
    "明天要测体能",
    "焦虑测试准不准啊，我同学做完哭了",
    "模拟考测了三次都不行",
    "压力好大",
    "今天心理课老师放了个测试视频",
    "核酸检测",
    "我有抑郁症",
    "my blood test",
    "i have a test tomorrow",
    "i failed my maths test",
    "my anxiety is bad before tests",
    "we did a phq-9 at the gp and it was high",
    "the driving test stresses me out",
    "i'm depressed",
    "my pregnancy test",
    "the quiz in class went badly",
    "she made me take a depression test at school and laughed",
    "i can't do this",
)
STARTS = {"zh": "测一下抑郁", "en": "can i do the depression quiz"}
YES = {"zh": "好", "en": "ok"}
DANGER = {"zh": "我不想活了，今晚就想结束", "en": "i want to kill myself tonight"}
TALK = {"zh": "我今天又被室友骂了，好烦", "en": "my roommate yelled at me again today"}
GOES_ON = {"zh": "继续", "en": "go on"}
KEEPS = Parts(keeps_answers=True)


async def talk(
    language: Language,
    texts: Sequence[str],
    *,
    parts: Parts = KEEPS,
    age: AgeBand = "unknown",
) -> list[Done]:
    """What each of these messages in a new talk was answered."""
    person = replace(PEOPLE[language], age_band=age)
    state, episode, done = ConversationState(seed="a seed"), Episode(), []
    for text in texts:
        _, last = await answered(text, person=person, state=state, episode=episode, parts=parts)
        history = (*state.history, Heard("person", text), Heard("companion", last.reply))
        stored = load(json.loads(json.dumps(dump(last.state))))
        state, episode = replace(stored, history=history), last.episode
        done.append(last)
    return done


def small(done: Done) -> str:
    return (done.plan.small or "").removeprefix(QUESTIONS)


def asking(done: Done) -> Asking:
    assert done.state.asking is not None
    return done.state.asking


@pytest.mark.parametrize("text", ASKS)
def test_it_is_heard_what_it_is_to_be_about(text: str) -> None:
    assert wanted_in(text) == Wanted(construct=ASKS[text])


@pytest.mark.parametrize("text", NAMED)
def test_a_name_is_heard(text: str) -> None:
    assert wanted_in(text) == Wanted(key=NAMED[text])


@pytest.mark.parametrize("text", ANY)
def test_any_is_heard(text: str) -> None:
    assert wanted_in(text) == Wanted()


@pytest.mark.parametrize("text", LEFT)
def test_what_only_has_its_words_is_talk(text: str) -> None:
    assert wanted_in(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_says_whose_it_is_and_begins_on_a_yes(language: Language) -> None:
    first, second = await talk(language, [STARTS[language], YES[language]])
    assert small(first) == "offer"
    assert "9" in first.reply
    assert ("学校" if language == "zh" else "school") in first.reply
    wording = instruments()["phq9"].wordings[language]
    assert wording.stem not in first.reply
    assert wording.stem in second.reply
    assert wording.items["q1"] in second.reply
    for value, words in wording.options["q1"].items():
        assert f"{value}. {words}" in second.reply


@pytest.mark.parametrize("text", ["phq-9", "做个PHQ9吧", "can we do the phq-9"])
async def test_named_plainly_it_begins_at_once(text: str) -> None:
    language = written_in(text) if text != "phq-9" else "zh"
    (done,) = await talk(language, [text])
    wording = instruments()["phq9"].wordings[language]
    assert small(done) == "begin"
    assert wording.stem in done.reply
    assert wording.items["q1"] in done.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_item_comes_word_for_word_and_no_number_at_the_end(language: Language) -> None:
    wording = instruments()["phq9"].wordings[language]
    answers = ["0", "1", "2", "3", wording.options["q5"][1], "０", "2", "1", "0"]
    _, *asked = await talk(language, [STARTS[language], YES[language], *answers])
    for place, done in enumerate(asked[:-1], 1):
        options = "\n".join(f"{value}. {words}" for value, words in wording.options["q1"].items())
        assert done.reply.endswith(f"{place}/9  {wording.items[f'q{place}']}\n{options}")
        if place > 1:
            # Nothing is said between them.
            assert done.reply.startswith(f"{place}/9")
    last = asked[-1]
    assert small(last) == "done"
    assert asking(last).values == dict(
        zip([f"q{n}" for n in range(1, 10)], [0, 1, 2, 3, 1, 0, 2, 1, 0], strict=True)
    )
    assert asking(last).over
    assert screening(language) in last.reply
    assert ("问卷" if language == "zh" else "Questions to answer") in last.reply
    assert not any(letter.isdigit() for letter in last.reply)
    kept = to_keep(asked[-2].state.asking, last.state.asking)
    assert kept is not None
    assert kept.finished
    assert kept.asked_in == "talk"


SCRIPTS = {
    "zh": [
        (["选2"], {"q1": 2}, "item"),
        (["二"], {"q1": 2}, "item"),
        (["3。"], {"q1": 3}, "item"),
        (["几乎每天吧"], {"q1": 3}, "item"),
        (["1 好几天"], {"q1": 1}, "item"),
        (["1 几乎每天"], {}, "again"),
        (["4"], {}, "again"),
        (["第三个"], {}, "again"),
        (["有时候吧"], {}, "again"),
        (["1或者2吧"], {}, "again"),
        (["1", "跳过", "2"], {"q1": 1, "q3": 2}, "item"),
        (["1", "上一题"], {}, "item"),
        (["1", "上一题", "3"], {"q1": 3}, "item"),
        (["上一题"], {}, "item"),
        (["1", "停"], {"q1": 1}, "stopped"),
        (["1", "不做了", "继续", "2"], {"q1": 1, "q2": 2}, "item"),
        (["看不懂"], {}, "again"),
    ],
    "en": [
        (["2."], {"q1": 2}, "item"),
        (["two"], {"q1": 2}, "item"),
        (["Nearly every day"], {"q1": 3}, "item"),
        (["several days"], {"q1": 1}, "item"),
        (["1. several days"], {"q1": 1}, "item"),
        (["1. nearly every day"], {}, "again"),
        (["7"], {}, "again"),
        (["the third one"], {}, "again"),
        (["most days lol"], {}, "again"),
        (["2 or 3"], {}, "again"),
        (["1", "skip", "2"], {"q1": 1, "q3": 2}, "item"),
        (["1", "back"], {}, "item"),
        (["1", "go back", "3"], {"q1": 3}, "item"),
        (["back"], {}, "item"),
        (["1", "stop"], {"q1": 1}, "stopped"),
        (["1", "stop", "go on", "2"], {"q1": 1, "q2": 2}, "item"),
        (["idk"], {}, "again"),
    ],
}


@pytest.mark.parametrize(
    ("language", "answers", "values", "part"),
    [(language, *script) for language in LANGUAGES for script in SCRIPTS[language]],
)
async def test_a_script(
    language: Language, answers: list[str], values: dict[str, int], part: str
) -> None:
    *_, done = await talk(language, [STARTS[language], YES[language], *answers])
    assert small(done) == part
    assert asking(done).values == values
    if part == "again":
        assert instruments()["phq9"].wordings[language].items["q1"] in done.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_unclear_twice_it_is_talk_and_waits(language: Language) -> None:
    unclear = {"zh": ["大概吧", "不好说"], "en": ["maybe", "kinda"]}[language]
    *_, done = await talk(language, [STARTS[language], YES[language], *unclear])
    assert done.plan.small is None or not done.plan.small.startswith(QUESTIONS)
    assert asking(done).waiting
    assert not asking(done).values


@pytest.mark.parametrize("language", LANGUAGES)
async def test_talk_in_between_is_talked_about_and_it_waits(language: Language) -> None:
    wording = instruments()["phq9"].wordings[language]
    script = [STARTS[language], YES[language], "1", TALK[language], GOES_ON[language]]
    *_, told, done = await talk(language, script)
    assert not (told.plan.small or "").startswith(QUESTIONS)
    assert not any(words in told.reply for words in wording.items.values())
    assert asking(told).waiting
    assert small(done) == "resume"
    assert wording.items["q2"] in done.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_while_it_waits_a_number_is_none_of_its_answers(language: Language) -> None:
    *_, done = await talk(language, [STARTS[language], YES[language], TALK[language], "2"])
    assert not asking(done).values


@pytest.mark.parametrize("language", LANGUAGES)
async def test_asked_for_again_it_goes_on_where_it_was(language: Language) -> None:
    script = [STARTS[language], YES[language], "1", TALK[language], STARTS[language]]
    *_, done = await talk(language, script)
    assert small(done) == "resume"
    assert asking(done).values == {"q1": 1}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_is_taken_and_an_offer_lapses(language: Language) -> None:
    no = {"zh": "算了", "en": "no thanks"}[language]
    *_, done = await talk(language, [STARTS[language], no])
    assert small(done) == "dropped"
    *_, talked, done = await talk(language, [STARTS[language], TALK[language], YES[language]])
    assert talked.state.asking is None
    assert done.state.asking is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("value", "level"), [("1", "moderate"), ("3", "high")])
async def test_an_answer_of_danger_is_met_in_that_turn(
    language: Language, value: str, level: str
) -> None:
    before = await talk(language, [STARTS[language], YES[language], *"00000000"])
    events, done = await answered(
        value,
        person=PEOPLE[language],
        state=before[-1].state,
        parts=Parts(keeps_answers=True, model=RaisingModel()),
    )
    assert done.responder == "safety"
    assert done.episode.is_open
    assert done.episode.level == level
    assert asks(done.reply)
    assert any(isinstance(event, Pinned) for event in events)
    assert asking(done).waiting
    assert asking(done).values["q9"] == int(value)
    kept = to_keep(before[-1].state.asking, done.state.asking)
    assert kept is not None
    assert kept.finished
    wording = instruments()["phq9"].wordings[language]
    assert wording.items["q9"] not in done.reply
    assert screening(language) not in done.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_typed_danger_comes_first_and_it_waits(language: Language) -> None:
    *_, done = await talk(language, [STARTS[language], YES[language], "1", DANGER[language]])
    assert done.responder == "safety"
    assert done.episode.is_open
    assert asking(done).waiting
    assert asking(done).values == {"q1": 1}
    script = [STARTS[language], YES[language], "1", DANGER[language], "2", GOES_ON[language]]
    *_, after, on = await talk(language, script)
    assert asking(after).values == {"q1": 1}
    assert small(on) not in ("resume", "item")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_open_danger_none_is_begun(language: Language) -> None:
    *_, done = await talk(language, [DANGER[language], "phq-9"])
    assert done.state.asking is None
    assert done.episode.is_open


@pytest.mark.parametrize("language", LANGUAGES)
async def test_age_decides_which(language: Language) -> None:
    anxious = {"zh": "测一下焦虑", "en": "anxiety test please"}[language]
    (adult,) = await talk(language, [anxious], age="adult")
    assert asking(adult).instrument == "gad7"
    (teen,) = await talk(language, [anxious], age="14_15")
    assert asking(teen).instrument == "gad2"
    (child,) = await talk(language, [anxious], age="under_14")
    assert small(child) == "none"
    assert child.state.asking is None


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "来个压力测试"), ("en", "stress test please"), ("zh", "isi量表")]
)
async def test_what_has_no_words_here_is_not_asked(language: Language, text: str) -> None:
    (done,) = await talk(language, [text])
    assert small(done) == "none"


@pytest.mark.parametrize("text", ["我想做个心理测试", "can i do a mental health quiz"])
async def test_where_none_is_named_they_choose(text: str) -> None:
    language = written_in(text)
    chosen = {"zh": "测焦虑", "en": "anxiety test"}[language]
    first, second = await talk(language, [text, chosen])
    assert small(first) == "which"
    assert asking(second).instrument == "gad7"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_gaps_make_no_number(language: Language) -> None:
    skip = {"zh": "跳过", "en": "skip"}[language]
    script = [STARTS[language], YES[language], *[skip] * 3, *"000000"]
    *_, done = await talk(language, script)
    assert small(done) == "gaps"
    kept = to_keep(None, done.state.asking)
    assert kept is not None
    assert not kept.finished


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_nothing_is_kept_it_says_so(language: Language) -> None:
    script = [STARTS[language], YES[language], *"000000000"]
    first, *_, last = await talk(language, script, parts=Parts())
    words = ("不", "没") if language == "zh" else ("n't", "nothing", "none", "gone", "not")
    assert any(word in first.reply.lower() for word in words)
    assert small(last) == "done"
    assert ("今天这份" if language == "zh" else "today") not in last.reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_authored_words_lead_where_a_model_words_replies(language: Language) -> None:
    model = FakeModel(["Something of its own."])
    parts = Parts(model=model, keeps_answers=True)
    done = await talk(language, [STARTS[language], YES[language], "1", "0"], parts=parts)
    assert model.asked == []
    assert all((one.plan.small or "").startswith(QUESTIONS) for one in done)
    assert all(one.responder == "guided" for one in done)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_answer_in_words_is_no_guess_of_danger(language: Language) -> None:
    options = instruments()["phq9"].wordings[language].options["q1"]
    for value in (1, 2, 3):
        script = [STARTS[language], YES[language], *[options[value]] * 8, options[0]]
        *_, done = await talk(language, script)
        assert small(done) == "done"
        assert not done.episode.is_open
    *_, done = await talk(language, [STARTS[language], YES[language], *[options[0]] * 9])
    assert small(done) == "done"
    assert not done.episode.is_open


async def test_the_owners_words_stay_in_their_own_characters() -> None:
    person = replace(PEOPLE["zh"], locale="zh-TW")
    _, done = await answered("測一下憂鬱", person=person, parts=KEEPS)
    assert "題" in done.reply
    _, done = await answered("好", person=person, state=done.state, parts=KEEPS)
    wording = instruments()["phq9"].wordings["zh"]
    assert wording.stem in done.reply
    assert wording.items["q1"] in done.reply
    assert all(words in done.reply for words in wording.options["q1"].values())
    assert "數字" in done.reply


async def test_an_exercise_under_way_is_left_for_it() -> None:
    *_, done = await talk("zh", ["带我做个呼吸练习吧", "phq-9", "1", "2"])
    assert small(done) == "item"
    assert done.state.run is not None
    assert not done.state.run.going
    *_, done = await talk("zh", ["phq-9", "1", "带我做个呼吸练习吧", "7", "继续"])
    assert asking(done).values == {"q1": 1}
    assert asking(done).waiting


async def test_one_left_for_a_week_is_not_gone_on_with() -> None:
    done = await talk("zh", ["测一下抑郁", "好", "1", "停"])
    _, later = await answered(
        "继续", person=PEOPLE["zh"], state=done[-1].state, now=NIGHT + timedelta(days=8)
    )
    assert small(later) != "resume"


async def test_asking_leaves_nothing_to_talk_about() -> None:
    *_, done = await talk("zh", ["测一下抑郁", "好", "1", "2"])
    assert done.state.threads == ()
    assert done.found == ()


def test_what_was_taken_away_meanwhile_is_talk() -> None:
    gone = Asking("no_such", "zh", "0" * 32, date(2026, 11, 21), item="q1")
    assert heard(gone, "1") == ("talk", None)
    assert conversation.answered(gone, 1, gone.on).over


def test_states_of_before_are_read() -> None:
    one = Asking("phq9", "zh", "0" * 32, date(2026, 11, 21), {"q1": 2}, "q2", ("q3",), waiting=True)
    stored = dump(ConversationState(seed="s", asking=one))
    assert load(json.loads(json.dumps(stored))).asking == one
    del stored["asking"]
    assert load({**stored, "v": 6}).asking is None

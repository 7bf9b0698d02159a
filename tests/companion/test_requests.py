"""Plain requests, complaints and small facts: answered as what they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.plan.requests import CRITICISM, REQUESTS, now_slots
from qingting.companion.plan.small_talk import about_you, shape_of
from qingting.companion.plan.sums import sum_of
from qingting.companion.state import ConversationState
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import slots_of
from tests.companion.fakes import PEOPLE, RaisingModel, answered
from tests.companion.requests_heard import HEARD, LEFT
from tests.companion.talking import asks, said, written_in


@pytest.mark.parametrize(
    ("text", "shape"), [(text, shape) for shape, texts in HEARD.items() for text in texts]
)
def test_a_plain_request_or_complaint_is_known(text: str, shape: str) -> None:
    assert shape_of(text, written_in(text)) == shape


@pytest.mark.parametrize("text", LEFT)
def test_what_only_has_the_words_of_a_request_is_a_story(text: str) -> None:
    assert shape_of(text, written_in(text)) not in REQUESTS | {"another"}


@pytest.mark.parametrize(
    ("text", "shape"), [(texts[0], shape) for shape, texts in HEARD.items() if shape != "another"]
)
async def test_a_request_is_answered_with_its_own_words_and_nothing_after_them(
    text: str, shape: str
) -> None:
    (done,) = await said(text)
    lines = bank(written_in(text)).lines("moves", "small", shape)
    assert done.plan.small == shape
    if shape not in ("today", "sum"):
        assert done.reply in lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shape", sorted(set(HEARD) - {"another"}))
def test_every_request_has_words_enough(language: Language, shape: str) -> None:
    lines = bank(language).lines("moves", "small", shape)
    few = {"story": 8, "poem": 8, "song": 8, "repeating": 6, "unanswered": 6, "facts": 10}
    assert len(lines) >= few.get(shape, 12)
    for line in lines:
        assert {"weekday", "date", "time"} == slots_of(line) if shape == "today" else True
        assert not (shape == "too_many_questions" and asks(line)), line
        # Who says that it was no use is asked what would be.
        assert asks(line) or shape not in CRITICISM, line


async def test_the_time_is_told_on_the_clock_of_the_person() -> None:
    (zh,) = await said("几点了")
    for words in ("凌晨1点37分", "11月22日", "星期日"):
        assert words in zh.reply
    (en,) = await said("what time is it")
    for words in ("12:37 p.m.", "21 November", "Saturday"):
        assert words in en.reply


async def test_the_time_is_told_however_often_it_is_asked() -> None:
    for done in await said(*["几点了"] * 18):
        assert "1点37分" in done.reply


@pytest.mark.parametrize(
    ("hour", "minute", "zh", "en"),
    [
        (0, 5, "凌晨0点5分", "12:05 a.m."),
        (2, 37, "凌晨2点37分", "2:37 a.m."),
        (7, 0, "早上7点整", "7:00 a.m."),
        (11, 59, "上午11点59分", "11:59 a.m."),
        (12, 30, "中午12点30分", "12:30 p.m."),
        (15, 8, "下午3点8分", "3:08 p.m."),
        (22, 0, "晚上10点整", "10:00 p.m."),
        (23, 59, "夜里11点59分", "11:59 p.m."),
    ],
)
def test_a_time_is_said_as_people_say_it(hour: int, minute: int, zh: str, en: str) -> None:
    now = datetime(2026, 11, 25, hour, minute, tzinfo=UTC)
    told = {"weekday": "星期三", "date": "11月25日", "time": zh}
    assert now_slots(now, "UTC", "zh") == told
    assert now_slots(now, "UTC", "en") == {
        "weekday": "Wednesday",
        "date": "25 November",
        "time": en,
    }
    assert now_slots(now, "Nowhere/At_All", "zh") == told


@pytest.mark.parametrize("text", ["你别老问我了", "stop asking me questions"])
async def test_after_too_many_questions_the_next_replies_ask_nothing(text: str) -> None:
    zh = ("她把我东西扔了", "在吗", "我也不想理她")
    en = ("she threw my things out", "hi", "i hate living here")
    for seed in range(8):
        state = ConversationState(seed=f"{seed}")
        done = await said(text, *(zh if written_in(text) == "zh" else en), state=state)
        assert [asks(one.reply) for one in done[:3]] == [False] * 3
        assert done[0].state.quiet
        assert not done[2].state.quiet


async def test_another_one_is_another_of_the_same() -> None:
    done = await said("讲个笑话", "哈哈哈", "再来一个", "还有吗")
    assert [one.plan.small for one in done] == ["joke", "laugh", "joke", "joke"]
    assert len({one.reply for one in done}) == 4
    (alone,) = await said("再来一个")
    assert alone.plan.small is None


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("我想死，药都攒好了", "讲个笑话"),
        ("我一直在想自杀的事", "几点了"),
        ("我一直在想自杀的事", "安慰安慰我"),
        ("i keep thinking about killing myself", "tell me a joke"),
        ("i want to kill myself tonight, i have the pills", "you're useless"),
        ("i keep thinking about killing myself", "im bored"),
    ],
)
async def test_in_open_danger_the_words_of_danger_go_on(first: str, text: str) -> None:
    _, done = await said(first, text)
    assert done.responder == "safety"
    assert done.plan.small is None


@pytest.mark.parametrize("text", ["今天周几", "what day is it"])
async def test_no_danger_is_guessed_out_of_a_plain_request(text: str) -> None:
    (done,) = await said(text)
    assert done.episode.level in ("none", "low")
    assert done.plan.small == "today"


@pytest.mark.parametrize(
    "text", ["几点了", "am i pretty", "推荐个电影", "help me with my homework"]
)
async def test_what_must_be_true_is_left_to_no_model(text: str) -> None:
    _, done = await answered(
        text, person=PEOPLE[written_in(text)], parts=Parts(model=RaisingModel())
    )
    assert done.responder == "guided"


async def test_a_request_is_no_piece_of_the_story() -> None:
    (done,) = await said("im bored")
    assert not done.state.threads
    assert done.state.topic is None


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("我要睡了，先给我讲个笑话吧", "joke"),
        ("烦死了 不想说了 给我讲个笑话", "joke"),
        ("现在几点了，我还不困", "today"),
        ("你说的都是废话，算了", "criticism"),
        ("唉，你没回答我的问题啊", "unanswered"),
        ("哎 12乘以13等于多少", "sum"),
        ("睡不着，给我讲个故事吧", "story"),
        ("ok sleeping. can you tell me a joke first", "joke"),
        ("ugh, long day. tell me a joke", "joke"),
        ("what time is it, i cant sleep", "today"),
        ("whatever. you're not helping", "criticism"),
        ("i'm in bed now. tell me a story", "story"),
    ],
)
async def test_a_request_beside_a_few_other_words_is_answered(text: str, shape: str) -> None:
    (done,) = await said(text)
    assert done.plan.small == shape


@pytest.mark.parametrize(
    "text",
    [
        "你没在听，他就这么说我",
        "他说，你说的都是废话",
        "妈妈骂我，你烦不烦",
        "我跟我爸吵了一架，他把我的东西都扔出去了，我站在楼下不知道去哪儿，陪我聊聊天",
        "he yelled at me. you're useless, he said",
        "she said: you're not helping",
        "talk to me. my dad has been in the hospital since tuesday and nobody tells us anything",
    ],
)
async def test_what_somebody_else_said_or_a_story_beside_it_is_no_request(text: str) -> None:
    (done,) = await said(text)
    assert done.plan.small not in REQUESTS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12乘以13", "12×13=156"),
        ("35+47等于多少", "35+47=82"),
        ("帮我算一下100除以8", "100÷8=12.5"),
        ("what's 7 x 8?", "7×8=56"),
        ("what is 100 divided by 7", "100÷7≈14.29"),
        ("15 minus 20", "15-20=-5"),
        ("9/11", None),
        ("24/7", None),
        ("12-13", None),
        ("7除以0", None),
        ("我考了12-13分", None),
        ("3-4点才睡", None),
        ("he was 5 times late and 3 times drunk", None),
        ("2026-03-02", None),
    ],
)
def test_a_small_sum_is_worked_out(text: str, told: str | None) -> None:
    assert sum_of(text) == told


@pytest.mark.parametrize(
    ("text", "told"), [("12乘以13", "12×13=156"), ("what's 12 times 13", "156")]
)
async def test_a_small_sum_is_told_however_often(text: str, told: str) -> None:
    for done in await said(*[text] * 8):
        assert told in done.reply


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("外卖又送错了", "你还记得我第一句说的什么吗"),
        ("我妈不让我转专业", "我一开始说的是什么"),
        ("i got a C in orgo", "do you remember what i said first"),
        ("my roommate ate my noodles", "what did i say first"),
    ],
)
async def test_their_first_line_is_told_word_for_word(first: str, asked: str) -> None:
    between = ("今天下雨了", "食堂的面还行") if written_in(first) == "zh" else ("it rained", "ok")
    done = (await said(first, *between * 5, asked))[-1]
    assert f"“{first}”" in done.reply or f'"{first}"' in done.reply


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("我不想活了", "你还记得我第一句说的什么吗"),
        ("i want to kill myself", "do you remember what i said first"),
    ],
)
async def test_words_of_danger_are_not_said_back_when_asked_for(first: str, asked: str) -> None:
    done = (await said(first, asked))[-1]
    assert first not in done.reply
    assert not done.state.first


async def test_a_first_line_that_was_not_kept_is_not_made_up() -> None:
    state = ConversationState(seed="old", turns=40)
    (done,) = await said("do you remember what i said first", state=state)
    assert done.plan.small == "about_you.first_said"
    assert done.reply in bank("en").lines("moves", "about_you", "first_said")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("谁在看这个", "privacy"),
        ("这里有谁能看到", "privacy"),
        ("who reads this", "privacy"),
        ("so who sees this stuff", "privacy"),
        ("does anyone else read this", "privacy"),
        ("他在看这个", None),
        ("who reads books anymore", None),
    ],
)
def test_who_reads_this_is_one_question(text: str, about: str | None) -> None:
    assert about_you(text) == about

"""The commonest choices get a real answer, where they are asked about and only there; and what is
asked is never said back as if it were done."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.understand.situations import advice_on, is_advice, situation_of
from qingting.companion.words.bank import bank
from tests.companion.talking import asks, said

# Said in ways that stand in no file.
ASKED: dict[str, tuple[str, ...]] = {
    "advice_people.text_the_ex": ("有点想前任了，要不要发条微信", "should i send him a text or no"),
    "advice_people.answer_the_ex": (
        "他昨天突然联系我了，要不要理他",
        "he texted me at 1 do i answer",
    ),
    "advice_people.confess": ("我该跟他表白吗", ""),
    "advice_people.say_sorry_first": (
        "跟室友冷战三天了，该不该我先开口",
        "should i say sorry first",
    ),
    "advice_people.talk_to_roommate": (
        "室友老外放，要不要跟她讲一声",
        "my flatmate never cleans, should i bring it up",
    ),
    "advice_people.lend_money": ("朋友又找我借钱，借吗", "a friend wants to borrow 50, should i"),
    "advice_people.tell_parents_grades": (
        "挂科的事该不该跟我妈讲",
        "should i tell mom about my f in chem",
    ),
    "advice_people.go_to_party": ("后天同学会我要不要去", "should i go to her birthday thing"),
    "advice_school.sleep_or_work": ("两点了，睡还是接着背", "sleep or keep going with this essay"),
    "advice_school.take_leave": ("头好晕 明天要不要请假", ""),
    "advice_school.drop_class": ("这门选修要不要退了", "should i drop this course"),
    "advice_school.quit_club": ("学生会好没意思，要不要退", "should i quit the debate team"),
    "advice_school.grad_exam": ("你说我要不要考研", ""),
    "advice_school.second_try": ("差三分，要不要二战", ""),
    "advice_school.civil_service": ("我该不该考公", ""),
    "advice_life.eat_now": ("一点了饿得慌，要不要点个外卖", "should i eat or just go to bed"),
    "advice_life.see_a_doctor": ("咳了半个月了，要不要去医院看看", "do i need to see a doctor"),
    "advice_life.move_out": ("要不要从家里搬出去", "should i move out next month"),
    "advice_life.boss_at_night": (
        "组长夜里十二点发消息，要不要回",
        "manager texted on my day off, should i reply",
    ),
    "advice_life.take_the_offer": ("第一个offer要不要接", ""),
    "advice_life.quit_job": ("要不要裸辞啊", "should i quit my job without a new one"),
}


@pytest.mark.parametrize(
    ("key", "text"), [(k, t) for k, texts in ASKED.items() for t in texts if t]
)
async def test_a_common_choice_gets_a_leaning_and_one_question(key: str, text: str) -> None:
    (done,) = await said(text)
    assert done.plan.situation is not None, done.reply
    assert done.plan.situation.key == key
    language: Language = done.reading.language
    leaning = bank(language).lines(*done.plan.situation.path("notice"))
    assert any(done.reply.startswith(line) for line in leaning)
    assert done.reply.count("？") + done.reply.count("?") <= 2
    assert done.plan.why == "asked_for_advice"


async def test_what_was_told_just_before_is_what_a_bare_question_is_about() -> None:
    for told, question, key in (
        ("社团真的好累 我想退", "你觉得呢", "advice_school.quit_club"),
        ("我妈还不知道我挂科了", "要不要跟她说", "advice_people.tell_parents_grades"),
        ("朋友又来找我借钱了", "借还是不借", "advice_people.lend_money"),
        ("im so done with band", "should i quit", "advice_school.quit_club"),
        ("my boss texted me at 11pm", "do i reply", "advice_life.boss_at_night"),
    ):
        *_, last = await said(told, question)
        assert last.plan.situation is not None, question
        assert last.plan.situation.key == key


@pytest.mark.parametrize(
    "text",
    [
        "我跟他表白了",
        "我已经退社了",
        "室友借钱没还",
        "昨天去医院了 没事",
        "我妈问我要不要吃西瓜",
        "碰到人我就说我来借打气筒",
        "考不上就嫁一个",
        "i texted my ex",
        "i quit the team in may",
        "my sister asked if she should move out",
        "we ate at the party",
        "the doctor said it's fine",
    ],
)
async def test_who_only_tells_is_given_no_advice(text: str) -> None:
    (done,) = await said(text)
    assert done.plan.situation is None or not is_advice(done.plan.situation), done.reply


async def test_a_choice_we_have_no_answer_for_is_not_decided_and_not_dressed_up() -> None:
    openers = ("咱们不求一次想通", "Let's aim for a slightly easier evening")
    for text in ("你说要不要把绿色那件留下", "should i take the blue one or the green one"):
        (done,) = await said(text)
        assert done.plan.situation is None
        assert not done.reply.startswith(openers)


async def test_nothing_is_advised_in_the_midst_of_danger() -> None:
    *_, last = await said("我不想活了", "要不要给前任发消息")
    assert last.plan.situation is None or not is_advice(last.plan.situation)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_advice_is_looked_up_only_where_it_is_asked_for(language: Language) -> None:
    text = "考研还是工作" if language == "zh" else "should i text him"
    assert advice_on(text, language) is not None
    told = situation_of(text, language)
    assert told is None or not is_advice(told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_enough_choices_and_each_is_whole(language: Language) -> None:
    words = bank(language)
    names = {
        path[1:4]
        for path in words.paths()
        if path[0] == "situations" and path[1].startswith("advice_")
    }
    assert len(names) >= 40
    for name in names:
        for kind in ("notice", "step", "ask"):
            assert words.lines("situations", *name, kind), (name, kind)


STOCK = (
    "那之后你去干嘛了",
    "要是能重来那一分钟",
    "哪一部分是你一个人扛的",
    "气多一点",
    "想说没说的",
    "What do you wish somebody had noticed",
    "If you had that one minute again",
    "Which part of that did you carry by yourself",
    "is it more anger",
)


async def test_small_everyday_talk_is_answered_small() -> None:
    for talk in (
        ("外卖还送错了", "泡面吧", "明天问学委", "题目是我的家乡", "老师上课摔了 哈哈哈", "下雨了"),
        ("theres ramen", "i got two plates", "lol", "i missed the bus", "it's raining", "hat?"),
    ):
        for done in await said(*talk):
            assert not any(line in done.reply for line in STOCK), done.reply
            assert len(done.reply) < 90, done.reply
            assert done.plan.offer is None


async def test_a_nod_asks_at_most_one_thing_and_a_question_to_us_is_not_said_back() -> None:
    for text in ("你觉得我去吗", "那四十七张票我要不要丢嘛", "do i even have to wear it"):
        (done,) = await said(text)
        words = "那四十七张票你" if "票" in text else "you even have to"
        assert words not in done.reply
        assert asks(done.reply) or done.plan.question


async def test_why_is_told_truly() -> None:
    (mishap,) = await said("外卖送错了")
    assert mishap.plan.why == "small_thing"
    assert mishap.plan.public()["remark"] == "mishap"

"""Who says that it is not getting better is believed at once, and something changes."""

from __future__ import annotations

import pytest

from qingting.companion.parts import Parts
from qingting.companion.plan.no_better import NO_BETTER, chosen_way, tells_no_better
from qingting.companion.state import ConversationState, dump, load
from tests.companion.fakes import PEOPLE, FakeModel, answered
from tests.companion.talking import asks, said, written_in

TOLD = (
    "聊了这么久也没用",
    "做了练习还是一样",
    "聊了一个月了，还是没好起来",
    "我一直没好起来",
    "心情一点没变，越来越糟",
    "跟你聊了这么多也没什么用",
    "呼吸练习没效果",
    "还是没好转",
    "感觉根本没有变好",
    "试了这么多次，还是老样子",
    "你教的办法不管用",
    "这几周越来越难受",
    "nothing helps",
    "it's not helping",
    "this isn't working",
    "i don't think it's getting better",
    "im not getting any better",
    "talking to you doesn't help",
    "been doing this for weeks and nothing's changed",
    "the breathing doesn't do anything",
    "i still feel exactly the same",
    "it's getting worse honestly",
    "months of this and still the same",
    "none of this is working",
)
LEFT = (
    "感冒一直没好",
    "我跟我妈说了也没用",
    "跟室友沟通没用，他就那样",
    "他一直没好起来，我好担心",
    "英语听力刷了这么多题也没用",
    "聊天记录没了",
    "要是一直没好起来怎么办？",
    "今天好多了",
    "成绩越来越差",
    "我妈的身体越来越差",
    "my cough isn't getting better",
    "my mum is not getting better",
    "he's getting worse",
    "is it getting better?",
    "the wifi isn't working",
    "my grades are getting worse",
    "nothing special today",
    "it's getting better i think",
    "if it gets worse i'll call",
    "talking to my dad doesn't help",
)


@pytest.mark.parametrize("text", TOLD)
def test_it_is_heard(text: str) -> None:
    assert tells_no_better(text, written_in(text))


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_is_a_story(text: str) -> None:
    assert not tells_no_better(text, written_in(text))


@pytest.mark.parametrize("text", ["聊了这么久也没用", "it's not helping"])
async def test_they_are_believed_and_given_two_ways(text: str) -> None:
    (done,) = await said(text)
    assert done.plan.small == f"{NO_BETTER}told"
    assert done.plan.offer == "person"
    assert asks(done.reply)
    words = ("法子", "真人", "人") if written_in(text) == "zh" else ("way", "person", "somebody")
    assert any(word in done.reply for word in words)
    for never in ("坚持", "加油", "keep at it", "keep going", "it takes time"):
        assert never not in done.reply.replace("不劝你再坚持坚持", "").replace(
            "I won't tell you to keep at it", ""
        )


@pytest.mark.parametrize(
    ("text", "choice", "small"),
    [
        ("聊了这么久也没用", "换个法子", "offered"),
        ("聊了这么久也没用", "找个人吧", "person"),
        ("聊了这么久也没用", "嗯", "either"),
        ("it's not helping", "something different", "offered"),
        ("it's not helping", "a person i guess", "person"),
        ("it's not helping", "idk", "either"),
    ],
)
async def test_what_they_choose_is_done(text: str, choice: str, small: str) -> None:
    *_, done = await said(text, choice)
    assert done.plan.small == f"{NO_BETTER}{small}"
    assert (done.plan.exercise is not None) is (small == "offered")
    if small == "offered":
        *_, begun = await said(text, choice, "好" if written_in(text) == "zh" else "ok")
        assert begun.plan.part == "begin"


async def test_made_plain_once_more_the_choice_still_stands() -> None:
    *_, done = await said("聊了这么久也没用", "随便", "找个人")
    assert done.plan.small == f"{NO_BETTER}person"


async def test_who_wants_no_exercise_is_given_another_way_of_talking() -> None:
    *_, done = await said("不想做练习", "聊了这么久也没用", "换个法子")
    assert done.plan.small == f"{NO_BETTER}way"
    assert done.plan.exercise is None
    assert done.state.listen_only


async def test_a_story_told_instead_is_listened_to() -> None:
    *_, done = await said("聊了这么久也没用", "我室友今天又把我的东西扔了，烦死了")
    assert not (done.plan.small or "").startswith(NO_BETTER)


@pytest.mark.parametrize("text", ["聊了这么久也没用", "nothing helps"])
async def test_in_open_danger_the_words_of_danger_go_on(text: str) -> None:
    first = "我想死" if written_in(text) == "zh" else "i want to kill myself"
    _, done = await said(first, text)
    assert not (done.plan.small or "").startswith(NO_BETTER)
    assert done.episode.is_open
    assert asks(done.reply)


async def test_authored_words_lead_where_a_model_words_replies() -> None:
    parts = Parts(model=FakeModel(["You will be fine, just keep going."]))
    _, done = await answered("it's not helping", person=PEOPLE["en"], parts=parts)
    assert done.plan.small == f"{NO_BETTER}told"
    assert "?" in done.reply


def test_outside_of_the_choice_the_words_mean_nothing() -> None:
    assert chosen_way("我想找个工作，不知道行不行，最近投了好多简历", "zh") is None


def test_states_of_before_are_read() -> None:
    stored = dump(ConversationState(seed="s", choice_turn=3))
    assert load(stored).choice_turn == 3
    del stored["choice"]
    assert load({**stored, "v": 5}).choice_turn == -10

"""Language, feelings, needs, refusals and topics."""

from __future__ import annotations

import pytest

from qingting.companion.understand import understand
from qingting.companion.understand.reading import Feeling, Need


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今天好累", "zh"),
        ("so tired today", "en"),
        ("今天真的 so tired 啊", "zh"),
        ("my 室友 is so loud and i can't sleep at all", "en"),
        ("bu xiang huo le", "zh"),
        ("我覺得很累", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert understand(text).language == language


@pytest.mark.parametrize("text", ["", "...", "123", "😭😭", "ok"])
def test_no_language_shown_falls_back(text: str) -> None:
    assert understand(text, default_language="en").language == "en"
    assert understand(text, default_language="zh").language == "zh"


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("我觉得我快撑不住了", "overwhelm"),
        ("I think I'm falling apart", "overwhelm"),
        ("好难过", "sadness"),
        ("i feel so lonely", "loneliness"),
        ("没人懂我", "loneliness"),
        ("好害怕", "fear"),
        ("i hate myself, so worthless", "shame"),
        ("都是我的错，好愧疚", "guilt"),
        ("😭😭😭", "sadness"),
        ("i feel numb", "numbness"),
        ("我覺得好孤獨", "loneliness"),
    ],
)
def test_the_strongest_feeling(text: str, feeling: Feeling) -> None:
    read = understand(text).feeling
    assert read is not None
    assert read.label == feeling


@pytest.mark.parametrize("text", ["我不难过", "not sad", "今天吃了面", "i'm not lonely"])
def test_denied_or_absent_feelings_are_not_heard(text: str) -> None:
    assert understand(text).feeling is None


def test_intensity_words_change_strength() -> None:
    strong, plain, weak = (understand(text).feeling for text in ("特别难过", "难过", "有点难过"))
    assert strong is not None
    assert plain is not None
    assert weak is not None
    assert strong.strength > plain.strength > weak.strength


@pytest.mark.parametrize("text", ["我觉得我快撑不住了", "I think I'm falling apart"])
def test_falling_apart_is_low_and_overwhelm_is_strong(text: str) -> None:
    reading = understand(text)
    assert reading.risk.level == "low"
    assert reading.feeling is not None
    assert reading.feeling.strength >= 0.8


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("我该怎么办", "advice"),
        ("what should i do", "advice"),
        ("教我放松一下", "exercise"),
        ("can we do a breathing exercise", "exercise"),
        ("我想找真人聊聊", "human"),
        ("can i talk to a real person", "human"),
        ("不聊了", "stop"),
        ("bye", "stop"),
        ("你是真人吗", "about_you"),
        ("are you an AI", "about_you"),
        ("do you remember me", "about_you"),
        ("室友今天又没理我", "vent"),
        ("my day was awful", "vent"),
        ("抑郁和难过有什么区别，请问一下", "information"),
    ],
)
def test_need(text: str, need: Need) -> None:
    assert understand(text).need == need


@pytest.mark.parametrize("text", ["不想", "不用了", "no thanks", "别问了", "i'd rather not"])
def test_refusals(text: str) -> None:
    assert understand(text).refused


@pytest.mark.parametrize("text", ["好的", "我不想上学了，好累", "ok", "i failed"])
def test_not_refusals(text: str) -> None:
    assert not understand(text).refused


def test_topics_carry_the_persons_own_word() -> None:
    topics = understand("期末掛科了，不知道怎麼跟家裡說").topics
    if not topics:
        pytest.skip("no topic packs here yet")
    assert len(topics) <= 3
    assert all(topic.cue in "期末掛科了，不知道怎麼跟家裡說" for topic in topics)

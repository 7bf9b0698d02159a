"""What a message means because of what was said before it."""

from __future__ import annotations

import pytest

from qingting.companion.understand import Heard, understand
from qingting.companion.understand.answers import shift_heard
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.reading import at_least

ASKED_ZH = [
    Heard("person", "最近真的很累"),
    Heard("companion", "你有没有想过结束自己的生命？"),
]
ASKED_EN = [Heard("companion", "Are you thinking about ending your life?")]
DANGER = [
    Heard("person", "我不想活了"),
    Heard("companion", "谢谢你说出来。"),
]


@pytest.mark.parametrize("text", ["是的", "嗯", "有", "想过", "嗯嗯，每天都想"])
def test_yes_to_the_direct_question_is_a_disclosure(text: str) -> None:
    risk = understand(text, ASKED_ZH).risk
    assert at_least(risk.level, "high")
    assert risk.levels["suicide"] == risk.level


@pytest.mark.parametrize("text", ["yes", "yeah", "i am", "i do. every day"])
def test_yes_in_english(text: str) -> None:
    assert at_least(understand(text, ASKED_EN).risk.level, "high")


@pytest.mark.parametrize("text", ["偶尔", "有时候", "不知道", "可能吧"])
def test_sometimes_is_moderate(text: str) -> None:
    assert understand(text, ASKED_ZH).risk.level == "moderate"


@pytest.mark.parametrize("text", ["sometimes", "kind of", "idk", "maybe"])
def test_sometimes_in_english(text: str) -> None:
    assert understand(text, ASKED_EN).risk.level == "moderate"


@pytest.mark.parametrize("text", ["没有", "没有啦", "没想过"])
def test_no_is_a_denial_and_not_nothing(text: str) -> None:
    risk = understand(text, ASKED_ZH).risk
    assert risk.shift == "denial"
    assert risk.level == "low"


@pytest.mark.parametrize("text", ["没人知道", "没人在意", "没用的", "没意思", "没救了"])
def test_what_begins_like_a_no_and_is_none_denies_nothing(text: str) -> None:
    assert understand(text, ASKED_ZH).risk.shift != "denial"


def test_no_in_english_is_a_denial() -> None:
    assert understand("no", ASKED_EN).risk.shift == "denial"


def test_yes_without_a_question_is_nothing() -> None:
    assert understand("嗯").risk.level == "none"
    assert understand("yes", [Heard("companion", "Did you eat today?")]).risk.level == "none"


def test_yes_to_hurting_oneself_is_self_harm() -> None:
    asked = [Heard("companion", "你会伤害自己吗？")]
    risk = understand("会", asked).risk
    assert risk.levels == {"self_harm": "moderate"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("你想用的东西现在在手边吗？", "就在桌上"),
        ("你有没有想好什么时候？", "今晚"),
    ],
)
def test_means_near_or_time_soon_is_imminent(asked: str, text: str) -> None:
    history = [*ASKED_ZH, Heard("person", "嗯"), Heard("companion", asked)]
    assert understand(text, history).risk.level == "imminent"


@pytest.mark.parametrize("text", ["没事了", "我想通了", "i'm fine now", "never mind"])
def test_sudden_calm_after_danger_is_marked(text: str) -> None:
    risk = understand(text, DANGER).risk
    assert risk.shift == "calm"
    assert at_least(risk.level, "low")


@pytest.mark.parametrize("text", ["谢谢你，再见", "bye, thank you for everything"])
def test_a_goodbye_after_danger_is_marked(text: str) -> None:
    risk = understand(text, DANGER).risk
    assert risk.shift == "goodbye"
    assert at_least(risk.level, "moderate")


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("i have to go now", "goodbye"),
        ("gotta go", "goodbye"),
        ("im off", "goodbye"),
        ("thats all for now", "goodbye"),
        ("那我先走了", "goodbye"),
        ("走了，拜拜", "goodbye"),
        ('i wrote "goodbye everyone"', "goodbye"),
        ("its not in the house. id have to go and get it", None),
        ("i gotta go get it", None),
        ("i have to go to school", None),
        ("im going to tell her", None),
        ("i take care of my gran", None),
        ("im just tired thats all", None),
        ("室友都走了", None),
        ("我好怕再见到他", None),
        ("她特别了解我", None),
        ("im okay", "calm"),
        ("feeling better now", "calm"),
        ("好多了", "calm"),
        ("突然很平静", "calm"),
        ("轻松多了", "calm"),
        ("ok i changed it to 'hey im not doing good can you call me'. sent", None),
        ('i sent her "im fine now"', None),
        ("im not okay", None),
        ("i dont feel better", None),
        ("要是能消失就好了", None),
        ("他们就轻松了", None),
        ("没办法平静下来", None),
        ("i didnt mean it", "denial"),
        ("i told her 'im not going to do anything' but idk", None),
    ],
)
def test_a_change_of_tone_is_heard_only_where_it_is_one(text: str, shift: str | None) -> None:
    assert shift_heard(cleaned(text).text) == shift


def test_the_same_words_without_danger_before_are_only_words() -> None:
    assert understand("没事了").risk.shift is None
    assert understand("谢谢你，再见").risk.level == "none"


def test_a_counsellor_who_asks_is_heard_too() -> None:
    asked = [Heard("counsellor", "Have you had thoughts of suicide?")]
    assert at_least(understand("yes", asked).risk.level, "high")

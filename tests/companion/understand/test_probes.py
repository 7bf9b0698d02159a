"""Answers that are dangerous only after their question, with the examples the probes keep."""

from __future__ import annotations

from typing import Any

import pytest

from qingting.companion.understand import Heard, understand
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.reading import Risk, at_least
from qingting.companion.understand.ruled import Told, by_rules

Entry = dict[str, Any]
DANGER = {"zh": Heard("person", "我不想活了"), "en": Heard("person", "i want to kill myself")}


def examples(*which: str) -> list[Any]:
    return [
        pytest.param(entry, asked, text, id=f"{entry['name']}-{text}")
        for entry in table("probes")["probe"]
        for part in which
        for asked, text in entry.get(part, ())
    ]


def read(asked: str, text: str, *, danger: bool = False) -> Risk:
    language = "en" if asked.isascii() else "zh"
    before = [DANGER[language]] if danger else []
    return by_rules(Told(text, [*before, Heard("companion", asked)]), "en").reading.risk


@pytest.mark.parametrize(("entry", "asked", "text"), examples("hear"))
def test_an_answer_is_heard(entry: Entry, asked: str, text: str) -> None:
    assert at_least(read(asked, text).levels.get(entry["kind"], "none"), entry["alone"])


@pytest.mark.parametrize(("entry", "asked", "text"), examples("hear", "hear_after_danger"))
def test_an_answer_after_danger_is_heard(entry: Entry, asked: str, text: str) -> None:
    risk = read(asked, text, danger=True)
    assert at_least(risk.levels.get(entry["kind"], "none"), entry["level"])


@pytest.mark.parametrize(("entry", "asked", "text"), examples("leave"))
def test_what_only_looks_like_it_is_left(entry: Entry, asked: str, text: str) -> None:
    assert not at_least(read(asked, text).level, "moderate")


@pytest.mark.parametrize(("entry", "asked", "text"), examples("leave_after_danger"))
def test_what_only_looks_like_it_is_left_after_danger(entry: Entry, asked: str, text: str) -> None:
    assert not at_least(read(asked, text, danger=True).level, "moderate")


@pytest.mark.parametrize(
    ("asked", "text", "heard"),
    [
        ("Tired as in needing sleep, or tired of being alive?", "the second one", True),
        ("Tired as in needing sleep, or tired of being alive?", "both", True),
        ("Tired as in needing sleep, or tired of being alive?", "the first", False),
        ("Would you rather sleep, or talk for a bit?", "the second one", False),
        ("Would you rather sleep, or talk for a bit?", "both", False),
        ("你是想歇一歇，还是不想活了？", "后者", True),
        ("你是想歇一歇，还是不想活了？", "都有吧", True),
        ("你是想歇一歇，还是不想活了？", "前者", False),
        ("想吃米饭还是面？", "都有", False),
    ],
)
def test_one_half_of_a_question_is_taken(asked: str, text: str, heard: bool) -> None:
    assert at_least(read(asked, text).level, "moderate") is heard


@pytest.mark.parametrize(
    ("asked", "text"),
    [("Has he ever hit you?", "twice"), ("最近有没有弄伤自己？", "昨晚"), ("你在哪？", "栏杆外面")],
)
def test_the_heads_do_not_take_it_back(asked: str, text: str) -> None:
    assert at_least(understand(text, [Heard("companion", asked)]).risk.level, "moderate")


def test_a_grave_clause_in_a_long_telling_is_read_by_itself() -> None:
    text = (
        "今天食堂换了新的阿姨，打饭终于不手抖了，我多要了一勺番茄炒蛋。"
        "他昨晚又掐着我的脖子把我往墙上撞，我耳朵到现在还在响。"
        "下午体测跑了八百米，腿像灌了铅，回来路上买了根烤肠，老板还多送了一根。"
    )
    assert at_least(understand(text).risk.level, "moderate")

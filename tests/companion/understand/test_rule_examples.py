"""Rules of danger with the examples they keep in content/lexicon: what each hears, what it leaves.

Read by the rules alone, so that a rule stands on its own whatever the heads beside it have learned.
"""

from __future__ import annotations

from typing import Any

import pytest

from qingting.companion.understand import Heard, hits
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.reading import Risk, at_least
from qingting.companion.understand.ruled import Told, by_rules

Entry = dict[str, Any]
ENTRIES: list[Entry] = [
    entry for file in hits.FILES for entry in table(file)["rule"] if "leave" in entry
]


def examples(which: str) -> list[Any]:
    return [
        pytest.param(entry, text, id=f"{entry['name']}-{text}")
        for entry in ENTRIES
        for text in entry.get(which, ())
    ]


def read(text: str, before: str | None = None) -> Risk:
    history = [Heard("person", before), Heard("companion", "...")] if before else []
    return by_rules(Told(text, history), "en").reading.risk


@pytest.mark.parametrize(("entry", "text"), examples("hear"))
def test_a_rule_hears_its_examples_as_the_person_s_own(entry: Entry, text: str) -> None:
    risk = read(text, entry.get("before"))
    assert risk.subject == "self"
    assert risk.kinds[0] == entry["kind"]
    assert at_least(risk.levels[entry["kind"]], entry["level"])


@pytest.mark.parametrize(("entry", "text"), examples("others"))
def test_a_rule_hears_it_of_somebody_else(entry: Entry, text: str) -> None:
    risk = read(text, entry.get("before"))
    assert risk.subject == "other"
    assert at_least(risk.levels[entry["kind"]], entry["level"])


@pytest.mark.parametrize(("entry", "text"), examples("leave"))
def test_a_rule_leaves_what_only_looks_like_it(entry: Entry, text: str) -> None:
    risk = read(text, entry.get("before"))
    heard = risk.levels.get(entry["kind"], "none")
    assert risk.subject == "other" or not at_least(heard, entry["level"])


@pytest.mark.parametrize("entry", [e for e in ENTRIES if "before" in e], ids=lambda e: e["kind"])
def test_a_rule_that_needs_danger_before_is_calmer_without_it(entry: Entry) -> None:
    assert all(not at_least(read(text).level, entry["level"]) for text in entry["hear"])
    if entry["alone"] == "low":
        assert all(not at_least(read(text).level, "moderate") for text in entry["hear"])


@pytest.mark.parametrize(
    "text",
    [
        "my best mate told me shes going to kill herself",
        "my mum says she's going to hurt herself tonight",
        "they're going to kill themselves",
    ],
)
def test_what_somebody_else_may_do_to_themselves_is_theirs_and_no_anger(text: str) -> None:
    risk = read(text)
    assert risk.subject == "other"
    assert "violence" not in risk.levels


@pytest.mark.parametrize(
    "text",
    [
        "i keep lying here thinking it wouldnt be the worst thing if i just didnt wake up tmrw",
        "feels like hell, i want to disappear forever",
    ],
)
def test_here_and_hell_are_nobody(text: str) -> None:
    assert read(text).subject == "self"


@pytest.mark.parametrize(
    "text",
    [
        "he touches me and says its our game",
        "he forced me to have sex",
        "he's threatening to leak my nudes",
        "他拍了我的裸照要发给我同学",
        "他强吻我",
    ],
)
def test_what_is_done_to_the_person_is_theirs_whoever_does_it(text: str) -> None:
    assert read(text).subject == "self"


@pytest.mark.parametrize(
    "text", ["my friend told me she was raped", "我朋友被她老板性骚扰了", "她被邻居猥亵了"]
)
def test_what_is_done_to_somebody_else_is_theirs(text: str) -> None:
    assert read(text).subject == "other"


def test_fainting_beside_not_eating_is_led_by_the_eating() -> None:
    assert read("i havent eaten since tuesday and i fainted in class").kinds[0] == "eating_disorder"
    assert read("i just fainted, my chest hurts").kinds[0] == "panic"


@pytest.mark.parametrize(
    "text",
    [
        "我妈…让我去死",
        "我妈今天当着亲戚的面又让我去死",
        "my mom told me to go die",
        "my ex told me to hang myself",
    ],
)
def test_told_to_die_by_somebody_is_hurt_and_no_wish(text: str) -> None:
    risk = read(text)
    assert risk.levels["abuse"] == "moderate"
    assert "suicide" not in risk.levels


@pytest.mark.parametrize("text", ["求求你让我去死吧", "就让我去死", "让我死了算了"])
def test_a_plea_to_be_let_die_is_a_wish(text: str) -> None:
    assert at_least(read(text).levels["suicide"], "high")


@pytest.mark.parametrize(
    "text",
    [
        "去医院会不会把我关起来",
        "我怕告诉老师会被抓起来",
        "cant sleep again, third night",
        "i want to stop my sertraline, can i just stop",
        "吃舍曲林两个月了 感觉好了 能不能直接停",
        "its so windy up here",
        "every time i sit down to do it i end up on my phone",
        "每天醒来都觉得少了点什么",
        "everyone clapped when i fainted",
    ],
)
def test_what_only_sounds_grave_is_left_to_be_talked_about(text: str) -> None:
    assert not at_least(read(text).level, "moderate")


def test_a_loan_thrown_into_a_great_plan_is_no_fraud() -> None:
    risk = read("脑子里全是点子 网贷借了五万全买显卡了 我就是天选的")
    assert risk.kinds == ("mania",)

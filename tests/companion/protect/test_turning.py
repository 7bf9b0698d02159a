"""What turns a talk about danger: every example of the lexicon."""

from __future__ import annotations

from typing import Any

import pytest

from qingting.companion.protect.episode import Episode, People
from qingting.companion.protect.turning import turned, turned_here
from qingting.companion.understand.lexicon import table

_TURNS: list[dict[str, Any]] = table("turning")["turn"]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(turn, example, id=f"{turn['facet']}-{turn['value']}-{example}")
        for turn in _TURNS
        for example in turn[kind]
    ]


def _heard(turn: dict[str, Any], text: str) -> str | None:
    return turned(text, turn["whose"] or "self").get(turn["facet"])


@pytest.mark.parametrize(("turn", "text"), _examples("yes"))
def test_a_turn_is_heard(turn: dict[str, Any], text: str) -> None:
    assert _heard(turn, text) == turn["value"]


@pytest.mark.parametrize(("turn", "text"), _examples("no"))
def test_what_only_looks_like_a_turn_is_left(turn: dict[str, Any], text: str) -> None:
    assert _heard(turn, text) != turn["value"]


@pytest.mark.parametrize("turn", _TURNS, ids=lambda turn: f"{turn['facet']}-{turn['value']}")
def test_a_turn_has_examples_in_both_languages(turn: dict[str, Any]) -> None:
    for kind in ("yes", "no"):
        chinese = sum(not text.isascii() for text in turn[kind])
        assert chinese >= 4
        assert len(turn[kind]) - chinese >= 4


def test_a_turn_is_heard_only_in_the_danger_it_turns() -> None:
    assert "outcome" not in turned("she's safe", "self")
    assert "company" not in turned("i woke my roommate up", "other")


def _on_the_edge(**changes: object) -> Episode:
    base: dict[str, object] = {"levels": {"suicide": "imminent"}, "act": "doing", **changes}
    return Episode(**base)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["he's here. hes on the phone with someone", "有个大叔过来了 在打电话"]
)
def test_somebody_who_happens_by_is_company_on_an_edge_alone(text: str) -> None:
    assert turned_here(text, _on_the_edge(), {}, other=False)["company"] == "there"
    calm = turned_here("security is here", _on_the_edge(act="none"), {}, other=False)
    assert "company" not in calm


def test_who_may_be_the_one_who_hurts_is_no_company() -> None:
    feared = _on_the_edge(people=People(hurt_by=frozenset({"father"})))
    assert "company" not in turned_here("he's here now", feared, {}, other=False)
    assert "company" in turned_here("a cop is talking to me", feared, {}, other=False)


def _told(text: str, **levels: str) -> dict[str, str]:
    return turned_here(text, _on_the_edge(levels=levels, act="none"), {}, other=False)


@pytest.mark.parametrize("text", ["室友都睡了", "my mom is in the next room"])
def test_nobody_is_woken_for_less_than_a_grave_wish(text: str) -> None:
    assert "company" in _told(text, suicide="high")
    assert "company" not in _told(text, suicide="moderate")
    assert "company" not in _told(text, suicide="high", psychosis="moderate")
    assert "company" not in _told(text, suicide="high", abuse="moderate")
    assert "company" in _told(text, suicide="high", abuse="low")


def test_tomorrow_is_too_late_only_where_it_may_be_tonight() -> None:
    assert "put_off" in _told("那我明天找老师可以吗", suicide="imminent")
    assert "put_off" not in _told("那我明天找老师可以吗", suicide="high")

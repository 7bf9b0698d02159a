"""A guess whose kind nobody can tell brings no number; whatever is told does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qingting.companion.protect.bodily import _tells_sign
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.move import Move
from qingting.companion.protect.moves import decide
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import Risk

NOW = datetime(2026, 11, 18, 22, 40, tzinfo=UTC)
GUESS = Risk(level="moderate", levels={"suicide": "moderate"}, score=0.8, plain="none")


def _said(words: str, risk: Risk, **told: str) -> Said:
    return Said(words=words, risk=risk, told=told)


def _after(*turns: Said) -> tuple[Episode, Move]:
    episode, move = Episode(), Move("none")
    for turn in turns:
        before = episode
        episode = advance(episode, turn, NOW)
        move = decide(before, episode, turn, now=NOW, conversation="talk", first=False)
    return episode, move


def test_a_vague_guess_is_asked_about_without_a_number() -> None:
    plain, vague = _said("bunk smells", GUESS), _said("bunk smells", replace(GUESS, vague=True))
    assert _after(plain)[1].number == "line"
    move = _after(vague)[1]
    assert move.number is None
    assert move.unsure
    assert move.asks


def test_what_answers_brings_the_number_and_small_talk_does_not() -> None:
    vague = _said("bunk smells", replace(GUESS, vague=True))
    assert _after(vague, _said("weekend went fast", Risk()))[1].number is None
    told = _said("just me up here", Risk(), alone="yes")
    assert _after(vague, told)[1].number == "line"


def test_a_sign_of_the_body_told_on_one_path_is_known_on_the_other() -> None:
    both = Risk(
        level="moderate", levels={"suicide": "moderate", "eating_disorder": "moderate"}, score=0.9
    )
    episode, _ = _after(_said("a", both), _said("b", Risk(), body="bad"))
    assert episode.asking.value("eating_disorder", "body") == "bad"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("i had not eaten and passed out in class", True),
        ("no food and fainted on the bus", True),
        ("with no warning i blacked out", True),
        ("我没头晕，就是昨天直接晕倒了", True),
        ("不吃饭就会晕", True),
        ("早上升旗晕了", True),
        ("i didn't faint", False),
        ("not dizzy", False),
        ("没晕", False),
        ("我晕车", False),
    ],
)
def test_one_sign_denied_does_not_take_back_another(text: str, sign: bool) -> None:
    assert _tells_sign(text) is sign

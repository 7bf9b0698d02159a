"""Where somebody is, and nothing else: asked about, by a question, without a number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingting.companion.protect.believed import only_a_place
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.guesses import more_of_the_same
from qingting.companion.protect.move import Move
from qingting.companion.protect.moves import decide
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import Level, Risk

_NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)
_HINT = Risk(level="moderate", levels={"suicide": "moderate"}, plain="none")


def _first(text: str, risk: Risk = _HINT) -> Move:
    said = Said(risk, words=text)
    after = advance(Episode(), said, _NOW)
    return decide(Episode(), after, said, conversation="1", now=_NOW, first=True)


@pytest.mark.parametrize(
    "text", ["its so windy up here", "nobody comes up here at night", "the water looks so cold",
             "天台好安静 没什么人", "楼顶风好大", "桥上没什么人"],
)  # fmt: skip
def test_a_place_is_asked_about_before_any_number(text: str) -> None:
    move = _first(text)
    assert (move.name, move.about, move.number, move.asks[0]) == (
        "moderate", "place", None, "thoughts",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["its windy up here and i'm done", "nobody would miss me", "楼顶好安静 不想活了",
             "没什么意思", "im on the other side of the railing"],
)  # fmt: skip
def test_more_than_a_place_gets_its_number(text: str) -> None:
    assert not only_a_place(Episode(), Said(_HINT, words=text), "suicide")
    assert _first(text).number == "line"


def test_words_that_show_danger_and_an_episode_before_get_their_number() -> None:
    plain = Risk(level="moderate", levels={"suicide": "moderate"}, plain="moderate")
    assert _first("its so windy up here", plain).number == "line"


@pytest.mark.parametrize(
    ("plain", "dying", "level"),
    [("moderate", False, "moderate"), ("moderate", True, "high"), ("high", False, "high"),
     ("none", False, "high")],
)  # fmt: skip
def test_one_more_belief_is_more_of_the_same(plain: Level, dying: bool, level: Level) -> None:
    risk = Risk(level="high", levels={"psychosis": "high"}, plain=plain)
    known = Episode(levels={"psychosis": "moderate"})
    assert more_of_the_same(risk, dying, known).level == level

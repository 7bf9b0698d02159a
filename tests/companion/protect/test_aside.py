"""Somebody else's danger beside the person's own, a joke owned up to, and how long we ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qingting.companion.protect.aside import set_aside
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT
from qingting.companion.protect.patience import MOST_UNANSWERED, follows_them
from qingting.companion.protect.record import dump, load
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import Level, Risk

NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)


def own(level: Level, words: str = "") -> Episode:
    """An episode of the person's own wish to die."""
    return advance(Episode(), Said(Risk(level, levels={"suicide": level}), words=words), NOW)


def friends(level: Level) -> Risk:
    """A friend's wish to die, told in so many words."""
    return Risk(level, "other", {"suicide": level})


def test_a_friend_s_danger_is_never_put_on_the_one_who_tells_it() -> None:
    aside = set_aside(own("high"), friends("high"))
    assert (aside.subject, aside.levels, aside.aside) == ("other", {}, {"suicide": "high"})
    open_now = advance(aside, Said(friends("high")), NOW)
    assert (open_now.subject, open_now.levels) == ("other", {"suicide": "high"})
    assert load(dump(open_now)) == open_now


def test_their_own_danger_is_back_once_the_friend_is_safe() -> None:
    episode = advance(set_aside(own("moderate"), friends("high")), Said(friends("high")), NOW)
    after = advance(episode, Said(told={"outcome": "safe"}), NOW)
    assert (after.subject, after.levels, after.aside) == ("self", {"suicide": "moderate"}, {})


def test_their_own_danger_said_meanwhile_is_taken_up_where_it_stood() -> None:
    episode = advance(set_aside(own("high"), friends("high")), Said(friends("high")), NOW)
    after = advance(episode, Said(Risk("moderate", levels={"suicide": "moderate"})), NOW)
    assert (after.subject, after.level, after.aside) == ("self", "high", {})


@pytest.mark.parametrize("risk", [replace(friends("high"), plain="none"), friends("low")])
def test_a_guess_or_a_small_thing_sets_nothing_aside(risk: Risk) -> None:
    episode = own("moderate")
    assert set_aside(episode, risk) == episode


def test_an_act_under_way_is_never_set_aside() -> None:
    episode = advance(own("high"), Said(act="taken"), NOW)
    assert set_aside(episode, friends("imminent")) == episode


@pytest.mark.parametrize(
    ("level", "words", "after"),
    [
        ("moderate", "i want to die lol this problem set", "low"),
        ("moderate", "whats the point of living", "moderate"),
        ("high", "lol i'm going to kill myself", "high"),
    ],
)
def test_only_what_laughed_goes_back_to_low(level: Level, words: str, after: Level) -> None:
    assert advance(own(level, words), Said(told={"joke": "yes"}), NOW).level == after


def test_after_a_yes_no_joke_is_believed() -> None:
    episode = advance(own("moderate", "haha want to die"), Said(told={DIRECT: "some"}), NOW)
    assert advance(episode, Said(told={"joke": "yes"}), NOW).level == "moderate"


def test_two_questions_in_vain_are_enough_until_danger_is_said_again() -> None:
    episode = own("high")
    for facet in ("plan", "timing"):
        asking = episode.asking.putting((f"suicide.{facet}",), frozenset())
        episode = advance(replace(episode, asking=asking), Said(words="bean"), NOW)
    assert episode.asking.unanswered == MOST_UNANSWERED
    assert follows_them(episode)
    again = advance(episode, Said(Risk("high", levels={"suicide": "high"})), NOW)
    assert not follows_them(again)


def test_means_at_hand_and_nobody_there_on_a_meant_wish_is_now() -> None:
    episode = advance(own("moderate"), Said(told={DIRECT: "yes"}), NOW)
    assert episode.level == "high"
    alone = advance(episode, Said(told={"alone": "yes"}), NOW)
    assert alone.level == "high"
    assert advance(alone, Said(told={"means": "near"}), NOW).level == "imminent"

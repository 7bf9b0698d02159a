"""What is known of a person's danger: it rises at once and falls only with time and quiet."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.protect.episode import Episode, settled
from qingting.companion.protect.record import dump, load
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import (
    KINDS,
    LEVELS,
    Kind,
    Level,
    Reading,
    Risk,
    Subject,
    at_least,
    rank,
)

START = datetime(2026, 11, 21, 17, 37, tzinfo=UTC)
QUIET: dict[Level, timedelta] = {
    "imminent": timedelta(days=1),
    "high": timedelta(days=3),
    "moderate": timedelta(days=7),
    "low": timedelta(days=30),
}


def reading(level: Level, kind: Kind = "suicide", subject: Subject = "self") -> Reading:
    levels = {} if level == "none" else {kind: level}
    return Reading("zh", risk=Risk(level=level, levels=levels, subject=subject))


def heard(episode: Episode, said: Reading, now: datetime) -> Episode:
    return advance(episode, Said(said.risk), now)


DENIED = Reading(
    "zh", risk=Risk(level="low", levels={"suicide": "low"}, marks=("denied",), shift="denial")
)
CALM = Reading("zh", risk=Risk(shift="calm"))

readings = st.builds(
    reading,
    st.sampled_from(LEVELS),
    st.sampled_from(KINDS),
    st.sampled_from(("self", "other")),
) | st.sampled_from((DENIED, CALM))
steps = st.lists(st.tuples(st.integers(0, 40 * 24), readings), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(readings, max_size=60))
def test_without_time_no_order_of_messages_ever_lowers_a_level(said: list[Reading]) -> None:
    episode = Episode()
    for each in said:
        after = heard(episode, each, START)
        for kind, level in episode.levels.items():
            assert at_least(after.levels[kind], level)
        assert rank(after.level) >= max(rank(episode.level), rank(each.risk.level))
        episode = after


@settings(max_examples=150, deadline=None)
@given(steps)
def test_a_level_falls_one_step_at_a_time_and_only_after_its_quiet(
    walk: list[tuple[int, Reading]],
) -> None:
    episode, now = Episode(), START
    for hours, each in walk:
        now += timedelta(hours=hours)
        after = heard(episode, each, now)
        fell = rank(episode.level) - rank(after.level)
        assert fell <= 1
        if fell == 1:
            assert episode.danger_at is not None
            assert now - episode.danger_at >= QUIET[episode.level]
            assert not at_least(each.risk.level, "low")
            last = max(episode.danger_at, episode.fell_at or episode.danger_at)
            assert now - last >= QUIET[episode.level]
        episode = after


@settings(max_examples=150, deadline=None)
@given(steps)
def test_what_is_stored_comes_back_the_same(walk: list[tuple[int, Reading]]) -> None:
    episode, now = Episode(), START
    for hours, each in walk:
        now += timedelta(hours=hours)
        episode = heard(episode, each, now)
    assert load(json.loads(json.dumps(dump(episode)))) == episode


@settings(max_examples=80, deadline=None)
@given(steps)
def test_every_change_of_level_is_on_record(walk: list[tuple[int, Reading]]) -> None:
    episode, now = Episode(), START
    for hours, each in walk:
        now += timedelta(hours=hours)
        before, episode = episode, heard(episode, each, now)
        if episode.level != before.level:
            last = episode.transitions[-1]
            assert (last.before, last.after, last.at) == (before.level, episode.level, now)
            assert last.reason
        else:
            assert episode.transitions == before.transitions


@pytest.mark.parametrize("level", ["moderate", "high", "imminent"])
@pytest.mark.parametrize("soothing", [DENIED, CALM, reading("none"), reading("low")])
def test_one_denial_or_sudden_calm_lowers_nothing(level: Level, soothing: Reading) -> None:
    opened = heard(Episode(), reading(level), START)
    after = heard(opened, soothing, START + timedelta(minutes=2))
    assert after.level == level
    assert after.danger_at == opened.danger_at


def test_going_quiet_steps_down_slower_and_slower_until_it_closes() -> None:
    episode, now = heard(Episode(), reading("imminent"), START), START
    for before, after in (
        ("imminent", "high"),
        ("high", "moderate"),
        ("moderate", "low"),
        ("low", "none"),
    ):
        almost = now + QUIET[before] - timedelta(minutes=1)  # type: ignore[index]
        assert settled(episode, almost).level == before
        now += QUIET[before]
        episode = settled(episode, now)
        assert episode.level == after
        # A second look at the same moment takes no second step.
        assert settled(episode, now) == episode
    assert not episode.is_open


def test_a_long_absence_is_one_step_not_four() -> None:
    episode = heard(Episode(), reading("imminent"), START)
    assert settled(episode, START + timedelta(days=400)).level == "high"


def test_danger_heard_again_starts_the_quiet_anew() -> None:
    episode = heard(Episode(), reading("high"), START)
    again = heard(episode, reading("moderate"), START + timedelta(days=2))
    assert again.level == "high"
    assert settled(again, START + timedelta(days=4)).level == "high"
    assert settled(again, START + timedelta(days=5)).level == "moderate"


def test_a_number_is_given_again_only_when_danger_rises_or_a_conversation_begins() -> None:
    episode = heard(Episode(), reading("moderate"), START)
    assert episode.number_due("first")
    given_one = Episode(
        levels=episode.levels,
        danger_at=START,
        opened_at=START,
        number_level="moderate",
        number_in="first",
    )
    assert not given_one.number_due("first")
    assert given_one.number_due("second")
    assert heard(given_one, reading("high"), START).number_due("first")
    assert not heard(given_one, DENIED, START).number_due("first")


def test_someone_elses_danger_does_not_hide_behind_ones_own_and_back() -> None:
    other = heard(Episode(), reading("high", subject="other"), START)
    assert other.subject == "other"
    own = heard(other, reading("moderate"), START)
    assert own.subject == "self"
    # A low remark about somebody changes nothing about whose danger is open.
    assert heard(own, reading("low", subject="other"), START).subject == "self"


def test_several_kinds_are_kept_apart_and_the_worst_leads() -> None:
    episode = heard(Episode(), reading("moderate", "self_harm"), START)
    episode = heard(episode, reading("high", "suicide"), START)
    assert episode.level == "high"
    assert episode.kinds == ("suicide", "self_harm")
    assert episode.levels == {"self_harm": "moderate", "suicide": "high"}


def test_a_record_that_is_none_is_refused() -> None:
    with pytest.raises((KeyError, ValueError)):
        load({})
    with pytest.raises((KeyError, ValueError)):
        load({**dump(Episode()), "danger_at": "yesterday"})

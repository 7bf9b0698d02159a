"""When it is said that this is an AI, and when a pause is suggested: by a clock that is turned by
hand, over midnight, when the clocks change, in any time zone, by pack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.events import Done, Notice
from qingting.companion.person import AgeBand, Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.notices import disclosure_due
from qingting.companion.state import PAUSE, Attention, ConversationState
from tests.companion.fakes import answered
from tests.policy.packed import policy_at

MINUTE: Final = timedelta(minutes=1)
EVERY: Final = 8 * MINUTE
# 22:40 in Beijing: a talk from here goes over midnight.
LATE: Final = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
# The nights on which the clocks of these places change, an hour before they do.
CHANGES: Final = (
    ("America/Los_Angeles", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
    ("America/Los_Angeles", datetime(2026, 11, 1, 8, 0, tzinfo=UTC)),
    ("Europe/London", datetime(2026, 10, 25, 0, 0, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 14, 30, tzinfo=UTC)),
)
WORDS: Final = ("今天食堂的饭有点咸", "下午那节课换了教室", "窗外在下雨", "晚上吃了碗面")
Told = dict[str, list[int]]


async def talked(
    policy: Policy,
    person: Person,
    *,
    lasts: timedelta,
    begins: datetime = LATE,
    episode: Episode | None = None,
) -> Told:
    """Minutes after the beginning at which each notice stood beside a reply."""
    state, told = ConversationState(seed="a seed"), Told()
    now, turn = begins, 0
    while now - begins <= lasts:
        events, done = await answered(
            WORDS[turn % len(WORDS)],
            person=person,
            policy=policy,
            state=state,
            episode=episode,
            now=now,
        )
        state, episode = done.state, done.episode
        for event in events:
            if isinstance(event, Notice):
                told.setdefault(event.kind, []).append(int((now - begins) / MINUTE))
                beside_not_inside(event, done)
        now, turn = now + EVERY, turn + 1
    return told


def beside_not_inside(notice: Notice, done: Done) -> None:
    assert notice.text, "a notice is words"
    assert notice.text not in done.reply
    assert done.reply
    assert notice.kind in done.notices, "what was said is counted"


def due(every: timedelta, *, first: int, lasts: timedelta) -> list[int]:
    """Minutes at which something comes that is owed every so often, in a talk with a message each
    eight minutes: with the first message that is not too early."""
    found: list[int] = []
    last = first
    step, interval = int(EVERY / MINUTE), int(every / MINUTE)
    for minute in range(0, int(lasts / MINUTE) + 1, step):
        if minute == first == 0 and not found:
            found.append(0)
        elif minute - last >= interval:
            found.append(minute)
        else:
            continue
        last = minute
    return found


SEVEN_HOURS: Final = timedelta(hours=7)


@pytest.mark.parametrize(
    ("packs", "band", "says_again", "pause"),
    [
        ("", "adult", 60, 60),
        ("", "14_15", 60, 30),
        ("CN", "adult", 60, 120),
        ("CN", "16_17", 60, 30),
        ("US-CA", "16_17", 180, 180),
        ("US-WA", "14_15", 60, 60),
    ],
)
async def test_a_talk_of_seven_hours_over_midnight(
    packs: str, band: AgeBand, says_again: int, pause: int
) -> None:
    person = Person("zh-CN", "Asia/Shanghai", None, band)
    told = await talked(policy_at(packs, band), person, lasts=SEVEN_HOURS)
    again = due(says_again * MINUTE, first=0, lasts=SEVEN_HOURS)
    assert told["ai_disclosure"] == again
    assert told["ai_disclosure"][0] == 0, "with the first reply"
    pauses = [one for one in due(pause * MINUTE, first=0, lasts=SEVEN_HOURS) if one]
    assert told["break_reminder"] == pauses
    longest = max(b - a for a, b in pairwise(again))
    assert longest < says_again + EVERY / MINUTE


@pytest.mark.parametrize(("zone", "begins"), CHANGES)
async def test_a_clock_that_changes_in_the_night_moves_nothing(zone: str, begins: datetime) -> None:
    local, lasts = ZoneInfo(zone), timedelta(hours=3)
    shifts = {(begins + after * MINUTE).astimezone(local).utcoffset() for after in (0, 180)}
    assert len(shifts) == 2, "the clocks do change in this talk"
    policy = policy_at("US-WA", "14_15")
    there = Person("en-US", zone, None, "14_15")
    here = Person("en-US", "UTC", None, "14_15")
    changed = await talked(policy, there, lasts=lasts, begins=begins)
    plain = await talked(policy, here, lasts=lasts, begins=LATE)
    assert changed == plain
    assert len(plain["break_reminder"]) == 2


GAPS: Final = st.lists(st.integers(0, 15 * 60).map(lambda m: m * MINUTE), min_size=1, max_size=40)
OFFSETS: Final = st.integers(-12, 14)


@given(gaps=GAPS, hours=OFFSETS, absence=st.integers(1, 9), interval=st.integers(1, 3))
@settings(max_examples=200)
def test_it_is_never_longer_unsaid_than_the_law_allows(
    gaps: list[timedelta], hours: int, absence: int, interval: int
) -> None:
    policy = Policy(
        disclosure_interval=timedelta(hours=interval),
        disclosure_after_absence=timedelta(days=absence),
    )
    now = LATE + timedelta(hours=hours)
    attention, said = Attention(), None
    for gap in gaps:
        now += gap
        if disclosure_due(attention, policy, now):
            said = now
            attention = Attention(
                attention.stretch_began, attention.last_at, now, attention.reminded_at
            )
        attention = attention.seen(now)
        assert said is not None, "before the first reply ends it was said"
        assert now - said < policy.disclosure_interval


@pytest.mark.parametrize(("days", "again"), [(6, False), (7, True), (8, True)])
def test_after_an_absence_it_is_said_again(days: int, again: bool) -> None:
    # An interval longer than the absence, so that the absence alone is what is seen.
    policy = Policy(disclosure_interval=timedelta(days=365))
    before = Attention(LATE, LATE, LATE)
    assert disclosure_due(before, policy, LATE + timedelta(days=days)) is again


async def test_eight_days_later_in_the_same_talk_and_in_a_new_one() -> None:
    person = Person("zh-CN", "Asia/Shanghai", None, "adult")
    policy = policy_at("US-UT", "adult")
    assert policy.disclosure_after_absence == timedelta(days=7)
    _, first = await answered(WORDS[0], person=person, policy=policy, now=LATE)
    later = LATE + timedelta(days=8)
    _, same = await answered(WORDS[1], person=person, policy=policy, state=first.state, now=later)
    assert "ai_disclosure" in same.notices
    assert "break_reminder" not in same.notices, "eight days away are no long talk"
    _, new = await answered(WORDS[1], person=person, policy=policy, now=later)
    assert "ai_disclosure" in new.notices


async def test_a_rest_begins_the_time_anew() -> None:
    """Fifty minutes, a rest, fifty minutes: no pause was due to an adult."""
    person, policy = Person("zh-CN", "Asia/Shanghai", None, "adult"), policy_at("", "adult")
    seen: list[str] = []
    state, now = ConversationState(seed="a seed"), LATE
    for gap in [5 * MINUTE] * 10 + [PAUSE + MINUTE] + [5 * MINUTE] * 10:
        _, done = await answered(WORDS[0], person=person, policy=policy, state=state, now=now)
        state, now = done.state, now + gap
        seen += done.notices
    assert "break_reminder" not in seen


async def test_no_pause_is_suggested_in_danger_and_that_it_is_an_ai_is_said_all_the_same() -> None:
    person, policy = Person("zh-CN", "Asia/Shanghai", "CN", "16_17"), policy_at("CN", "16_17")
    _, told = await answered("我不想活了，药都准备好了", person=person, policy=policy, now=LATE)
    assert told.episode.is_open
    lasts = timedelta(hours=2)
    said = await talked(policy, person, lasts=lasts, episode=told.episode)
    assert "break_reminder" not in said
    assert said["ai_disclosure"] == [0, 64]
    # The same two hours without danger have pauses: it is the danger that keeps them away.
    assert (await talked(policy, person, lasts=lasts))["break_reminder"]

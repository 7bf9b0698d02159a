"""The counts of a year: each stretch of danger once, notices to minors apart, nobody named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.events import Done
from qingting.companion.plan.plan import Plan
from qingting.companion.protect.episode import Episode, raised, settled
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import LEVELS, Level, Reading, rank
from qingting.people import devices
from qingting.policy.assessing import Running, assessment
from qingting.policy.counting import OF_NOBODY, danger_risen, of_nobody, peak
from qingting.policy.models import Event, EventKind
from qingting.policy.reporting import Report, report
from qingting.policy.reporting_words import lines, shape, thresholds
from qingting.privacy.keyring import Keyring
from qingting.privacy.schedule import Schedule
from qingting.site.persons_data import schedule_of
from qingting.talk.statements import insert_events
from tests.policy.packed import TODAY, choice
from tests.privacy.audit_log import KEY

NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)
DONE = Done("嗯", Reading("zh"), Plan(), ConversationState(seed="s"), Episode())


def rise(episode: Episode, level: Level, at: datetime = NOW) -> Episode:
    return raised(episode, {"suicide": level}, at, reason="a test")


@given(st.lists(st.sampled_from([*LEVELS[1:], "quiet"]), max_size=12))
def test_a_stretch_counts_once_by_its_highest_level(steps: Sequence[Any]) -> None:
    episode, at = Episode(), NOW
    counted = dict.fromkeys(LEVELS, 0)
    stretches: list[int] = []
    for step in steps:
        before, at = episode, at + timedelta(days=40)
        episode = settled(episode, at) if step == "quiet" else rise(episode, step, at)
        if episode.is_open and not before.is_open:
            stretches.append(0)
        if episode.is_open:
            stretches[-1] = max(stretches[-1], rank(episode.level))
        for kind, amount in danger_risen(before, episode):
            counted[kind.value.removeprefix("episode:")] += amount  # type: ignore[index]
    expected = {level: stretches.count(rank(level)) for level in LEVELS[1:]}
    assert {level: counted[level] for level in LEVELS[1:]} == expected
    assert peak(Episode()) == "none"


def test_notices_to_minors_count_apart_and_of_nobody() -> None:
    told = replace(DONE, notices=("ai_disclosure", "break_reminder", "shortened"))
    assert of_nobody(Episode(), told, minor=False) == []
    kinds = [kind for kind, _ in of_nobody(Episode(), told, minor=True)]
    assert kinds == [EventKind.MINOR_AI_DISCLOSURE, EventKind.MINOR_BREAK_REMINDER]
    assert set(kinds) < OF_NOBODY


def people(number: int) -> list[UUID]:
    keyring = Keyring(KEY)
    return [devices.welcome(f"device {one}", keyring, NOW) for one in range(number)]


def counted(person: UUID, *events: tuple[EventKind, int], at: datetime = NOW) -> None:
    with connection.cursor() as cursor:
        insert_events(cursor, person, events, at)


@pytest.mark.django_db(databases=["default", "keys"])
class TestYear:
    def test_what_is_counted_of_nobody_has_no_person_no_hour_and_one_row_a_day(self) -> None:
        for one in people(3):
            counted(one, (EventKind.TURN, 1), (EventKind.EPISODE_HIGH, 1))
        rows: list[Any] = list(
            Event.objects.filter(kind="episode:high").values_list("person", "amount", "at")
        )
        midnight = NOW.replace(hour=0, minute=0)
        assert rows == [(None, 3, midnight)]

    def test_the_year_is_added_up_and_small_numbers_are_not_told_outside(self) -> None:
        first, second = people(2)
        march = datetime(2026, 3, 3, tzinfo=UTC)
        for _ in range(7):
            counted(first, (EventKind.TURN, 1), (EventKind.REFERRAL_SHOWN, 1), at=march)
        counted(second, (EventKind.TURN, 1), (EventKind.MODEL_REPLY, 1))
        counted(second, (EventKind.EPISODE_LOW, -1), (EventKind.EPISODE_HIGH, 1))
        counted(second, (EventKind.TURN, 1), at=datetime(2025, 12, 31, 23, tzinfo=UTC))
        found = report(2026, NOW, 400, {"received": 2, "answered": 0, "closed": 0})
        assert (found.messages, found.by_model, found.by_guided, found.referrals) == (8, 1, 7, 7)
        assert found.active == {"2026-03": 1, "2026-11": 1}
        assert found.episodes == {"low": 0, "moderate": 0, "high": 1, "imminent": 0}
        assert found.whole
        outside = json.dumps(found.published())
        assert '"crisis_referral_notices": 7' in outside
        assert '"high": "<5"' in outside
        assert '"moderate": 0' in outside
        assert str(second) not in outside
        told = dict(lines(found, "zh", outside=True))
        assert told["现有的人（含没有账号的）"] == "不到 5"

    def test_a_year_that_is_partly_gone_says_so(self) -> None:
        assert not report(2025, NOW, 400).whole
        assert report(2025, NOW, 700).whole

    def test_where_an_office_wants_a_report_counts_stay_longer(self, settings: Any) -> None:
        plain = settings.CONFIG
        assert schedule_of(plain).counts == Schedule().counts
        settings.CONFIG = replace(plain, policy="US-CA")
        # The year 2026 is reported from July 2027 on, and must be whole then.
        kept = schedule_of(settings.CONFIG).counts
        assert datetime(2027, 7, 1, tzinfo=UTC) - kept < datetime(2026, 1, 1, tzinfo=UTC)
        assert any("22603" in one for one in shape(choice("US-CA"), "en"))
        assert len(shape(choice("CN,US-WA"), "zh")) == 2

    def test_an_assessment_is_due_from_its_number_on(self) -> None:
        few = report(2026, NOW, 400)
        assert thresholds(choice("US-CA"), few, TODAY, "en") == []
        told = thresholds(choice("CN"), few, TODAY, "en")
        assert len(told) == 2
        assert not any("passed" in one for one in told)
        many = replace(few, registered=1_000_000, active={"2026-03": 99_999})
        assert ["passed" in one for one in thresholds(choice("CN"), many, TODAY, "en")] == [
            True,
            False,
        ]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_assessment_is_filled_and_marks_what_is_not_known(self, language: Any) -> None:
        found: Report = replace(report(2026, NOW, 400), referrals=31)
        running = Running("room 3", "", ["training/cards/risk.md"], "CN", 15, ["a finding"])
        text = assessment(choice("CN"), found, running, TODAY, language)
        for one in ("room 3", "31", "training/cards/risk.md", "a finding", "15", "14", "100,000"):
            assert one in text
        assert text.count("**待填**" if language == "zh" else "**FILL IN**") >= 9
        assert "{" not in text

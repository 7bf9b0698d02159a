"""Notes that show no let-up are spoken of on a visit: kindly, seldom, and only when they let us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.progress.mood import Mood
from qingting.companion.protect.episode import Episode, raised
from qingting.memory.check_ins import CheckIns
from qingting.progress.courses import Courses
from qingting.progress.models import ProgressChoice
from qingting.progress.rows import MOODS
from qingting.talk.asking_after import due_for, line_for
from qingting.talk.statements import upsert_episode
from qingting.talk.turns import OpenTurn, open_turn
from tests.memory.remembered import Remembered, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
TODAY = NOW.date()
WHO = Person("zh-CN", "Asia/Shanghai", "CN")
DAY = timedelta(days=1)


def noted(her: Remembered, valence: Callable[[int], int], days: int = 42, last: int = 0) -> None:
    """A check-in every other day of the last weeks. valence: by how many days ago."""
    for ago in range(last, days, 2):
        which = uuid4()
        at = NOW - ago * DAY
        mood = Mood(which.hex, at.date(), at, valence(ago))
        MOODS.keep(her.person, which, mood, her.seal, at)


def asks(her: Remembered, now: datetime = NOW) -> str | None:
    """The kind of thing that may be asked on a first page."""
    asking = CheckIns(her.memories, Courses())
    due = due_for(asking, her.person, her.seal, now, now.date(), "zh")
    return due.follow_up.kind if due is not None else None


def heavy(_ago: int) -> int:
    return -1


def test_heavy_weeks_are_spoken_of() -> None:
    her = somebody()
    noted(her, heavy)
    assert asks(her) == "course"
    asking = CheckIns(her.memories, Courses())
    line = line_for(asking, her.keyring, her.token, WHO, NOW)
    assert line is not None
    assert "法子" in line.text or "人" in line.text
    assert line.text.count("？") == 1
    assert not any(letter.isdigit() for letter in line.text)


@pytest.mark.parametrize(
    "valence", [lambda ago: 1, lambda ago: -2 if ago > 20 else 1], ids=["light", "lighter"]
)
def test_light_or_lighter_weeks_are_not(valence: Callable[[int], int]) -> None:
    her = somebody()
    noted(her, valence)
    assert asks(her) is None


def test_a_few_notes_say_nothing() -> None:
    her = somebody()
    noted(her, heavy, days=14)
    assert asks(her) is None


def test_it_is_said_once_in_two_weeks() -> None:
    her = somebody()
    noted(her, heavy, last=-14)
    asking = CheckIns(her.memories, Courses())
    due = due_for(asking, her.person, her.seal, NOW, TODAY, "zh")
    assert due is not None
    asking.asked(her.person, UUID(due.id), NOW)
    for later in (1, 6, 13):
        assert asks(her, NOW + later * DAY) is None
    assert asks(her, NOW + 14 * DAY) == "course"


def test_not_to_whoever_wants_it_not_said() -> None:
    her = somebody()
    noted(her, heavy)
    ProgressChoice.objects.create(person_id=her.person, course=False, updated_at=NOW)
    assert asks(her) is None


def test_not_to_whoever_wants_no_questions_or_no_memory() -> None:
    for change in ({"check_ins": False}, {"paused": True}):
        her = somebody()
        noted(her, heavy)
        her.memories.choose(her.person, replace(her.memories.choice(her.person), **change))
        assert asks(her) is None


def test_not_while_a_danger_is_open() -> None:
    her = somebody()
    noted(her, heavy)
    episode = raised(Episode(), {"suicide": "high"}, NOW, subject="self", reason="x", evidence="y")
    with connection.cursor() as cursor:
        upsert_episode(cursor, her.person, her.seal, episode, NOW)
    assert asks(her) is None


def test_a_talk_begun_from_it_knows_what_was_offered() -> None:
    her = somebody()
    noted(her, heavy)
    asking = CheckIns(her.memories, Courses())
    line = line_for(asking, her.keyring, her.token, WHO, NOW)
    assert line is not None
    opened = open_turn(
        her.keyring,
        her.person,
        None,
        Message("换个法子吧", uuid4().hex),
        worker="t",
        now=NOW,
        check_ins=asking,
        check_in=line.id,
    )
    assert isinstance(opened, OpenTurn)
    assert opened.state.check_in == "course"

"""Whether it is getting lighter: each rule alone, its edges, nothing said with little to go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.instruments.instrument import Answers
from qingting.companion.progress.course import Course, course_of
from qingting.companion.progress.mood import LEAST, MOST, Mood
from tests.companion.instruments.answered import DAY, answers


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def mood(number: int, valence: int) -> Mood:
    on = day(number)
    return Mood(f"{number}", on, datetime.combine(on, time(22), ZoneInfo("Asia/Shanghai")), valence)


def course(
    moods: Iterable[Mood] = (),
    done: Iterable[Answers] = (),
    today: int = 0,
    said: date | None = None,
    started: date | None = None,
) -> Course:
    return course_of(moods, done, day(today), started=started, said=said)


def phq9(*scores: tuple[int, int]) -> list[Answers]:
    """(day, score) each."""
    return [answers("phq9", score, day(number)) for number, score in scores]


def test_with_nothing_or_little_nothing_is_known() -> None:
    assert course() == Course("unknown")
    assert course([mood(0, -2)], phq9((0, 20)), today=60).kind == "unknown"


# ---- questionnaires ------------------------------------------------------------------------------
def test_three_measures_over_four_weeks_without_a_change_that_counts() -> None:
    found = course(done=phq9((0, 16), (14, 15), (28, 11)), today=28)
    assert found == Course("not_on_track", day(0), ("no_change:phq9",))
    assert course(done=phq9((0, 16), (14, 15), (28, 10)), today=28) == Course("on_track")


@pytest.mark.parametrize(
    "scores",
    [
        ((0, 16), (28, 15)),
        ((0, 16), (14, 15), (27, 15)),
        ((0, 16), (0, 16), (28, 15)),
    ],
    ids=["two", "under four weeks", "two on one day"],
)
def test_fewer_or_sooner_is_not_enough(scores: tuple[tuple[int, int], ...]) -> None:
    assert course(done=phq9(*scores), today=28).kind == "unknown"


@pytest.mark.parametrize("scores", [(4, 4, 5), (9, 8, 10), (12, 12, 8)])
def test_who_is_under_the_cut_off_at_either_end_has_no_room_to_fall(
    scores: tuple[int, int, int],
) -> None:
    done = phq9(*zip((0, 14, 28), scores, strict=True))
    assert course(done=done, today=28) == Course("on_track")


def test_worse_by_the_measure_of_change_is_worse_from_the_day_it_was() -> None:
    done = phq9((0, 8), (14, 10), (28, 15), (42, 16))
    assert course(done=done, today=42) == Course("worse", day(28), ("worse:phq9",))
    assert course(done=phq9((0, 8), (14, 14)), today=14).kind == "worse", "two are enough"
    assert course(done=phq9((0, 8), (13, 20)), today=13).kind == "unknown", "too soon"


def test_what_is_old_or_half_or_of_another_language_does_not_count() -> None:
    done = phq9((0, 8), (14, 20))
    assert course(done=done, today=42).kind == "worse"
    assert course(done=done, today=43).kind == "unknown"
    assert course(done=done, today=13).kind == "unknown", "of the future"
    assert course(done=[done[0], replace(done[1], finished=False)], today=14).kind == "unknown"
    assert course(done=[done[0], replace(done[1], language="zh")], today=14).kind == "unknown"
    assert course(done=[replace(one, language="zh") for one in done], today=14).kind == "unknown"
    assert course(done=done, today=14, started=day(1)).kind == "unknown"
    assert (
        course(done=[replace(one, instrument="gone") for one in done], today=14).kind == "unknown"
    )


# ---- check-ins -----------------------------------------------------------------------------------
def stretches(first: int, last: int, days: int = 5) -> list[Mood]:
    """Check-ins of the first days and of the days before the 28th."""
    return [
        *(mood(number, first) for number in range(days)),
        *(mood(28 - number, last) for number in range(days)),
    ]


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (-1, -1, "not_on_track"),
        (-1, -2, "not_on_track"),
        (1, -1, "not_on_track"),
        (-2, -1, "on_track"),
        (0, 0, "on_track"),
        (2, 1, "on_track"),
    ],
)
def test_two_weeks_no_lighter_than_the_first_two_and_on_the_heavy_side(
    first: int, last: int, kind: str
) -> None:
    found = course(stretches(first, last), today=28)
    assert found.kind == kind
    assert found.because == (("moods",) if kind == "not_on_track" else ())


def test_check_ins_need_four_weeks_and_five_days_at_each_end() -> None:
    assert course(stretches(-2, -2, days=4), today=28).kind == "unknown"
    assert course(stretches(-2, -2), today=27).kind == "unknown"
    assert course(stretches(-2, -2), today=60).kind == "unknown", "nothing lately"


def test_many_check_ins_of_one_day_are_one_day() -> None:
    many = [mood(28, -2)] * 20
    assert course([*stretches(1, 1), *many], today=28) == Course("on_track")
    assert course([*[mood(0, -2)] * 9, *many], today=28).kind == "unknown"


def test_moods_alone_are_never_called_worse() -> None:
    assert course(stretches(2, -2), today=28).kind == "not_on_track"


# ---- what they said, and all together ------------------------------------------------------------
def test_who_says_so_is_believed_whatever_the_numbers_say() -> None:
    assert course(today=3, said=day(3)) == Course("not_on_track", day(3), ("said",))
    better = phq9((0, 20), (28, 5))
    assert course(stretches(-2, 2), better, today=28).kind == "on_track"
    assert course(stretches(-2, 2), better, today=28, said=day(20)).kind == "not_on_track"
    assert course(today=60, said=day(3)).kind == "unknown"
    assert course(today=3, said=day(4)).kind == "unknown"


def test_the_gravest_counts_and_every_reason_is_named() -> None:
    found = course(stretches(-1, -1), phq9((0, 8), (28, 20)), today=28, said=day(27))
    assert found == Course("worse", day(28), ("worse:phq9", "moods", "said"))


NUMBERS = st.integers(0, 80)


@given(
    st.lists(st.tuples(NUMBERS, st.integers(LEAST, MOST)), max_size=30),
    st.lists(st.tuples(NUMBERS, st.integers(0, 27)), max_size=6),
    NUMBERS,
    st.none() | NUMBERS,
)
def test_whatever_was_noted_in_whatever_order_there_is_one_course(
    moods: list[tuple[int, int]], scores: list[tuple[int, int]], today: int, said: int | None
) -> None:
    noted = [mood(*one) for one in moods]
    done = phq9(*dict(scores).items())
    when = None if said is None else day(said)
    found = course(noted, done, today, when)
    assert found == course(reversed(noted), reversed(done), today, when)
    assert bool(found.because) is (found.kind in ("not_on_track", "worse"))
    assert (found.since is None) is (found.because == ())
    assert found.since is None or found.since <= day(today)
    # To note a lighter day never makes it worse.
    lighter = [replace(one, valence=MOST) for one in noted if one.on > day(today - 14)]
    rest = [one for one in noted if one.on <= day(today - 14)]
    assert "moods" not in course([*rest, *lighter], done, today, when).because


def test_a_moment_with_a_zone_is_not_needed_to_know_the_day() -> None:
    noted = [replace(one, at=datetime(2020, 1, 1, tzinfo=UTC)) for one in stretches(-1, -1)]
    assert course(noted, today=28).kind == "not_on_track"

"""Check-ins pasted from elsewhere: what is understood, what is left out and why; and nothing that
anybody pastes makes it fail."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.progress.cells import sleep_of, time_of
from qingting.companion.progress.importing import MOST_ROWS, understood

TODAY = date(2026, 11, 23)
DAYLIO = """\ufefffull_date,date,weekday,time,mood,activities,note_title,note
2026-05-03,"May 3",Sunday,"11:05 PM",rad,"running | friends","a title","one<br>two"
2026-05-02,"5月2日",星期六,"下午3:05",糟糕,"","",""
2026-05-01,"May 1",Friday,"08:00",meh,"","","=HYPERLINK(1)"
"""


def test_a_table_of_daylio_is_understood() -> None:
    found = understood(DAYLIO, TODAY)
    assert (found.problem, found.skipped, found.words) == ("", (), {})
    late, bad, meh = found.rows
    assert (late.on, late.at, late.valence) == (date(2026, 5, 3), time(23, 5), 2)
    assert (late.note, late.about) == ("a title\none\ntwo\nrunning", ("friends",))
    assert (bad.at, bad.valence, meh.valence, meh.note) == (time(15, 5), -2, 0, "=HYPERLINK(1)")


def test_moods_with_names_of_their_own_are_asked_about() -> None:
    table = "date,mood\n2026-05-01,摸鱼\n2026-05-02, 摸鱼\n2026-05-03,Zen\n"
    asked = understood(table, TODAY)
    assert asked.words == {"摸鱼": 2, "Zen": 1}
    assert {one.why for one in asked.skipped} == {"word"}
    told = understood(table, TODAY, {"摸鱼": -1, "zen": 2})
    assert [one.valence for one in told.rows] == [-1, -1, 2]
    assert told.words == {}


@pytest.mark.parametrize(
    ("table", "valences"),
    [
        ("date,mood\n2026-05-01,1\n2026-05-02,5\n", [-2, 2]),
        ("date;mood\n2026/5/1;-2\n2026.5.2;2\n", [-2, 2]),
        ("日期\t心情\n2026年5月1日\t3\n", [0]),
        ("2026-05-01,4,2,7.5,rain\n2026-05-02,2\n", [1, -1]),
        ("date,mood,source\n2026-05-01,1,tapped\n2026-05-02,2,tapped\n", [1, 2]),
        ("2026-05-01，3\n", [0]),
    ],
)
def test_tables_of_one_s_own(table: str, valences: list[int]) -> None:
    found = understood(table, TODAY)
    assert [one.valence for one in found.rows] == valences
    assert not found.asks_scale


def test_numbers_of_either_scale_are_asked_about() -> None:
    table = "date,mood\n2026-05-01,1\n2026-05-02,2\n"
    assert understood(table, TODAY).asks_scale
    assert [one.valence for one in understood(table, TODAY).rows] == [-2, -1]
    other = understood(table, TODAY, scale="minus_two_to_two")
    assert [one.valence for one in other.rows] == [1, 2]


def test_every_line_left_out_is_told_with_its_number() -> None:
    table = (
        "date,mood,energy,sleep,time\n"
        "\n"
        "yesterday,3,,,\n"
        "2026-12-24,3,,,\n"
        "1066-10-14,3,,,\n"
        "2026-05-01,,,,\n"
        "2026-05-01,7,,,\n"
        "2026-05-01,3,9,a lot,noonish\n"
        "2026-02-30,3\n"
    )
    found = understood(table, TODAY)
    assert [(one.line, one.why) for one in found.skipped] == [
        (3, "no_day"),
        (4, "ahead"),
        (5, "too_old"),
        (6, "no_mood"),
        (7, "mood_range"),
        (8, "left_energy"),
        (8, "left_sleep"),
        (8, "left_time"),
        (9, "no_day"),
    ]
    assert [one.line for one in found.rows] == [8]


def test_a_quotation_mark_left_open_makes_no_note_of_all_that_follows() -> None:
    found = understood(
        'date,mood,note\n2026-05-01,3,"ok"\n2026-05-02,3,"oh\n2026-05-03,3,\n', TODAY
    )
    assert [one.line for one in found.rows] == [2]
    assert [(one.line, one.why) for one in found.skipped] == [(3, "broken")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "empty"), ("\ufeff \n", "empty"), ("hello", "no_columns"), ("date,mood\n", "no_rows")],
)
def test_what_is_no_table_is_told(text: str, problem: str) -> None:
    assert understood(text, TODAY).problem == problem


def test_ten_thousand_lines_are_taken_and_the_rest_is_told() -> None:
    table = "date,mood\n" + "2026-05-01,3\n" * (MOST_ROWS + 5)
    found = understood(table, TODAY)
    assert len(found.rows) == MOST_ROWS
    assert [(one.line, one.why, one.what) for one in found.skipped] == [
        (MOST_ROWS + 2, "too_many", "5")
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("7", 7), ("7,5", 7.5), ("7:30", 7.5), ("7h30", 7.5), ("6 小时", 6), ("17", None), ("", None)],
)
def test_hours_of_sleep(cell: str, expected: float | None) -> None:
    assert sleep_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("23:05", time(23, 5)),
        ("12:10 AM", time(0, 10)),
        ("12:10 p.m.", time(12, 10)),
        ("晚上 11:05", time(23, 5)),
        ("凌晨12:30", time(0, 30)),
        ("24:00", None),
        ("soon", None),
    ],
)
def test_times_of_day(cell: str, expected: time | None) -> None:
    assert time_of(cell) == expected


CELL = st.sampled_from(
    [
        "2026-05-01",
        "0000-00-00",
        "3",
        "-2",
        '"',
        '""',
        "rad",
        "摸鱼",
        "date",
        "mood",
        "7:30",
        "\x00",
        "=1+1",
        "full_date",
        "9999-12-31",
        "１",
        "\u2028",
        "\r",
        "",
    ]
)
TABLE = st.lists(st.lists(CELL, max_size=8), max_size=12).flatmap(
    lambda rows: st.sampled_from(",;\t，").map(
        lambda mark: "\n".join(mark.join(row) for row in rows)
    )
)


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(), TABLE, TABLE.map("date,mood,sleep,time\n".__add__)))
def test_nothing_makes_it_fail(text: str) -> None:
    found = understood(text, TODAY, {"摸鱼": 1})
    assert found.rows or found.skipped or found.problem
    for row in found.rows:
        assert -2 <= row.valence <= 2
        assert row.energy is None or -2 <= row.energy <= 2
        assert date(1970, 1, 1) <= row.on <= TODAY + timedelta(days=1)
        assert 1 <= row.line <= text.count("\n") + text.count("\r") + 1

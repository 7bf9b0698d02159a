"""What each kind of chart says and shows: sleep, talks, exercises, questionnaires."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from qingting.companion.progress.mood import Felt
from qingting.progress.charts.helped import helped_chart
from qingting.progress.charts.hours import hours_chart
from qingting.progress.charts.scores import scores_chart
from qingting.progress.charts.sleep import sleep_chart
from qingting.progress.ports import Done
from tests.progress.charted import (
    MONTH,
    PEOPLE,
    TODAY,
    answered,
    day,
    dots,
    group,
    lines,
    noted,
)
from tests.progress.noting import NINE


def test_sleep_says_what_stood_beside_it_and_nothing_of_causes() -> None:
    moods = [noted(n, -1, sleep=5.0) for n in range(5)]
    moods += [noted(n, 1, sleep=8.0) for n in range(5, 12)] + [noted(13, 1)]
    with translation.override("en"):
        chart = sleep_chart(moods, MONTH, PEOPLE["en"])
    assert chart is not None
    assert "(times: 5)" in chart.says
    assert "(times: 7)" in chart.says
    assert list(chart.rows) == [("5", "−1", "5"), ("8", "1", "7")]
    assert "don't say which made which" in chart.notes[0]
    assert len(dots(chart, "mood")) == 2
    assert sleep_chart([noted(0, 1)], MONTH, PEOPLE["en"]) is None


def test_what_was_read_in_talks_is_said_to_be_read() -> None:
    at = datetime(2026, 11, 20, 2, 40, tzinfo=UTC)
    felt = [Felt(at, "loneliness", 0.7, -0.5, 0.0)] * 4 + [Felt(at, "neutral", 0.9, 0, 0)] * 9
    felt += [Felt(at.replace(hour=14), "joy", 0.6, 0.8, 0.4)]
    with translation.override("en"):
        chart = hours_chart(felt, MONTH)
    assert chart is not None
    assert chart.title == "What I read in your talks, by hour"
    assert chart.says == "Read most often: “lonely”, between 0 and 3 o'clock (times: 4)."
    assert "may be wrong" in chart.notes[0]
    assert list(chart.rows) == [
        ("lonely", "4", "0", "0", "0", "0", "0", "0", "0"),
        ("glad", "0", "0", "0", "0", "1", "0", "0", "0"),
    ]
    assert len(dots(chart, "felt")) == 2
    assert hours_chart([Felt(at, "neutral", 0.9, 0, 0)], MONTH) is None


def test_before_and_after_are_their_own_numbers() -> None:
    done = [
        Done("one", day(1), 8, 3),
        Done("one", day(2), 6, 6),
        Done("one", day(3), 7, 8),
        Done("two", day(4), 5, 0),
        Done("three", day(4)),
        Done("two", day(200), 9, 9),
    ]
    with translation.override("en"):
        chart = helped_chart(done, MONTH, str.title)
    assert chart is not None
    assert list(chart.rows) == [("One", "3", "7", "6"), ("Two", "1", "5", "0")]
    assert "Afterwards it was less strong: 2. The same: 1. Stronger: 1." in chart.says
    assert len(dots(chart, "before")) == len(dots(chart, "after")) == 2
    assert helped_chart([Done("three", TODAY)], MONTH, str.title) is None


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("better", "more than chance alone"),
        ("worse", "more than chance alone"),
        ("no_clear_change", "may be chance"),
        ("too_soon", "too close together"),
        ("unknown", ""),
    ],
)
def test_a_difference_says_whether_it_counts(outcome: str, says: str) -> None:
    with translation.override("en"):
        chart = scores_chart(
            NINE, [answered(0, 9), answered(20, 14)], MONTH, PEOPLE["en"], lambda *_: outcome
        )
    assert chart is not None
    assert "The first time it came to 14, the last time to 9" in chart.says
    assert says in chart.says
    compared = outcome in ("better", "worse", "no_clear_change")
    assert len(group(chart, "change")) == (2 if compared else 0)
    assert [row[1] for row in chart.rows] == ["9", "14"]
    assert lines(chart, "score") == []


def test_bands_have_no_name_and_only_finished_answers_count() -> None:
    answers = [answered(0, 20), answered(3, 5, finished=False), answered(100, 4)]
    with translation.override("en"):
        chart = scores_chart(NINE, answers, MONTH, PEOPLE["en"])
    assert chart is not None
    assert len(group(chart, "band")) == 3
    assert [row[1] for row in chart.rows] == ["20"]
    assert "Answered once: 20, on a scale from 0 to 27." in chart.says
    assert not re.search(r">(?:low|middle|high)<", chart.svg)
    assert any("not a diagnosis" in note for note in chart.notes)

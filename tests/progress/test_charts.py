"""The pictures of what somebody noted: strict markup, the same figures in the table, gaps that are
gaps, and words that judge nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.progress.mood import Mood
from qingting.progress.charts.mood import Happening, mood_chart
from qingting.progress.charts.page import Noted, charts_of
from qingting.progress.charts.spans import SPANS, Span, span_of, stretches, tick_days, with_gaps
from qingting.progress.ports import Done
from tests.progress.charted import (
    MONTH,
    PEOPLE,
    SVG,
    TODAY,
    YEAR,
    all_charts,
    day,
    dots,
    group,
    lines,
    noted,
    tree,
)

_JUDGING = re.compile(
    r"\b(?:good|bad|better|worse|severe|mild|moderate|depress\w*|great|well done|streak|statistics"
    r"|improv\w*|normal|healthy)\b|好转|恶化|严重|轻度|中度|重度|抑郁|正常|连续|统计|优秀|很棒",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", list(PEOPLE))
@pytest.mark.parametrize("key", SPANS)
@pytest.mark.parametrize("days", [0, 1, 5, 500])
def test_nothing_in_a_picture_is_style_script_or_address(
    days: int, key: str, language: str
) -> None:
    charts = all_charts(days, key, language)
    assert len(charts) == (5 if days else 0)
    ids: list[str] = []
    for chart in charts:
        root = tree(chart)
        assert (root.get("role"), root.get("viewBox", "")[:8]) == ("img", "0 0 360 ")
        title, desc = root[0], root[1]
        assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
        said = (root.get("aria-labelledby"), root.get("aria-describedby"))
        assert said == (title.get("id"), desc.get("id"))
        assert (title.text, desc.text) == (chart.title, chart.says)
        names = {one.tag.removeprefix(SVG) for one in root.iter()}
        assert names <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
        for one in root.iter():
            assert not [name for name in one.attrib if name == "style" or name.startswith("on")]
            assert not [name for name in one.attrib if "href" in name]
        assert "http" not in chart.svg.replace("http://www.w3.org/2000/svg", "")
        assert "url(" not in chart.svg
        ids += re.findall(r'\bid="([^"]*)"', chart.svg)
    assert len(ids) == len(set(ids)) == 2 * len(charts)


@pytest.mark.parametrize("language", list(PEOPLE))
@pytest.mark.parametrize("days", [1, 5, 500])
def test_every_chart_has_a_sentence_a_table_and_no_word_that_judges(
    days: int, language: str
) -> None:
    for chart in all_charts(days, "all", language):
        assert chart.says.endswith(("。", "."))
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(chart.columns)}
        words = [chart.title, chart.says, *chart.notes, *chart.columns]
        words += [sign.words for sign in chart.legend] + [
            cell for row in chart.rows for cell in row
        ]
        assert [one for one in words if _JUDGING.search(one)] == []


def test_the_table_has_what_is_drawn() -> None:
    moods = [noted(0, 2, energy=-1), noted(1, -2), noted(3, 0), noted(3, 1, energy=2)]
    with translation.override("en"):
        chart = mood_chart(moods, [Happening(day(2), "exercise", "A walk")], MONTH, PEOPLE["en"])
    assert chart is not None
    assert [row[1:] for row in chart.rows] == [
        ("2", "−1", ""),
        ("−2", "", ""),
        ("", "", "A walk"),
        ("0.5 (0 to 1)", "2", ""),
    ]
    assert [row[0] for row in chart.rows][:2] == ["Nov. 23, 2026", "Nov. 22, 2026"]
    assert len(dots(chart, "mood")) == 3
    assert len(dots(chart, "energy")) == 2
    assert len(dots(chart, "sign-exercise")) == 1
    assert len(group(chart, "range")) == 1
    lowest, middle, highest = sorted(dots(chart, "mood"), key=lambda one: -one[1])
    assert lowest[1] > middle[1] > highest[1]
    assert lowest[0] < highest[0]


def test_the_sentence_counts_days_and_not_how_often_one_noted() -> None:
    moods = [noted(0, 2), noted(0, 1), noted(0, -1), noted(1, -1), noted(2, 0)]
    with translation.override("en"):
        chart = mood_chart(moods, [], MONTH, PEOPLE["en"])
    assert chart is not None
    assert chart.says == (
        "Days you noted: 3. On the lighter side: 1. On the heavier side: 1. In between: 1."
    )


def test_no_line_goes_over_days_without_notes() -> None:
    # Days 0 to 2, then nothing on 3 and 4, 5 and 6, nothing on 7, and 8 by itself.
    moods = [noted(back, back % 3 - 1) for back in (0, 1, 2, 5, 6, 8)]
    with translation.override("en"):
        chart = mood_chart(moods, [], MONTH, PEOPLE["en"])
    assert chart is not None
    assert sorted(lines(chart, "mood")) == [2, 3]
    assert len(dots(chart, "mood")) == 6
    assert any("gap" in note for note in chart.notes)


def test_a_second_line_alone_keeps_its_points() -> None:
    moods = [noted(back, 0, energy=1) for back in (0, 1, 2, 3, 6)]
    chart = mood_chart(moods, [], MONTH, PEOPLE["en"])
    assert chart is not None
    assert lines(chart, "energy") == [4]
    # The line shows the others.
    assert len(dots(chart, "energy")) == 1


@pytest.mark.parametrize(("count", "says"), [(1, "one day so far"), (3, "3 days so far")])
def test_few_days_are_points_and_said_to_be_few(count: int, says: str) -> None:
    with translation.override("en"):
        chart = mood_chart([noted(n, 1) for n in range(count)], [], MONTH, PEOPLE["en"])
    assert chart is not None
    assert lines(chart, "mood") == []
    assert len(dots(chart, "mood")) == count
    assert says in chart.notes[0]


@pytest.mark.parametrize("valence", [-2, 0, 2])
def test_the_axis_is_always_whole(valence: int) -> None:
    chart = mood_chart([noted(n, valence) for n in range(9)], [], MONTH, PEOPLE["zh"])
    assert chart is not None
    heights = {round(y) for _x, y in dots(chart, "mood")}
    other = mood_chart([noted(0, -2), noted(1, 0), noted(2, 2)], [], MONTH, PEOPLE["zh"])
    assert other is not None
    whole = sorted((round(y) for _x, y in dots(other, "mood")), reverse=True)
    assert heights == {whole[(valence + 2) // 2]}


def test_over_a_long_time_a_point_is_the_middle_of_a_week_and_says_so() -> None:
    # Two whole weeks: Monday 2 to Sunday 15 November 2026.
    values = (-2, -1, 0, 1, 2, 2, 2, -2, -2, -2, -1, 0, 1, 2)
    moods = [noted(21 - n, value) for n, value in enumerate(values)]
    with translation.override("en"):
        chart = mood_chart(moods, [], YEAR, PEOPLE["en"])
    assert chart is not None
    assert len(dots(chart, "mood")) == 2
    assert [row[:2] for row in chart.rows] == [
        ("from Nov. 9, 2026", "−1 (−2 to 2)"),
        ("from Nov. 2, 2026", "1 (−2 to 2)"),
    ]
    assert any("Each point is a week" in note for note in chart.notes)
    assert any("lowest to the highest" in note for note in chart.notes)


@pytest.mark.parametrize(("days", "unit"), [(30, 1), (120, 1), (121, 7), (1000, 7), (2000, 28)])
def test_so_many_days_make_one_point(days: int, unit: int) -> None:
    span = Span("all", day(days - 1), TODAY)
    assert span.unit == unit
    found = stretches([(day(n), 0) for n in range(days)], span)
    assert sum(one.count for one in found) == days
    assert len(found) <= 160
    assert None not in list(with_gaps(found, span.unit))
    assert len(tick_days(span)) <= 5


@pytest.mark.parametrize("asked", ["", "31", "ALL", "30; drop", "365", "all"])
def test_a_span_that_is_none_is_thirty_days(asked: str) -> None:
    span = span_of(asked, TODAY, day(400))
    assert span.key == (asked if asked in ("365", "all") else "30")
    assert span.days == {"365": 365, "all": 401}.get(asked, 30)


_DAYS = st.dates(date(2020, 1, 1), date(2028, 1, 1))
_MOMENTS = st.datetimes(timezones=st.just(UTC))
_ODD = st.lists(
    st.builds(
        Mood,
        id=st.text(max_size=3),
        on=_DAYS,
        at=_MOMENTS,
        valence=st.integers(-9, 9),
        energy=st.none() | st.integers(-9, 9),
        sleep=st.none() | st.floats(),
    ),
    max_size=30,
)
_DONE = st.lists(
    st.builds(
        Done,
        exercise=st.text(max_size=8),
        on=_DAYS,
        before=st.none() | st.integers(-3, 99),
        after=st.none() | st.integers(-3, 99),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(moods=_ODD, done=_DONE, key=st.sampled_from(SPANS))
def test_odd_notes_never_break_a_picture(
    moods: Sequence[Mood], done: Sequence[Done], key: str
) -> None:
    found = Noted(moods, (), (), done)
    span = span_of(key, TODAY, found.earliest)
    for chart in charts_of(found, {}, span, PEOPLE["zh"]):
        assert {len(row) for row in chart.rows} == {len(chart.columns)}
        for one in tree(chart).iter(f"{SVG}circle"):
            assert 0 <= float(one.get("cx", "nan")) <= 360
            assert 0 <= float(one.get("cy", "nan")) <= 400
        assert "nan" not in re.sub(r"<(?:title|desc|text).*?</", "", chart.svg)

"""The pictures of what somebody noted: strict markup, the same figures in the table, gaps that are
gaps, and words that judge nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.instruments.instrument import Answers
from qingting.companion.person import Person
from qingting.companion.progress.mood import Felt, Mood
from qingting.progress.charts.chart import Chart
from qingting.progress.charts.helped import helped_chart
from qingting.progress.charts.hours import hours_chart
from qingting.progress.charts.mood import Happening, mood_chart
from qingting.progress.charts.page import Noted, charts_of
from qingting.progress.charts.scores import scores_chart
from qingting.progress.charts.sleep import sleep_chart
from qingting.progress.charts.spans import SPANS, Span, span_of, stretches, tick_days, with_gaps
from qingting.progress.ports import Done
from tests.progress.noting import NINE, answers_of, felt_of, moods_of

TODAY = date(2026, 11, 23)
MONTH = span_of("30", TODAY, None)
YEAR = span_of("365", TODAY, None)
PEOPLE = {"zh": Person(locale="zh-CN"), "en": Person(locale="en-GB", timezone="UTC")}
SVG = "{http://www.w3.org/2000/svg}"

_JUDGING = re.compile(
    r"\b(?:good|bad|better|worse|severe|mild|moderate|depress\w*|great|well done|streak|statistics"
    r"|improv\w*|normal|healthy)\b|好转|恶化|严重|轻度|中度|重度|抑郁|正常|连续|统计|优秀|很棒",
    re.IGNORECASE,
)


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


def noted(back: int, valence: int, **more: Any) -> Mood:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=back)
    return Mood(uuid4().hex, day(back), at, valence, **more)


def answered(back: int, value: int, *, finished: bool = True) -> Answers:
    """Nine answers that come to a number."""
    each = [min(3, max(0, value - 3 * one)) for one in range(9)]
    values = {f"q{one}": answer for one, answer in enumerate(each, 1)}
    return Answers(uuid4().hex, "nine", "en", day(back), values, finished)


def everything(days: int) -> Noted:
    answers = [
        Answers(one.id, "nine", one.language, one.on, one.values, one.finished)
        for one in answers_of(days, TODAY, "en")
    ]
    felt = [one for _at, read in felt_of(days, TODAY) for one in read]
    done = [Done("body_scan", day(back), 7, 4) for back in range(0, days, 6)]
    return Noted(moods_of(days, TODAY), felt, answers, [*done, Done("gone_one", TODAY)][: days + 1])


def all_charts(days: int, key: str, language: str) -> list[Chart]:
    found = everything(days) if days else Noted()
    span = span_of(key, TODAY, found.earliest)
    with translation.override("zh-hans" if language == "zh" else "en"):
        return charts_of(found, {"nine": NINE}, span, PEOPLE[language])


def tree(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg)


def group(chart: Chart, look: str) -> list[ET.Element]:
    return [one for one in tree(chart).iter() if look in one.get("class", "").split()]


def dots(chart: Chart, look: str) -> list[tuple[float, float]]:
    return [
        (float(dot.get("cx", "")), float(dot.get("cy", "")))
        for one in group(chart, look)
        for dot in one.iter(f"{SVG}circle")
    ]


def lines(chart: Chart, look: str) -> list[int]:
    """How many points each line of a series joins."""
    paths = [path for one in group(chart, look) for path in one.iter(f"{SVG}path")]
    return [len(re.findall(r"-?[\d.]+ -?[\d.]+", path.get("d", ""))) for path in paths]


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

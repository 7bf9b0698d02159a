"""Charts of made-up notes, and what is drawn in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

from django.utils import translation

from qingting.companion.instruments.instrument import Answers
from qingting.companion.person import Person
from qingting.companion.progress.mood import Mood
from qingting.progress.charts.chart import Chart
from qingting.progress.charts.page import Noted, charts_of
from qingting.progress.charts.spans import span_of
from qingting.progress.ports import Done
from tests.progress.noting import NINE, answers_of, felt_of, moods_of

TODAY = date(2026, 11, 23)
MONTH = span_of("30", TODAY, None)
YEAR = span_of("365", TODAY, None)
PEOPLE = {"zh": Person(locale="zh-CN"), "en": Person(locale="en-GB", timezone="UTC")}
SVG = "{http://www.w3.org/2000/svg}"


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

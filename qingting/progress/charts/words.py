"""Words that several charts use: numbers, days, how it was, what was felt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingting.companion.person import Language, Person
from qingting.companion.progress.mood import LEAST
from qingting.companion.understand.reading import Feeling
from qingting.companion.words.bank import read_toml
from qingting.companion.words.script import in_script
from qingting.progress.charts.spans import Span, Stretch


@dataclass(frozen=True, slots=True)
class Ends:
    """What the ends of the grid are called where somebody taps it, and so here."""

    heavy: str
    light: str
    up: str
    down: str


def ends(person: Person) -> Ends:
    """The same in the person's own writing."""
    told = _moods(person.language)["ends"]
    sides = ("heavy", "light", "up", "down")
    return Ends(**{side: in_script(str(told[side]), person) for side in sides})


def how_it_was(value: float, person: Person) -> str:
    """A mood in the words it is tapped by, the nearest where it lies between two."""
    words: list[str] = _moods(person.language)["valence"]
    # Halves towards the middle: rather too little said than too much.
    nearest = int(abs(value) + 0.49) * (1 if value > 0 else -1)
    return in_script(words[nearest - LEAST], person)


@cache
def _moods(language: Language) -> Mapping[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "moods.toml")


def number(value: float) -> str:
    """A number as it is read: no needless decimals, and a minus that is one."""
    return f"{value:.1f}".removesuffix(".0").replace("-", "−").replace("−0", "0", value == 0)


def whole_day(day: date) -> str:
    """A day with its year."""
    return str(date_format(day, "DATE_FORMAT"))


def tick(day: date, span: Span) -> str:
    """A day as it stands under a chart."""
    # Translators: a day and a month, as Django's date formats write it.
    return str(formatted(day, _("j M") if span.unit == 1 else _("M Y")))


def point_name(stretch: Stretch, span: Span) -> str:
    """The day of a point; of a week or more its first."""
    day = whole_day(max(stretch.begins, span.first))
    if span.unit == 1:
        return day
    return _("from %(day)s") % {"day": day}


def between(stretch: Stretch) -> str:
    """The middle of a point, and from where to where it went."""
    middle = number(stretch.middle)
    if stretch.low == stretch.high:
        return middle
    low, high = number(stretch.low), number(stretch.high)
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": middle, "low": low, "high": high}


def so_far(count: int) -> str:
    """That there is little yet."""
    if count == 1:
        return _("Only one day so far, so it is one point.")
    return _("Only %(n)s days so far, so these are points and no line.") % {"n": count}


def together(span: Span) -> tuple[str, ...]:
    """What one point stands for; nothing to say where it is a day."""
    if span.unit == 1:
        return ()
    if span.unit == 7:
        return (
            _("Each point is a week here, the middle of what you noted in it."),
            _("The thin bars go from the lowest to the highest."),
        )
    return (
        _("Each point is four weeks here, the middle of what you noted in them."),
        _("The thin bars go from the lowest to the highest."),
    )


def feelings() -> Mapping[Feeling, str]:
    """What is read in talks, in plain words. Where nothing much was felt there is none."""
    return {
        "sadness": _("sad"),
        "fear": _("afraid"),
        "anxiety": _("on edge"),
        "shame": _("ashamed"),
        "guilt": _("guilty"),
        "anger": _("angry"),
        "hurt": _("hurt"),
        "hope": _("hopeful"),
        "hopelessness": _("hopeless"),
        "relief": _("relieved"),
        "joy": _("glad"),
        "loneliness": _("lonely"),
        "grief": _("grieving"),
        "confusion": _("lost"),
        "overwhelm": _("too much"),
        "excitement": _("excited"),
        "gratitude": _("thankful"),
        "love": _("fond"),
        "pride": _("proud"),
        "numbness": _("numb"),
        "disgust": _("disgusted"),
    }

"""How light or heavy it was, over time, with how much energy there was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.companion.progress.mood import LEAST, MOST, Mood
from qingting.progress.charts.chart import ENOUGH, Chart, Sign
from qingting.progress.charts.drawing import Frame, Picture, Series, Stroke, drawn, room_for
from qingting.progress.charts.spans import (
    Span,
    Stretch,
    begin_of,
    has_gaps,
    stretches,
    tick_days,
    with_gaps,
)
from qingting.progress.charts.words import (
    Ends,
    between,
    ends,
    number,
    point_name,
    so_far,
    tick,
    together,
)

# Below the lowest there is room for the signs of what else there was.
_SIGNS: Final = LEAST - 0.75
# Room below the lowest, so that its name does not touch the days.
_FOOT: Final = LEAST - 0.3
# Over more days than this points are drawn smaller.
_MONTH: Final = 31
_KEY: Final = "mood"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something else of a day, to stand beside how it was. name: as the table says it."""

    on: date
    kind: Literal["exercise", "questions"]
    name: str


@dataclass(frozen=True, slots=True)
class _Course:
    """What is drawn and told: by point, mood and energy, and what else there was."""

    span: Span
    moods: list[Stretch]
    energies: list[Stretch]
    also: Mapping[date, list[Happening]]


def mood_chart(
    moods: Sequence[Mood], happenings: Sequence[Happening], span: Span, person: Person
) -> Chart | None:
    """The chart of what was noted within a span; None where nothing was. happenings: marked
    beneath."""
    noted = [one for one in moods if span.holds(one.on) and LEAST <= one.valence <= MOST]
    if not noted:
        return None
    energies = [(m.on, m.energy) for m in noted if m.energy is not None]
    course = _Course(
        span,
        stretches(((one.on, one.valence) for one in noted), span),
        stretches(((on, value) for on, value in energies if LEAST <= value <= MOST), span),
        _by_point(happenings, span),
    )
    title, says, called = _("How it was"), _says(noted), ends(person)
    days = len({one.on for one in noted})
    picture = _picture(course, called, title, says)
    return Chart(
        key=_KEY,
        title=title,
        says=says,
        svg=drawn(picture),
        columns=_columns(course, called),
        rows=_rows(course),
        notes=((so_far(days),) if days < ENOUGH else ()) + together(span) + _gaps(course),
        legend=_legend(course, called),
    )


def _says(noted: Sequence[Mood]) -> str:
    """In how many days it was lighter and heavier; of a day with several, their sum decides."""
    days: dict[date, int] = defaultdict(int)
    for one in noted:
        days[one.on] += one.valence
    light, heavy = (sum(1 for s in days.values() if s * way > 0) for way in (1, -1))
    return _(
        "Days you noted: %(all)s. On the lighter side: %(light)s. On the heavier side: %(heavy)s. "
        "In between: %(rest)s."
    ) % {"all": len(days), "light": light, "heavy": heavy, "rest": len(days) - light - heavy}


def _by_point(happenings: Sequence[Happening], span: Span) -> Mapping[date, list[Happening]]:
    also: dict[date, list[Happening]] = defaultdict(list)
    for one in sorted(happenings, key=lambda one: one.on):
        if span.holds(one.on):
            also[begin_of(one.on, span.unit)].append(one)
    return also


def _picture(course: _Course, called: Ends, title: str, says: str) -> Picture:
    span = course.span
    series = [_series("mood", course.moods, course, 3.0)]
    if course.energies:
        series.append(_series("energy", course.energies, course, 2.2))
    series += _signs(course)
    frame = Frame(
        across=(0, span.days - 1),
        up=(_SIGNS if course.also else _FOOT, MOST),
        ticks_across=[(span.across(day), tick(day, span)) for day in tick_days(span)],
        ticks_up=[(MOST, called.light), (0, ""), (LEAST, called.heavy)],
        left=room_for([called.light, called.heavy]),
        height=200 if course.also else 180,
    )
    return Picture(_KEY, title, says, frame, series, _ranges(course))


def _series(look: str, found: Sequence[Stretch], course: _Course, size: float) -> Series:
    """A line with its points. Of the second line only those stand out that no line leads to."""
    line, span = len(found) >= ENOUGH, course.span
    shown = list(with_gaps(found, span.unit))
    beside = zip([None, *shown], shown, [*shown[1:], None], strict=False)
    alone = [before is None and after is None for before, _one, after in beside]
    size = size if span.days <= _MONTH else size * 0.75
    return Series(
        look,
        [None if one is None else (one.at, one.middle) for one in shown],
        line=line,
        sizes=[size if look == "mood" or not line or apart else 0 for apart in alone],
    )


def _signs(course: _Course) -> list[Series]:
    found, short = [], course.span.days <= _MONTH
    for kind in ("exercise", "questions"):
        places = [
            (float(_at(begins, course.span)), _SIGNS)
            for begins, all_of_it in course.also.items()
            if any(one.kind == kind for one in all_of_it)
        ]
        if places:
            size = 3.4 if kind == "exercise" else 2.0
            found.append(Series(f"sign-{kind}", places, size=size if short else size * 0.6))
    return found


def _at(begins: date, span: Span) -> float:
    return min(max(span.across(begins) + (span.unit - 1) / 2, 0), span.days - 1)


def _ranges(course: _Course) -> list[Stroke]:
    return [
        Stroke("range", (one.at, one.low), (one.at, one.high))
        for one in course.moods
        if one.low != one.high
    ]


def _gaps(course: _Course) -> tuple[str, ...]:
    if len(course.moods) < ENOUGH or not has_gaps(course.moods, course.span.unit):
        return ()
    return (_("Where you noted nothing there is a gap, and nothing is made up for it."),)


def _legend(course: _Course, called: Ends) -> tuple[Sign, ...]:
    energy = {"low": called.down, "high": called.up}
    kinds = {one.kind for all_of_it in course.also.values() for one in all_of_it}
    return tuple(
        sign
        for sign, there in (
            (Sign("mood", _("how light or heavy")), True),
            (
                Sign("energy", _("energy, from “%(low)s” up to “%(high)s”") % energy),
                bool(course.energies),
            ),
            (Sign("sign-exercise", _("an exercise done")), "exercise" in kinds),
            (Sign("sign-questions", _("questions answered")), "questions" in kinds),
        )
        if there
    )


def _columns(course: _Course, called: Ends) -> tuple[str, ...]:
    low, high = number(LEAST), number(MOST)
    scale = {"low": low, "high": high, "lowest": called.heavy, "highest": called.light}
    energy = {"low": low, "high": high, "lowest": called.down, "highest": called.up}
    what = _("Mood, from %(low)s (%(lowest)s) to %(high)s (%(highest)s)") % scale
    more = _("Energy, from %(low)s (%(lowest)s) to %(high)s (%(highest)s)") % energy
    found = [_("Day") if course.span.unit == 1 else _("Stretch"), what]
    found += [more] if course.energies else []
    return (*found, _("Besides")) if course.also else tuple(found)


def _rows(course: _Course) -> list[tuple[str, ...]]:
    """A row for each point in which anything was, the newest first."""
    energies = {one.begins: one for one in course.energies}
    moods = {one.begins: one for one in course.moods}
    rows = []
    for begins in sorted({*moods, *course.also}, reverse=True):
        mood, energy = moods.get(begins), energies.get(begins)
        named = mood or Stretch(begins, 0, 0, 0, 0, 0)
        row = [point_name(named, course.span), between(mood) if mood else ""]
        row += [between(energy) if energy else ""] if course.energies else []
        if course.also:
            row.append(" / ".join(dict.fromkeys(one.name for one in course.also.get(begins, ()))))
        rows.append(tuple(row))
    return rows

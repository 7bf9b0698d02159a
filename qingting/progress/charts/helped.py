"""How strong it was before an exercise and after it, as the person put it in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from django.utils.translation import gettext as _

from qingting.progress.charts.chart import ENOUGH, Chart, Sign
from qingting.progress.charts.drawing import Frame, Mark, Picture, Series, Stroke, Words, drawn
from qingting.progress.charts.spans import Span
from qingting.progress.charts.words import number
from qingting.progress.ports import Done

_KEY: Final = "helped"
_MOST: Final = 10
_ROWS: Final = 6

# The numbers of one exercise: before and after, time by time.
_Numbers = list[tuple[int, int]]


def helped_chart(done: Sequence[Done], span: Span, title_of: Callable[[str], str]) -> Chart | None:
    """The chart of exercises with both numbers; None where there is none. title_of: the title of
    an exercise by its id."""
    numbers: dict[str, _Numbers] = defaultdict(list)
    for one in done:
        if one.before is None or one.after is None or not span.holds(one.on):
            continue
        if 0 <= one.before <= _MOST and 0 <= one.after <= _MOST:
            numbers[one.exercise].append((one.before, one.after))
    if not numbers:
        return None
    order = sorted(numbers, key=lambda one: (-len(numbers[one]), one))
    shown = [(title_of(one), numbers[one]) for one in order]
    everything = [pair for _title, pairs in shown for pair in pairs]
    title, says = _("Before and after an exercise"), _says(everything)
    return Chart(
        key=_KEY,
        title=title,
        says=says,
        svg=drawn(_picture(shown[:_ROWS], title, says)),
        columns=(_("Exercise"), _("Times"), _("Before"), _("After")),
        rows=[
            (name, str(len(pairs)), *(number(one) for one in _middles(pairs)))
            for name, pairs in shown
        ],
        notes=_notes(shown),
        legend=(Sign("before", _("before")), Sign("after", _("after"))),
    )


def _says(pairs: _Numbers) -> str:
    return _(
        "Exercises with a number before and after: %(all)s. Afterwards it was less strong: "
        "%(less)s. The same: %(same)s. Stronger: %(more)s."
    ) % {
        "all": len(pairs),
        "less": sum(after < before for before, after in pairs),
        "same": sum(after == before for before, after in pairs),
        "more": sum(after > before for before, after in pairs),
    }


def _middles(pairs: _Numbers) -> tuple[float, float]:
    return (
        float(median(before for before, _after in pairs)),
        float(median(after for _before, after in pairs)),
    )


def _picture(shown: Sequence[tuple[str, _Numbers]], title: str, says: str) -> Picture:
    """A row for each: its name, and under it from where to where."""
    marks: list[Mark] = []
    befores: list[tuple[float, float]] = []
    afters: list[tuple[float, float]] = []
    for row, (name, pairs) in enumerate(shown):
        height = float(len(shown) - 1 - row)
        before, after = _middles(pairs)
        marks += [
            Words("row-name", (0, height), name, moved=(0, -10)),
            Stroke("row-line", (0, height), (_MOST, height)),
            Stroke("row-change", (before, height), (after, height)),
        ]
        befores.append((before, height))
        afters.append((after, height))
    frame = Frame(
        across=(0, _MOST),
        up=(-0.35, len(shown) - 0.3),
        ticks_across=[(at, str(at)) for at in (0, 5, _MOST)],
        ticks_up=[(-0.35, "")],
        left=12,
        right=12,
        height=50 + 38 * len(shown),
    )
    series = [Series("before", befores, size=5), Series("after", afters, size=5)]
    return Picture(_KEY, title, says, frame, series, marks)


def _notes(shown: Sequence[tuple[str, _Numbers]]) -> tuple[str, ...]:
    how = _("The numbers are yours: how strong it was, from 0 to 10.")
    notes = [how]
    if any(len(pairs) > 1 for _name, pairs in shown):
        notes.append(_("Done several times, the point is the middle one."))
    if sum(len(pairs) for _name, pairs in shown) < ENOUGH:
        notes.append(_("That is too little yet to see anything in it."))
    if len(shown) > _ROWS:
        notes.append(_("The picture shows the ones you did most; all of them are in the table."))
    return tuple(notes)

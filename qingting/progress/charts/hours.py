"""At which hours what was read in the talks. A guess of ours, and said to be one: it never stands
among what a person noted themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from qingting.companion.progress.mood import Felt
from qingting.progress.charts.chart import ENOUGH, Chart
from qingting.progress.charts.drawing import Grid, drawn_grid
from qingting.progress.charts.spans import Span
from qingting.progress.charts.words import feelings

_KEY: Final = "hours"
_HOURS: Final = 3
_ROWS: Final = 5


def hours_chart(felt: Sequence[Felt], span: Span) -> Chart | None:
    """The chart of feelings by hour of the day; None where none was read."""
    called = feelings()
    read = Counter(
        (one.feeling, one.at.hour // _HOURS)
        for one in felt
        if span.holds(one.at.date()) and one.feeling in called
    )
    if not read:
        return None
    often: Counter[str] = Counter()
    for (feeling, _part), times in read.items():
        often[feeling] += times
    shown = [feeling for feeling in called if feeling in often]
    shown = sorted(shown, key=lambda feeling: -often[feeling])[:_ROWS]
    parts = range(24 // _HOURS)
    rows = [(called[one], [read[one, part] for part in parts]) for one in shown]
    (feeling, part), times = max(read.items(), key=lambda one: (one[1], one[0]))
    ends = {"from": part * _HOURS, "to": (part + 1) * _HOURS}
    title = _("What I read in your talks, by hour")
    says = _("Read most often: “%(feeling)s”, between %(from)s and %(to)s o'clock (times: %(n)s).")
    says %= {"feeling": called[feeling], "n": times, **ends}
    columns = [str(part * _HOURS) for part in parts]
    return Chart(
        key=_KEY,
        title=title,
        says=says,
        svg=drawn_grid(Grid(_KEY, title, says, "felt", columns, rows)),
        columns=(
            _("Feeling"),
            *(f"{_HOURS * part}–{_HOURS * part + _HOURS}" for part in parts),
        ),
        rows=[(name, *(str(number) for number in numbers)) for name, numbers in rows],
        notes=_notes(read.total()),
    )


def _notes(total: int) -> tuple[str, ...]:
    guess = _(
        "This is what I took from your words in talks, so it may be wrong. It is kept apart from "
        "what you noted yourself."
    )
    if total < ENOUGH:
        return (guess, _("Very little so far: too little to see anything in it."))
    return (guess, _("A bigger point is more often. Below stand the hours of the day."))

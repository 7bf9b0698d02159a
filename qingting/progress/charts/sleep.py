"""How long somebody slept, beside how that day was. Side by side, and nothing about what caused
what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from statistics import median
from typing import Final

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.companion.progress.mood import LEAST, LONGEST_SLEEP, MOST, Mood
from qingting.progress.charts.chart import ENOUGH, Chart
from qingting.progress.charts.drawing import Frame, Picture, Series, drawn, room_for
from qingting.progress.charts.spans import Span
from qingting.progress.charts.words import ends, how_it_was, number

_KEY: Final = "sleep"
# Nights shorter than this are looked at apart. A place to cut, no advice: it is named as it is.
_CUT: Final = 6
_SMALLEST: Final = 2.6
_LARGEST: Final = 9.0

# Hours slept and mood, and on how many days so.
_Days = Counter[tuple[float, int]]


def sleep_chart(moods: Sequence[Mood], span: Span, person: Person) -> Chart | None:
    """The chart of the days with both; None where there is none."""
    days: _Days = Counter(
        (float(one.sleep), one.valence)
        for one in moods
        if span.holds(one.on)
        and one.sleep is not None
        and 0 <= one.sleep <= LONGEST_SLEEP
        and LEAST <= one.valence <= MOST
    )
    if not days:
        return None
    title, says, called = _("Sleep, and how it was"), _says(days, person), ends(person)
    frame = Frame(
        across=(0, LONGEST_SLEEP),
        up=(LEAST - 0.3, MOST + 0.2),
        ticks_across=[(hours, _("%(n)s h") % {"n": hours}) for hours in range(0, 17, 4)],
        ticks_up=[(MOST, called.light), (0, ""), (LEAST, called.heavy)],
        left=room_for([called.light, called.heavy]),
        right=20,
    )
    places = sorted(days)
    by = min(_SMALLEST, _LARGEST / sqrt(max(days.values())))
    sizes = [by * sqrt(days[place]) for place in places]
    series = Series("mood", [(hours, value) for hours, value in places], sizes=sizes)
    low, high = number(LEAST), number(MOST)
    scale = {"low": low, "high": high, "lowest": called.heavy, "highest": called.light}
    return Chart(
        key=_KEY,
        title=title,
        says=says,
        svg=drawn(Picture(_KEY, title, says, frame, [series])),
        columns=(
            _("Hours slept"),
            _("Mood, from %(low)s (%(lowest)s) to %(high)s (%(highest)s)") % scale,
            _("Times noted"),
        ),
        rows=[(number(at[0]), number(at[1]), str(days[at])) for at in places],
        notes=_notes(days),
    )


def _says(days: _Days, person: Person) -> str:
    short = [v for (hours, v), n in days.items() for _one in range(n) if hours < _CUT]
    long = [v for (hours, v), n in days.items() for _one in range(n) if hours >= _CUT]
    if len(short) < ENOUGH or len(long) < ENOUGH:
        return _("Times you noted both your sleep and how it was: %(n)s.") % {"n": days.total()}
    return _(
        "After nights under %(cut)s hours (times: %(short)s) the middle of what you noted was "
        "“%(low)s”, after longer ones (times: %(long)s) “%(high)s”."
    ) % {
        "cut": _CUT,
        "short": len(short),
        "long": len(long),
        "low": how_it_was(median(short), person),
        "high": how_it_was(median(long), person),
    }


def _notes(days: _Days) -> tuple[str, ...]:
    if days.total() < ENOUGH:
        return (_("That is too little yet to see anything in it."),)
    return (
        _(
            "A bigger point is more often. Two things side by side don't say which made which, "
            "or whether one did at all."
        ),
    )

"""What came of a questionnaire, time by time. The bands behind it have no names here, and no number
is called good or bad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from qingting.companion.instruments.change import change
from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.instruments.scoring import score, score_range
from qingting.companion.instruments.shelf import screening
from qingting.companion.person import Person
from qingting.companion.words.script import in_script
from qingting.progress.charts.chart import Chart, Sign
from qingting.progress.charts.drawing import Band, Frame, Level, Mark, Picture, Series, drawn
from qingting.progress.charts.spans import Span, tick_days
from qingting.progress.charts.words import number, tick, whole_day
from qingting.progress.question_words import named

Changed = Callable[[Instrument, Answers, Answers], str]
# What change() says where both can be compared.
_COMPARED: Final = frozenset({"better", "worse", "no_clear_change"})


@dataclass(frozen=True, slots=True)
class Scored:
    """One time of answering, with its number."""

    answers: Answers
    value: int

    @property
    def on(self) -> date:
        """The day."""
        return self.answers.on


def scores_chart(
    instrument: Instrument,
    answered: Sequence[Answers],
    span: Span,
    person: Person,
    changed: Changed = change,
) -> Chart | None:
    """The chart of one questionnaire; None where it has no number or none within the span. A list
    that is only asked with somebody on call is no course to look at."""
    scored = _scored(instrument, answered, span)
    if not scored or instrument.on_call_only:
        return None
    least, most = score_range(instrument)
    key = f"score-{instrument.key}"
    title = named(instrument, person).name
    outcome = changed(instrument, scored[0].answers, scored[-1].answers) if len(scored) > 1 else ""
    told = (_says(scored, least, most), _of_change(instrument, outcome))
    says = ("" if person.language == "zh" else " ").join(filter(None, told))
    frame = Frame(
        across=(0, span.days - 1),
        up=(least, most),
        ticks_across=[(span.across(day), tick(day, span)) for day in tick_days(span)],
        ticks_up=[(at, number(at)) for at in _steps(least, most)],
        left=34,
        height=170,
    )
    marks: list[Mark] = [
        Band(f"band band-{place % 2}", max(one.least - 0.5, least), min(one.most + 0.5, most))
        for place, one in enumerate(instrument.bands)
    ]
    corridor = _corridor(instrument, scored[0].value, least, most) if outcome in _COMPARED else ()
    marks += [Level("change", at) for at in corridor]
    points = Series("score", [(span.across(one.on), one.value) for one in scored], size=4)
    return Chart(
        key=key,
        title=title,
        says=says,
        svg=drawn(Picture(key, title, says, frame, [points], marks)),
        columns=(_("Day"), _("Number")),
        rows=[(whole_day(one.on), str(one.value)) for one in reversed(scored)],
        notes=(*_notes(instrument), in_script(screening(person.language), person)),
        legend=(Sign("score", _("your answers, counted")),)
        + ((Sign("change", _("so far from the first time it may be chance")),) if corridor else ()),
    )


def _scored(instrument: Instrument, answered: Sequence[Answers], span: Span) -> list[Scored]:
    """The finished ones with a number, the oldest first."""
    found = []
    for one in answered:
        if one.instrument == instrument.key and one.finished and span.holds(one.on):
            value = score(instrument, one.values).value
            if value is not None:
                found.append(Scored(one, value))
    return sorted(found, key=lambda one: one.on)


def _steps(least: int, most: int) -> list[float]:
    """Heights to be named: both ends and the middle where it is whole."""
    middle = (least + most) / 2
    return [least, *([middle] if middle.is_integer() else []), most]


def _corridor(instrument: Instrument, first: int, least: int, most: int) -> tuple[int, ...]:
    """How far from the first time a difference may still be chance, within the scale."""
    by = instrument.change or 0
    return tuple(at for at in (first - by, first + by) if least < at < most)


def _says(scored: Sequence[Scored], least: int, most: int) -> str:
    first, last = scored[0], scored[-1]
    scale = {"least": number(least), "most": number(most)}
    if first is last:
        return _("Answered once: %(n)s, on a scale from %(least)s to %(most)s.") % {
            "n": first.value,
            **scale,
        }
    return _(
        "Times answered: %(times)s. The first time it came to %(first)s, the last time to "
        "%(last)s, on a scale from %(least)s to %(most)s."
    ) % {"times": len(scored), "first": first.value, "last": last.value, **scale}


def _of_change(instrument: Instrument, outcome: str) -> str:
    by = {"by": instrument.change}
    if outcome in ("better", "worse"):
        return _("That is more than chance alone makes of it: from %(by)s on it counts.") % by
    if outcome == "no_clear_change":
        return _("A difference that small may be chance: from %(by)s on it counts.") % by
    if outcome == "too_soon":
        return _("The two lie too close together to be compared yet.")
    return ""


def _notes(instrument: Instrument) -> tuple[str, ...]:
    way = (
        _("Higher means heavier here.")
        if instrument.higher_is_worse
        else _("Higher means lighter here.")
    )
    shades = (_("The shades behind only help the eye."),) if instrument.bands else ()
    return (way, *shades)

"""All charts of the page, from what was read of somebody. Only those with something in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingting.companion.exercise.shelf import titles
from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.person import Person
from qingting.companion.progress.mood import Felt, Mood
from qingting.companion.words.script import in_script
from qingting.progress.charts.chart import Chart
from qingting.progress.charts.helped import helped_chart
from qingting.progress.charts.hours import hours_chart
from qingting.progress.charts.mood import Happening, mood_chart
from qingting.progress.charts.scores import scores_chart
from qingting.progress.charts.sleep import sleep_chart
from qingting.progress.charts.spans import Span
from qingting.progress.ports import Done
from qingting.progress.question_words import named


@dataclass(frozen=True, slots=True)
class Noted:
    """What there is of somebody. felt: read in talks, empty where they want none of it kept."""

    moods: Sequence[Mood] = ()
    felt: Sequence[Felt] = ()
    answers: Sequence[Answers] = ()
    done: Sequence[Done] = ()

    @property
    def earliest(self) -> date | None:
        """The first day with anything; None without."""
        days = [
            *(one.on for one in self.moods),
            *(one.on for one in self.answers),
            *(one.on for one in self.done),
            *(one.at.date() for one in self.felt),
        ]
        return min(days, default=None)


def charts_of(
    noted: Noted, instruments: Mapping[str, Instrument], span: Span, person: Person
) -> list[Chart]:
    """The charts of a span: what somebody noted and answered first, what was read in talks last."""
    return [one for one in _charts(noted, instruments, span, person) if one is not None]


def _charts(
    noted: Noted, instruments: Mapping[str, Instrument], span: Span, person: Person
) -> Iterator[Chart | None]:
    yield mood_chart(noted.moods, list(_happenings(noted, instruments, person)), span, person)
    yield sleep_chart(noted.moods, span, person)
    yield helped_chart(noted.done, span, lambda exercise: _exercise(exercise, person))
    asked = {one.instrument for one in noted.answers}
    for key, instrument in instruments.items():
        if key in asked:
            yield scores_chart(instrument, noted.answers, span, person)
    yield hours_chart(noted.felt, span)


def _happenings(
    noted: Noted, instruments: Mapping[str, Instrument], person: Person
) -> Iterator[Happening]:
    for done in noted.done:
        yield Happening(done.on, "exercise", _exercise(done.exercise, person))
    for one in noted.answers:
        if one.finished:
            name = _questions(instruments.get(one.instrument), one, person)
            yield Happening(one.on, "questions", name)


def _exercise(exercise: str, person: Person) -> str:
    """The title of an exercise; its id where it is no longer there."""
    named = titles(person.language).get(exercise)
    return in_script(named["title"], person) if named else exercise


def _questions(instrument: Instrument | None, answers: Answers, person: Person) -> str:
    """The name of a questionnaire; its key where it is no longer there."""
    return named(instrument, person).name if instrument else answers.instrument

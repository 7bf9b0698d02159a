"""What somebody did, as the pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.run import Extent
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language, Person
from qingting.companion.words.script import in_script
from qingting.skills.answers import before_and_after, first_open
from qingting.skills.choices import LANGUAGES
from qingting.skills.rows import KeptRun
from qingting.skills.screens import screen_at
from qingting.skills.shown import ShownAnswer, shown_answers
from qingting.skills.words import WordsOf


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run in a list or to be read again. at: the page to go on with, and place: where that is,
    e.g. "3 / 8"; "" in a talk. open_at: the first page where something is left undone. talk: the
    conversation it was done in. waits: whether it can be gone on with. told: what was asked, and
    what was answered to it."""

    id: UUID
    exercise: str
    title: str
    begun_at: datetime
    finished: bool
    waits: bool
    at: str
    place: str
    open_at: str
    talk: UUID | None
    before_after: tuple[str, str] | None
    extent: Extent = "bare"
    told: Sequence[ShownAnswer] = ()
    end: str = ""


def shown_runs(kept: Iterable[KeptRun], person: Person) -> list[ShownRun]:
    """Runs in a list."""
    return [_run(one, person) for one in kept]


def run_to_read(kept: KeptRun, person: Person) -> ShownRun:
    """One run with all that was answered."""
    shown = _run(kept, person)
    exercise, language = exercises().get(kept.run.exercise), language_of(kept.run.exercise, person)
    if exercise is None or language is None:
        # An exercise that is no longer there: the words are theirs all the same.
        told = [ShownAnswer("", "", one) for one in kept.run.answers.values() if any(one)]
        return replace(shown, told=told)
    words = WordsOf(exercise, language, kept.id.hex)
    return replace(
        shown,
        told=shown_answers(exercise, words, person, kept.run.answers, but=None),
        end=in_script(words.end(shown.extent), person),
    )


def language_of(exercise: str, person: Person) -> Language | None:
    """The language an exercise has words in, the person's own first."""
    both = sorted(LANGUAGES, key=lambda language: language != person.language)
    return next((one for one in both if exercise in titles(one)), None)


def _run(kept: KeptRun, person: Person) -> ShownRun:
    run = kept.run
    exercise, language = exercises().get(run.exercise), language_of(run.exercise, person)
    title = titles(language)[run.exercise]["title"] if language else run.exercise
    screen = screen_at(exercise, run.at) if exercise and kept.talk is None else None
    return ShownRun(
        id=kept.id,
        exercise=run.exercise,
        title=in_script(title, person),
        begun_at=kept.begun_at,
        finished=run.ended == "finished",
        waits=kept.waits and exercise is not None,
        at=screen.key if screen else "",
        place=f"{screen.number} / {screen.of}" if screen else "",
        open_at=first_open(exercise, run) if exercise and kept.talk is None else "",
        talk=kept.talk,
        before_after=before_and_after(exercise, run.answers) if exercise else None,
        extent=runs.extent(exercise, run) if exercise else "bare",
    )

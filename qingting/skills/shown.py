"""Exercises as the pages show them, in the writing of the person who reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from qingting.companion.exercise.coach import ROLES
from qingting.companion.exercise.exercise import Exercise, Group, Step
from qingting.companion.exercise.fitting import allowed
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language, Person
from qingting.companion.protect.episode import Episode
from qingting.companion.words.script import in_script
from qingting.skills.answers import Answers, before_and_after, is_answered, steps_of
from qingting.skills.service import KeptRun
from qingting.skills.words import WordsOf

# What may be done at night by anybody, easiest first: where one exercise must wait, one of these
# is offered.
_INSTEAD: Final = ("grounding_54321", "breathing_box", "urge_surfing", "muscle_release")
_SHELF: Final[tuple[Group, ...]] = ("body", "sleep", "thoughts", "doing", "kindness", "people")
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """An exercise in a list. waits: whether it had better wait for another day."""

    id: str
    title: str
    page: str
    minutes: int
    waits: bool


@dataclass(frozen=True, slots=True)
class Played:
    """What one kind of person would answer. whom: as the options name them."""

    whom: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step on a page.

    field: what stands in its field. options: what can be chosen, as stored and as shown. pace:
    address part of the pacer's rhythm, e.g. "4-7-8-0". phases: (name, seconds) without the empty
    ones, name "in", "hold" or "out".
    """

    id: str
    kind: str
    asked: str
    smaller: str
    example: str
    field: str
    options: tuple[tuple[str, str], ...]
    pace: str
    phases: tuple[tuple[str, int], ...]
    rounds: int
    seconds: int
    least: int
    most: int
    played: tuple[Played, ...]

    @property
    def turns(self) -> range:
        """One for each round."""
        return range(self.rounds)


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run in a list or to be read again. told: what was asked, and what was answered to it."""

    id: UUID
    exercise: str
    title: str
    begun_at: datetime
    finished: bool
    at: str
    before_after: tuple[str, str] | None
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()
    end: str = ""


def shelf(person: Person, episode: Episode) -> list[tuple[Group, list[ShownExercise]]]:
    """All exercises that have words in the person's language, by group, the shortest first."""
    named = titles(person.language)
    found = sorted(
        (exercises()[name] for name in named), key=lambda exercise: (exercise.minutes, exercise.id)
    )
    groups = [
        (group, [_listed(one, person, episode) for one in found if one.group == group])
        for group in _SHELF
    ]
    return [(group, listed) for group, listed in groups if listed]


def instead_of(exercise: Exercise, person: Person, episode: Episode) -> list[ShownExercise]:
    """Up to two others that may be done now."""
    named = titles(person.language)
    others = [exercises()[name] for name in _INSTEAD if name in named and name != exercise.id]
    fits = [
        one
        for one in others
        if allowed(one, episode) and not (one.not_when & exercise.not_when - {"episode"})
    ]
    return [_listed(one, person, episode) for one in fits[:2]]


def shown_steps(exercise: Exercise, person: Person, seed: str, answers: Answers) -> list[ShownStep]:
    """Every step with its words. answers: what stands in the fields."""
    words = WordsOf(exercise, person.language, seed)
    return [_step(exercise, step, words, person, answers) for step in steps_of(exercise)]


def shown_runs(kept: Iterable[KeptRun], person: Person) -> list[ShownRun]:
    """Runs in a list."""
    return [_run(one, person) for one in kept]


def run_to_read(kept: KeptRun, person: Person) -> ShownRun:
    """One run with all that was answered."""
    shown = _run(kept, person)
    exercise, language = exercises().get(kept.run.exercise), language_of(kept.run.exercise, person)
    if exercise is None or language is None:
        # An exercise that is no longer there: the words are theirs all the same.
        told = tuple(("", answers) for answers in kept.run.answers.values())
        return _with(shown, told, "")
    words = WordsOf(exercise, language, kept.id.hex)
    told = tuple(
        (in_script(words.asked(step), person), kept.run.answers[step.id])
        for step in steps_of(exercise)
        if is_answered(step) and kept.run.answers.get(step.id)
    )
    return _with(shown, told, in_script(words.end, person))


def language_of(exercise: str, person: Person) -> Language | None:
    """The language an exercise has words in, the person's own first."""
    own = person.language
    both = sorted(_LANGUAGES, key=lambda language: language != own)
    return next((one for one in both if exercise in titles(one)), None)


def _run(kept: KeptRun, person: Person) -> ShownRun:
    run = kept.run
    exercise, language = exercises().get(run.exercise), language_of(run.exercise, person)
    title = titles(language)[run.exercise]["title"] if language else run.exercise
    return ShownRun(
        id=kept.id,
        exercise=run.exercise,
        title=in_script(title, person),
        begun_at=kept.begun_at,
        finished=run.ended == "finished",
        at=run.at,
        before_after=before_and_after(exercise, run.answers) if exercise else None,
    )


def _with(run: ShownRun, told: tuple[tuple[str, tuple[str, ...]], ...], end: str) -> ShownRun:
    return ShownRun(
        run.id,
        run.exercise,
        run.title,
        run.begun_at,
        run.finished,
        run.at,
        run.before_after,
        told,
        end,
    )


def _listed(exercise: Exercise, person: Person, episode: Episode) -> ShownExercise:
    words: Mapping[str, str] = titles(person.language)[exercise.id]
    return ShownExercise(
        exercise.id,
        in_script(words["title"], person),
        in_script(words["page"], person),
        exercise.minutes,
        not allowed(exercise, episode),
    )


def _step(
    exercise: Exercise, step: Step, words: WordsOf, person: Person, answers: Answers
) -> ShownStep:
    told = answers.get(step.id, ())
    options = tuple(dict.fromkeys((*words.options(step), *told))) if step.kind == "choose" else ()
    pace = step.seconds if step.kind == "breathe" else ()
    phases = zip(("in", "hold", "out", "hold"), pace, strict=False)
    return ShownStep(
        id=step.id,
        kind=step.kind,
        asked=in_script(words.asked(step), person),
        smaller=in_script(words.smaller(step), person) if step.kind in ("ask", "list") else "",
        example=in_script(words.example(step), person),
        field="\n".join(told),
        options=tuple((one, in_script(one, person)) for one in options),
        pace="-".join(map(str, pace)),
        phases=tuple((name, seconds) for name, seconds in phases if seconds),
        rounds=step.rounds,
        seconds=step.seconds[0] if step.kind == "hold" and step.seconds else 0,
        least=step.least,
        most=step.most,
        played=_played(exercise, step, words, person, answers) if step.kind == "play" else (),
    )


def _played(
    exercise: Exercise, step: Step, words: WordsOf, person: Person, answers: Answers
) -> tuple[Played, ...]:
    """What they would answer: the one who was chosen, or each of them to open by oneself."""
    chooses = next((one for one in exercise.steps if one.kind == "choose"), step)
    options: Sequence[str] = words.options(chooses)
    chosen = answers.get(chooses.id, ("",))[0]
    pairs = [
        Played(in_script(whom, person), in_script(words.played(step, role), person))
        for whom, role in zip(options, ROLES, strict=False)
        if chosen not in options or whom == chosen
    ]
    return tuple(one for one in pairs if one.words)

"""Exercises as the pages show them, in the writing of the person who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from qingting.companion.exercise.exercise import Exercise, Shelf, Step
from qingting.companion.exercise.fitting import allowed
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode
from qingting.companion.words.script import in_script
from qingting.skills.answers import Answers
from qingting.skills.choices import role_of
from qingting.skills.screens import Screen, screen_at, steps_of
from qingting.skills.words import WordsOf

# What anybody may begin with, at any hour.
FIRST: Final = "breathing_minute"
# What may be done at night by anybody, easiest first: where one exercise must wait, one of these
# is offered.
_CALM: Final = (FIRST, "grounding_54321", "breathing_box", "urge_surfing", "muscle_release")
_SHELF: Final[tuple[Shelf, ...]] = (
    "restless",
    "surge",
    "awake",
    "racing",
    "flat",
    "heavy",
    "stuck",
    "people",
)


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """An exercise in a list. waits: whether it had better wait for another day."""

    id: str
    title: str
    page: str
    minutes: int
    waits: bool


@dataclass(frozen=True, slots=True)
class Shelved:
    """The exercises for one need, those that may be done now first, then the shortest."""

    name: str
    exercises: tuple[ShownExercise, ...]

    @property
    def shortest(self) -> int:
        """Minutes of the shortest."""
        return min(one.minutes for one in self.exercises)

    @property
    def longest(self) -> int:
        """Minutes of the longest."""
        return max(one.minutes for one in self.exercises)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step on a page.

    field: what stands in its field. options: what can be chosen, as stored and as shown. pace:
    address part of the pacer's rhythm, e.g. "4-7-8-0". phases: (name, seconds) without the empty
    ones, name "in", "hold" or "out". played: who speaks and what they say; None before somebody was
    chosen, who then is asked for in `whom`.
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
    played: tuple[str, str] | None
    whom: str

    @property
    def holds(self) -> bool:
        """Whether the breath is held anywhere."""
        return any(name == "hold" for name, _ in self.phases)

    @property
    def turns(self) -> range:
        """One for each round."""
        return range(self.rounds)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What was asked, and what was answered to it. key: the page it can be changed on."""

    key: str
    asked: str
    answers: tuple[str, ...]


def shelves(person: Person, episode: Episode, names: Mapping[Shelf, str]) -> list[Shelved]:
    """All exercises that have words in the person's language, by what they are for."""
    found = [exercises()[name] for name in titles(person.language)]
    shown: list[Shelved] = []
    for shelf in _SHELF:
        listed = [_listed(one, person, episode) for one in found if one.shelf == shelf]
        ordered = sorted(listed, key=lambda one: (one.waits, one.minutes, one.id))
        if ordered:
            shown.append(Shelved(names[shelf], tuple(ordered)))
    return shown


def calming(person: Person, episode: Episode, *, most: int = 2) -> list[ShownExercise]:
    """What may be done now by somebody in danger, easiest first."""
    named = titles(person.language)
    fits = [exercises()[name] for name in _CALM if name in named]
    return [_listed(one, person, episode) for one in fits if allowed(one, episode)][:most]


def instead_of(exercise: Exercise, person: Person, episode: Episode) -> list[ShownExercise]:
    """Up to two others that may be done now."""
    return [
        one
        for one in calming(person, episode, most=len(_CALM))
        if one.id != exercise.id
        and not (exercises()[one.id].not_when & exercise.not_when - {"episode"})
    ][:2]


def shown_steps(
    exercise: Exercise, screen: Screen, person: Person, seed: str, answers: Answers
) -> list[ShownStep]:
    """The steps of a page with their words. answers: what stands in the fields."""
    words = WordsOf(exercise, person.language, seed)
    return [_step(exercise, step, screen, words, person, answers) for step in screen.steps]


def shown_answers(
    exercise: Exercise, words: WordsOf, person: Person, answers: Answers, *, but: Screen | None
) -> list[ShownAnswer]:
    """What was answered so far, in order. but: the page that is not shown, being open."""
    left_out = frozenset(step.id for step in but.steps) if but else frozenset()
    return [
        ShownAnswer(
            screen_at(exercise, step.id).key,
            in_script(words.asked(step), person),
            answers[step.id],
        )
        for step in steps_of(exercise, answers)
        if answers.get(step.id) and step.id not in left_out
    ]


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
    exercise: Exercise,
    step: Step,
    screen: Screen,
    words: WordsOf,
    person: Person,
    answers: Answers,
) -> ShownStep:
    told = answers.get(step.id, ())
    played = _played(exercise, step, screen, words, person, answers)
    chooses = screen.whom if step.kind == "play" and played is None else step
    pace = step.seconds if step.kind == "breathe" else ()
    phases = zip(("in", "hold", "out", "hold"), pace, strict=False)
    return ShownStep(
        id=step.id,
        kind=step.kind,
        asked=in_script(words.asked(step), person),
        smaller=in_script(words.smaller(step), person) if step.kind in ("ask", "list") else "",
        example=in_script(words.example(step), person),
        field="\n".join(told),
        options=_options(chooses, words, person, told) if chooses else (),
        pace="-".join(map(str, pace)),
        phases=tuple((name, seconds) for name, seconds in phases if seconds),
        rounds=step.rounds,
        seconds=step.seconds[0] if step.kind == "hold" and step.seconds else 0,
        least=step.least,
        most=step.most,
        played=played,
        whom=screen.whom.id if screen.whom else "",
    )


def _options(
    step: Step, words: WordsOf, person: Person, told: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    if step.kind != "choose":
        return ()
    options = dict.fromkeys((*words.options(step), *told))
    return tuple((one, in_script(one, person)) for one in options)


def _played(
    exercise: Exercise,
    step: Step,
    screen: Screen,
    words: WordsOf,
    person: Person,
    answers: Answers,
) -> tuple[str, str] | None:
    """Who speaks and what they say: the one who was chosen, and nobody else."""
    if step.kind != "play" or screen.whom is None:
        return None
    whom = answers.get(screen.whom.id, ("",))[0]
    role = role_of(exercise, screen.whom, whom)
    return (in_script(whom, person), in_script(words.played(step, role), person)) if role else None

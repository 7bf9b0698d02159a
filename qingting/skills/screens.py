"""What stands on one page of an exercise: one step, and what is only told before it. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.exercise import Exercise, Step, StepKind

_ANSWERED: Final[frozenset[StepKind]] = frozenset({"ask", "list", "rate", "choose"})
# Nothing to do at these: they come with the step after them, as they do in a talk.
_TOLD: Final[frozenset[StepKind]] = frozenset({"say", "play"})


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of an exercise. number: from 1. of: how many there are. whom: the step that says
    whom one rehearses with, where the page speaks as them."""

    steps: tuple[Step, ...]
    number: int
    of: int
    whom: Step | None = None

    @property
    def key(self) -> str:
        """The step it is called by: its last."""
        return self.steps[-1].id

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after it."""
        return self.number == self.of

    @property
    def asked(self) -> tuple[Step, ...]:
        """The steps with a field of their own here."""
        return tuple(step for step in self.steps if is_answered(step))

    @property
    def fields(self) -> frozenset[str]:
        """The steps whose answers may come from here."""
        return frozenset(step.id for step in (*self.asked, *([self.whom] if self.whom else [])))

    @property
    def done(self) -> frozenset[str]:
        """The steps that are done here without an answer."""
        return frozenset(step.id for step in self.steps if step.kind in ("breathe", "hold"))

    @property
    def can_skip(self) -> bool:
        """Whether there is anything to pass over."""
        return bool(self.asked) or bool(self.done)


def is_answered(step: Step) -> bool:
    """Whether a step has a field."""
    return step.kind in _ANSWERED


def steps_of(exercise: Exercise, answered: Container[str] = ()) -> tuple[Step, ...]:
    """All that is asked or told, in order: the steps, and how strong it is around them. answered:
    what a stored run has answers to; a number that is asked no more still stands where it was."""
    own = {step.id: step for step in exercise.steps}
    waiting = runs.order(exercise)
    first = (runs.BEFORE,) if runs.BEFORE in answered and runs.BEFORE not in waiting else ()
    last = (runs.AFTER,) if runs.AFTER in answered and runs.AFTER not in waiting else ()
    return tuple(own.get(one) or Step(one, "rate") for one in (*first, *waiting, *last))


def screens(exercise: Exercise) -> tuple[Screen, ...]:
    """The pages of an exercise, in order."""
    groups: list[tuple[Step, ...]] = []
    told: tuple[Step, ...] = ()
    for step in steps_of(exercise):
        if step.kind in _TOLD:
            groups += [told] if told else []
            told = (step,)
        else:
            groups.append((*told, step))
            told = ()
    groups += [told] if told else []
    whom = next((step for step in exercise.steps if step.kind == "choose"), None)
    return tuple(
        Screen(group, number, len(groups), whom if _plays(group) else None)
        for number, group in enumerate(groups, 1)
    )


def screen_at(exercise: Exercise, step: str) -> Screen:
    """The page a step stands on; the first where there is no such step."""
    pages = screens(exercise)
    return next((one for one in pages if step in {each.id for each in one.steps}), pages[0])


def after(exercise: Exercise, screen: Screen) -> Screen | None:
    """The next page; None after the last."""
    return None if screen.is_last else screens(exercise)[screen.number]


def before(exercise: Exercise, screen: Screen) -> Screen:
    """The page before; the first has none but itself."""
    return screens(exercise)[max(screen.number - 2, 0)]


def _plays(steps: tuple[Step, ...]) -> bool:
    return any(step.kind == "play" for step in steps)

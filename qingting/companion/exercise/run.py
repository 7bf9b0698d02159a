"""One time of doing an exercise: where it stands and what was answered. Plain data, pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from qingting.companion.exercise.exercise import Exercise, Step, StepKind

# Besides the steps of the exercise itself: how strong it is, before and after.
BEFORE: Final = "mood_before"
AFTER: Final = "mood_after"
End = Literal["finished", "left"]
# How much was done of it: all, some, nothing.
Extent = Literal["whole", "part", "bare"]

# What counts as having done something. A number or something only said does not.
_COUNTED: Final[frozenset[StepKind]] = frozenset({"ask", "list", "choose", "breathe", "hold"})


@dataclass(frozen=True, slots=True)
class Run:
    """One time of doing an exercise.

    at: the step that is being asked, BEFORE, AFTER, or "" once it ended. answers: by step, what
    was said. ended: how it ended. paused: something graver came between. passed: the steps without
    an answer to give (breathing, holding) that were done and not skipped.
    """

    exercise: str
    at: str
    begun_at: datetime
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: End | None = None
    paused: bool = False
    passed: frozenset[str] = frozenset()

    @property
    def going(self) -> bool:
        """Whether a step waits for its answer now."""
        return self.ended is None and not self.paused


def begun(exercise: Exercise, now: datetime, *, rated: bool = True) -> Run:
    """A run at its beginning. rated: whether a number may be asked first; somebody in a panic is
    to begin at once."""
    first = order(exercise)[0] if rated else exercise.steps[0].id
    return Run(exercise.id, first, now)


def order(exercise: Exercise) -> tuple[str, ...]:
    """All that is asked, in order."""
    steps = tuple(step.id for step in exercise.steps)
    return (BEFORE, *steps, AFTER) if exercise.asks_mood else steps


def step_at(exercise: Exercise, run: Run) -> Step:
    """The step that is being asked. Raises KeyError when the run has ended."""
    if run.at in (BEFORE, AFTER):
        return Step(run.at, "rate")
    found = {step.id: step for step in exercise.steps}
    return found[run.at]


def answered(exercise: Exercise, run: Run, *answers: str) -> Run:
    """The run after an answer, at its next step, or finished. Where no number was given before,
    none is asked after; where nothing was done and nothing is left to do, it is over."""
    kept = (*run.answers.get(run.at, ()), *answers)
    told = {**run.answers, run.at: kept} if kept else run.answers
    run = replace(run, answers=told)
    left = _after(exercise, run.at)
    if left == (AFTER,) and BEFORE not in told:
        left = ()
    if not left or (_undone(exercise, run) and not _counted(exercise) & {*left}):
        return replace(run, at="", ended="finished")
    return replace(run, at=left[0])


def _after(exercise: Exercise, at: str) -> tuple[str, ...]:
    """What is asked after a step. A stored run may stand at a number that is asked no more."""
    waiting = order(exercise)
    if at in waiting:
        return waiting[waiting.index(at) + 1 :]
    return waiting if at == BEFORE else ()


def _counted(exercise: Exercise) -> frozenset[str]:
    return frozenset(step.id for step in exercise.steps if step.kind in _COUNTED)


def _undone(exercise: Exercise, run: Run) -> bool:
    return extent(exercise, run) == "bare"


def added(run: Run, *answers: str) -> Run:
    """The run after one more answer of a list, still at that step."""
    return replace(run, answers={**run.answers, run.at: (*run.answers.get(run.at, ()), *answers)})


def passed(run: Run) -> Run:
    """The run after something was done that has no answer, still at that step."""
    return replace(run, passed=run.passed | {run.at})


def extent(exercise: Exercise, run: Run) -> Extent:
    """How much of it was done, so that what is said at its end claims no more."""
    counted = _counted(exercise)
    done = [one for one in counted if one in run.passed or any(run.answers.get(one, ()))]
    if len(done) == len(counted):
        return "whole"
    return "part" if done else "bare"


def left(run: Run) -> Run:
    """The run left where it is; it can be taken up again."""
    return replace(run, ended="left")


def dump(run: Run) -> dict[str, Any]:
    """The stored form."""
    return {
        "exercise": run.exercise,
        "at": run.at,
        "begun": run.begun_at.isoformat(),
        "answers": {step: list(told) for step, told in run.answers.items()},
        "ended": run.ended,
        "paused": run.paused,
        "passed": sorted(run.passed),
    }


def load(stored: Mapping[str, Any]) -> Run:
    """The run back from its stored form. Raises KeyError or ValueError when it is not one."""
    return Run(
        exercise=stored["exercise"],
        at=stored["at"],
        begun_at=datetime.fromisoformat(stored["begun"]),
        answers={step: tuple(told) for step, told in stored["answers"].items()},
        ended=stored["ended"],
        paused=stored["paused"],
        # Runs stored before this was counted have none.
        passed=frozenset(stored.get("passed", ())),
    )

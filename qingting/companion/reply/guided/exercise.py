"""Replies that are about an exercise: the offer of one, and its steps."""

from __future__ import annotations

from qingting.companion.exercise.coach import Coach
from qingting.companion.exercise.shelf import exercises
from qingting.companion.plan.exercising import calls_for_calm
from qingting.companion.words.bank import bank
from qingting.companion.work import Work


def offer(work: Work) -> tuple[str, ...]:
    """The line that offers the planned exercise; nothing when none is planned."""
    if work.plan.part != "offer" or work.plan.exercise is None:
        return ()
    words = bank(work.language)
    line = work.chooser.choose(words.lines("exercises", work.plan.exercise, "offer"))
    return (line,) if line else ()


def in_exercise(work: Work) -> tuple[str, ...]:
    """The next step of the exercise that is under way; `work.run` is where it stands then."""
    exercise = exercises()[work.plan.exercise or ""]
    coach = Coach(bank(work.language), work.chooser, work.language)
    run = work.state.run
    if work.plan.part == "begin" or run is None or run.exercise != exercise.id:
        work.run = coach.begin(exercise, work.now, rated=not calls_for_calm(work))
    elif work.plan.part == "resume":
        work.run = coach.resume(exercise, run)
    else:
        work.run = coach.go_on(exercise, run, work.message.text)
    return tuple(coach.lines)

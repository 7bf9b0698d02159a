"""Answers as a form sends them, and the run they make. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.exercise import Exercise, Step, StepKind
from qingting.companion.exercise.run import Run

Answers = Mapping[str, tuple[str, ...]]

_ANSWERED: Final[frozenset[StepKind]] = frozenset({"ask", "list", "rate", "choose"})
_TYPED: Final[frozenset[StepKind]] = frozenset({"ask", "list"})
# All the fields of a page together hold so many letters: a form may weigh 256 KiB, and a Chinese
# letter weighs nine bytes on its way.
_ROOM: Final = 24_000
_MOST: Final = 8_000
_HIGHEST: Final = 10


def steps_of(exercise: Exercise) -> tuple[Step, ...]:
    """All that stands on the page, in order: the steps, and how strong it is around them."""
    own = {step.id: step for step in exercise.steps}
    return tuple(own.get(one) or Step(one, "rate") for one in runs.order(exercise))


def is_answered(step: Step) -> bool:
    """Whether a step has a field."""
    return step.kind in _ANSWERED


def room(exercise: Exercise) -> int:
    """How many letters one field takes."""
    fields = sum(step.kind in _TYPED for step in exercise.steps)
    return min(_MOST, _ROOM // max(fields, 1))


def typed_answers(exercise: Exercise, form: Mapping[str, str]) -> Answers:
    """What was typed, by step. Nothing that was written is left out, however long."""
    found = {}
    for step in steps_of(exercise):
        told = _told(step, form.get(step.id, "")) if is_answered(step) else ()
        if told:
            found[step.id] = told
    return found


def _told(step: Step, text: str) -> tuple[str, ...]:
    text = text.replace("\r\n", "\n").strip()
    if step.kind == "list":
        return tuple(line for line in map(str.strip, text.split("\n")) if line)
    if step.kind == "rate":
        return (text,) if text.isascii() and text.isdigit() and int(text) <= _HIGHEST else ()
    return (text,) if text else ()


def together(stored: Answers, typed: Answers, exercise: Exercise) -> Answers:
    """Both, where the page that was typed into had not shown what is stored (another window, a
    form sent twice): an empty field takes nothing away, other words come below."""
    joined = {**stored, **typed}
    for step in exercise.steps:
        before, now = stored.get(step.id, ()), typed.get(step.id, ())
        if step.kind == "list":
            joined[step.id] = tuple(dict.fromkeys((*before, *now)))
        elif step.kind == "ask" and before and now and before[0] not in now[0]:
            joined[step.id] = (f"{before[0]}\n{now[0]}",)
    return {step: told for step, told in joined.items() if told}


def run_after(
    exercise: Exercise, before: Run | None, answers: Answers, now: datetime, *, finished: bool
) -> Run:
    """The run with these answers, at the first step that has none yet, or finished."""
    run = replace(before or runs.begun(exercise, now), answers=answers)
    if finished:
        return replace(run, at="", ended="finished")
    fields = [step.id for step in steps_of(exercise) if is_answered(step)]
    order = runs.order(exercise)
    waiting = next((one for one in fields if one not in answers), order[-1])
    return replace(run, at=waiting, ended=None)


def version_of(answers: Answers) -> str:
    """Tells one content of a run from another; "" for an empty one."""
    if not answers:
        return ""
    plain = json.dumps(sorted((step, list(told)) for step, told in answers.items()))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def written(exercise: Exercise, answers: Answers) -> list[tuple[Step, str]]:
    """What was written, step by step, as one text each."""
    typed = [step for step in exercise.steps if step.kind in _TYPED and answers.get(step.id)]
    return [(step, "\n".join(answers[step.id])) for step in typed]


def before_and_after(exercise: Exercise, answers: Answers) -> tuple[str, str] | None:
    """The first number and the last; None where not both were asked for and given."""
    rated = [step.id for step in steps_of(exercise) if step.kind == "rate"]
    if len(rated) < 2:
        return None
    first, last = answers.get(rated[0]), answers.get(rated[-1])
    return (first[0], last[0]) if first and last else None

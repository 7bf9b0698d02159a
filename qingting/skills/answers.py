"""Answers as a form sends them, and the run they make. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.exercise import Exercise, Step, StepKind
from qingting.companion.exercise.run import Run
from qingting.companion.exercise.strength import number
from qingting.skills import screens
from qingting.skills.choices import number_of
from qingting.skills.screens import Screen, steps_of

Answers = Mapping[str, tuple[str, ...]]
# What was pressed. choose: only whom one rehearses with, to stay on the page.
Press = Literal["next", "skip", "back", "later", "choose"]
PRESSES: Final[tuple[Press, ...]] = Press.__args__  # type: ignore[attr-defined]

_TYPED: Final[frozenset[StepKind]] = frozenset({"ask", "list"})
# A form may weigh 256 KiB, and a Chinese letter weighs nine bytes on its way.
ROOM: Final = 8_000
_HIGHEST: Final = 10


@dataclass(frozen=True, slots=True)
class Filled:
    """A page's form as it was sent. which: the run it belongs to. answers: what was typed here.
    seen: version of what the page had shown in its fields."""

    exercise: Exercise
    which: UUID
    screen: Screen
    answers: Answers
    seen: str
    press: Press


def typed_answers(steps: Iterable[Step], form: Mapping[str, str]) -> Answers:
    """What was typed, by step. Nothing that was written is left out, however long."""
    found = {step.id: _told(step, form.get(step.id, "")) for step in steps}
    return {step: told for step, told in found.items() if told}


def _told(step: Step, text: str) -> tuple[str, ...]:
    text = text.replace("\r\n", "\n").strip()
    if step.kind == "list":
        return tuple(line for line in map(str.strip, text.split("\n")) if line)
    if step.kind == "rate":
        # The length first: Python makes no number of thousands of digits.
        known = len(text) <= 3 and text.isascii() and text.isdigit()
        return (text,) if known and int(text) <= _HIGHEST else ()
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


def run_after(filled: Filled, before: Run | None, now: datetime) -> Run:
    """The run after a page was sent: with what was typed there, at the page that comes now, or
    finished. Where another exercise is done in place of this one it is left."""
    exercise, screen = filled.exercise, filled.screen
    run = before or runs.begun(exercise, now)
    run = replace(run, answers=_answers(filled, run.answers), passed=_passed(filled, run))
    run = replace(run, ended=None)
    if other_instead(filled, run.answers):
        return replace(run, at=screen.key, ended="left")
    if filled.press in ("later", "choose"):
        return replace(run, at=screen.key)
    if filled.press == "back":
        return replace(run, at=screens.before(exercise, screen).key)
    following = screens.after(exercise, screen)
    if following is None:
        return replace(run, at="", ended="finished")
    return replace(run, at=following.key)


def other_instead(filled: Filled, answers: Answers) -> str:
    """The exercise that is right for somebody who must not do this one; "" where this one is.
    answers: with those of the page."""
    if filled.press not in ("next", "skip"):
        return ""
    for step in filled.screen.asked:
        if step.instead:
            told = answers.get(step.id, ("",))[0]
            return step.instead.get(number_of(filled.exercise, step, told), "")
    return ""


def _answers(filled: Filled, stored: Answers) -> Answers:
    fields = filled.screen.fields
    mine = {step: told for step, told in stored.items() if step in fields}
    typed = dict(filled.answers)
    if filled.press == "skip":
        # A number or a choice just made is taken back by it; words, and what is stored, never are.
        written = {step.id for step in filled.screen.asked if step.kind in _TYPED}
        kept = {step: told for step, told in mine.items() if step not in written}
        typed = {step: told for step, told in typed.items() if step in written} | kept
    if filled.screen.whom is not None and filled.screen.whom.id not in typed:
        typed |= {step: told for step, told in mine.items() if step == filled.screen.whom.id}
    if version_of(mine) != filled.seen:
        typed = dict(together(mine, typed, filled.exercise))
    return {**{step: told for step, told in stored.items() if step not in fields}, **typed}


def _passed(filled: Filled, run: Run) -> frozenset[str]:
    if filled.press == "next":
        return run.passed | filled.screen.done
    return run.passed - filled.screen.done if filled.press == "skip" else run.passed


def version_of(answers: Answers) -> str:
    """Tells one content of a page from another; "" for an empty one."""
    if not answers:
        return ""
    plain = json.dumps(sorted((step, list(told)) for step, told in answers.items()))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def first_open(exercise: Exercise, run: Run) -> str:
    """The first page with something left undone; "" where nothing is."""
    for screen in screens.screens(exercise):
        fields = {step.id for step in screen.asked if step.kind != "rate"} | screen.done
        if any(one not in run.passed and not run.answers.get(one) for one in fields):
            return screen.key
    return ""


def seen_on(screen: Screen, answers: Answers) -> str:
    """Version of what a page shows in its fields."""
    return version_of({step: told for step, told in answers.items() if step in screen.fields})


def written(exercise: Exercise, answers: Answers) -> list[tuple[Step, str]]:
    """What was written, step by step, as one text each."""
    typed = [step for step in exercise.steps if step.kind in _TYPED and answers.get(step.id)]
    return [(step, "\n".join(answers[step.id])) for step in typed]


def before_and_after(exercise: Exercise, answers: Answers) -> tuple[str, str] | None:
    """The first number and the last; None where not both were asked for and given. In a talk they
    may stand in a sentence."""
    rated = [step.id for step in steps_of(exercise, answers) if step.kind == "rate"]
    if len(rated) < 2:
        return None
    first, last = (number(" ".join(answers.get(one, ()))) for one in (rated[0], rated[-1]))
    return (str(first), str(last)) if first is not None and last is not None else None

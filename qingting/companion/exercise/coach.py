"""What is said in an exercise: an answer taken in, the next step asked. Authored words only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.answer import Heard, chosen, heard, several
from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.inside import to_somebody
from qingting.companion.exercise.run import AFTER, BEFORE, Run
from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Language
from qingting.companion.protect.naming import role_of
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser

# An answer longer than this is not said back.
_SAID_BACK: Final = 40
# Whom one rehearses with, in the order of the options of the words.
ROLES: Final = ("parent", "supervisor", "roommate", "boss", "friend")

_ROLES_OF: Final = {
    "mother": "parent",
    "father": "parent",
    "parent": "parent",
    "relative": "parent",
    "teacher": "supervisor",
    "counsellor": "supervisor",
    "roommate": "roommate",
    "boss": "boss",
}
_QUOTED: Final[dict[Language, str]] = {"zh": "“{}”", "en": '"{}"'}


def _role_of(whom: str) -> str:
    return _ROLES_OF.get(role_of(whom), "friend")


def left_for_talk(run: Run, text: str, language: Language) -> bool:
    """Whether a message in the midst of an exercise is no answer to its step but talk."""
    return _heard_in(run, text, language) == "talk"


def stopped_by(run: Run, text: str, language: Language) -> bool:
    """Whether a message stops the exercise and says nothing besides."""
    return _heard_in(run, text, language) == "stop"


def _heard_in(run: Run, text: str, language: Language) -> Heard:
    exercise = exercises()[run.exercise]
    return heard(runs.step_at(exercise, run), text, language, others=to_somebody(exercise))


@dataclass(slots=True)
class Coach:
    """Words of one turn of an exercise."""

    bank: Bank
    chooser: Chooser
    language: Language
    lines: list[str] = field(default_factory=list)

    def begin(self, exercise: Exercise, now: datetime, *, rated: bool = True) -> Run:
        """The first step. rated: whether a number may be asked before it."""
        self._say(self._words(exercise, "begin"))
        return self._put(exercise, runs.begun(exercise, now, rated=rated))

    def resume(self, exercise: Exercise, run: Run) -> Run:
        """The step where it was left."""
        run = replace(run, paused=False, ended=None)
        self._say(self._general("resume"))
        return self._put(exercise, run)

    def go_on(self, exercise: Exercise, run: Run, text: str) -> Run:
        """The run after a message, with what is said to it in `lines`; nothing where it is no
        answer to the step (`left_for_talk`)."""
        step = runs.step_at(exercise, run)
        said = heard(step, text, self.language, others=to_somebody(exercise))
        if said == "talk":
            return runs.left(run)
        if said == "stop":
            begun = runs.extent(exercise, run) != "bare"
            self._say(self._words(exercise, "stop") if begun else self._general("unbegun"))
            return runs.left(run)
        if said == "unsure" and not self._asked_again(run):
            # Asked smaller once; then it is passed over, and that is fine.
            words = self._again(exercise, step)
            if words is not None:
                self.lines.append(words)
                return replace(run, answers={**run.answers, f"{run.at}?": ("",)})
        if said == "answer" and step.kind == "list" and self._more_wanted(run, step, text):
            self._say(self._general("more"))
            return runs.added(run, *several(text))
        answers = self._answers(exercise, step, text) if said == "answer" else ()
        if answers or (said == "answer" and step.kind == "breathe") or run.answers.get(run.at):
            self._take(exercise, step, answers)
        other = self._instead(exercise, step, answers)
        if other is not None:
            return self._put(other, runs.begun(other, run.begun_at))
        if said == "answer" and step.kind in ("breathe", "hold"):
            run = runs.passed(run)
        run = runs.answered(exercise, run, *answers)
        if run.ended == "finished":
            self._say(self._end(exercise, run))
            return run
        return self._put(exercise, run)

    def _answers(self, exercise: Exercise, step: Step, text: str) -> tuple[str, ...]:
        if step.kind in ("say", "breathe", "hold", "play"):
            return ()
        if step.kind == "list":
            return several(text)
        if step.kind == "choose":
            return (chosen(text, self._step_words(exercise, step, "options")),)
        return (text.strip(),)

    def _instead(self, exercise: Exercise, step: Step, answers: Sequence[str]) -> Exercise | None:
        """The exercise that is right for somebody who must not do this one."""
        options = self._step_words(exercise, step, "options")
        chosen_at = options.index(answers[0]) + 1 if answers and answers[0] in options else 0
        other = step.instead.get(chosen_at)
        return exercises()[other] if other is not None else None

    def _more_wanted(self, run: Run, step: Step, text: str) -> bool:
        return len(run.answers.get(run.at, ())) + len(several(text)) < step.most

    def _asked_again(self, run: Run) -> bool:
        return f"{run.at}?" in run.answers

    def _take(self, exercise: Exercise, step: Step, answers: Sequence[str]) -> None:
        """Take in what was answered, before the next step."""
        short = answers[0] if answers and len(answers[0]) <= _SAID_BACK else None
        slots = dict(self.chooser.slots)
        slots.pop("answer", None)
        self.chooser.slots = {**slots, "answer": short} if short else slots
        got = self._general("rated") if step.id in (BEFORE, AFTER) else None
        self._say(got or self._step_words(exercise, step, "got"))

    def _put(self, exercise: Exercise, run: Run) -> Run:
        """Ask the step that waits. Where we speak as somebody else, their words and the question
        after them come in one."""
        step = runs.step_at(exercise, run)
        if step.id in (BEFORE, AFTER):
            self._say(self._general("before" if step.id == BEFORE else "after"))
            return run
        if step.kind == "play":
            self._play(exercise, run, step)
            return self._put(exercise, runs.answered(exercise, run))
        self._say(self._step_words(exercise, step, "say"))
        options = self._step_words(exercise, step, "options")
        if options:
            listed = "\n".join(f"{n}. {option}" for n, option in enumerate(options, 1))
            self.lines.append(f"\n{listed}")
        return run

    def _play(self, exercise: Exercise, run: Run, step: Step) -> None:
        """Speak as the one they rehearse with."""
        whom = run.answers.get("with_whom", ("",))[0]
        first = next((one for one in exercise.steps if one.kind == "choose"), step)
        options = self._step_words(exercise, first, "options")
        role = ROLES[options.index(whom)] if whom in options else _role_of(whom)
        self._say(self._step_words(exercise, step, "say"))
        spoken = self.bank.lines("exercises", exercise.id, "step", step.id, "as", role)
        words = self.chooser.choose(spoken) or self.chooser.again(spoken)
        if words is not None:
            self.lines.append(_QUOTED[self.language].format(words))

    def _again(self, exercise: Exercise, step: Step) -> str | None:
        smaller = self._general("rate_again") if step.kind == "rate" else ()
        return self.chooser.first(self._step_words(exercise, step, "again"), smaller)

    def _say(self, lines: Lines) -> None:
        """One of the lines; a line already said in this talk is better than a step unasked."""
        words = self.chooser.choose(lines) or self.chooser.again(lines)
        if words is not None:
            self.lines.append(words)

    def _end(self, exercise: Exercise, run: Run) -> Lines:
        """What is said when it is over: no more than was done."""
        extent = runs.extent(exercise, run)
        if extent == "whole":
            return self._words(exercise, "end")
        some = self._words(exercise, "part") if extent == "part" else ()
        return some or self._general("bare")

    def _words(self, exercise: Exercise, part: str) -> Lines:
        return self.bank.lines("exercises", exercise.id, part)

    def _step_words(self, exercise: Exercise, step: Step, part: str) -> Lines:
        return self.bank.lines("exercises", exercise.id, "step", step.id, part)

    def _general(self, part: str) -> Lines:
        return self.bank.lines("moves", "exercise", part)

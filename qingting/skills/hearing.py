"""Danger in what was written into an exercise: read when it is saved, answered in authored words.

The exercise itself stays as it is. Only words that by themselves read as moderate danger or more
are answered, so that "台灯、杯子、鞋" in an open episode is no occasion for another question.
"""

from __future__ import annotations

from qingting.companion.exercise.exercise import Exercise
from qingting.companion.message import MAX_LENGTH
from qingting.companion.person import Person
from qingting.companion.understand import Heard, Told, understand_all
from qingting.companion.understand.reading import at_least, rank
from qingting.safety.hearing import Answer, Danger, answer
from qingting.skills.answers import Answers, written
from qingting.skills.words import WordsOf

__all__ = ["Answer", "Danger", "answer", "dangers"]


def dangers(
    exercise: Exercise, before: Answers, answers: Answers, person: Person, seed: str
) -> list[Danger]:
    """What was written since `before` and reads as moderate danger or more, worst first. It is
    read as it would be in a talk: after our questions, and what was answered to them."""
    words, history, new = WordsOf(exercise, person.language, seed), [], []
    for step, text in written(exercise, answers):
        cut = text[:MAX_LENGTH]
        history.append(Heard("companion", words.asked(step)))
        if before.get(step.id) != answers[step.id]:
            new.append(Told(cut, tuple(history)))
        history.append(Heard("person", cut))
    readings = understand_all(new, default_language=person.language) if new else []
    found = [
        Danger(told, reading)
        for told, reading in zip(new, readings, strict=True)
        if at_least(reading.risk.level, "moderate")
    ]
    return sorted(found, key=lambda one: -rank(one.reading.risk.level))

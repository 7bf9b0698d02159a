"""Which option an answer is, in whichever language it was chosen."""

from __future__ import annotations

from typing import Final

from qingting.companion.exercise.coach import ROLES
from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.shelf import titles
from qingting.companion.person import Language
from qingting.skills.words import WordsOf

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def number_of(exercise: Exercise, step: Step, answer: str) -> int:
    """The number of the option, from 1; 0 for none of them."""
    for language in LANGUAGES:
        if exercise.id in titles(language):
            options = WordsOf(exercise, language, "").options(step)
            if answer in options:
                return options.index(answer) + 1
    return 0


def role_of(exercise: Exercise, step: Step, answer: str) -> str:
    """Whom one rehearses with, as the lines are sorted by; "" for nobody known."""
    place = number_of(exercise, step, answer)
    return ROLES[place - 1] if 0 < place <= len(ROLES) else ""

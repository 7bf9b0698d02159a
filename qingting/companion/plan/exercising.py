"""When a reply is about an exercise: one is under way, asked for, accepted, or fits now."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from qingting.companion.exercise.fitting import allowed, fitting
from qingting.companion.exercise.shelf import exercises
from qingting.companion.plan.plan import ExercisePart, Plan
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Topic
from qingting.companion.work import Work

# What calms a body is right for nearly everybody who asks for "an exercise" and says no more.
_ANY_TIME = "breathing_box"


# Said shortly before the name of an exercise.
_TURNED_DOWN: Final = re.compile(
    r"(?:不想|不要|不做|别|不用|不需要|懒得|没用)[^,。!?]{0,8}$"
    r"|\b(?:no|not|don'?t|dont|do not|never|stop|without|hate|sick of)\b[^.!?]{0,28}$"
)


def exercise_plan(work: Work) -> Plan | None:
    """The plan of a reply that goes on with an exercise or begins one; None for ordinary talk."""
    state, text = work.state, work.message.text
    if state.run is not None and state.run.going:
        return _part(state.run.exercise, "go_on")
    if state.offered_exercise and reply_of(text) == "yes":
        return _part(state.offered_exercise, "begin")
    if state.run is not None and state.run.ended != "finished" and _resumes(text):
        return _part(state.run.exercise, "resume") if _may(work, state.run.exercise) else None
    if turned_down_by_name(text):
        return None
    named = asked_by_name(text)
    if work.reading.need == "exercise" and named is None:
        fits = fitting(exercises().values(), work.reading, work.episode, done=state.exercises)
        named = fits.id if fits else _ANY_TIME
    if named is None or not (work.reading.need in ("exercise", "advice") or _short(text)):
        return None
    return _part(named, "begin") if _may(work, named) else None


def exercise_to_offer(work: Work, topic: Topic | None) -> str | None:
    """The id of the exercise that may be offered in this reply; None when none fits. topic: what
    the talk is about, where this message alone does not say."""
    reading = work.reading
    if topic is not None and not reading.topics:
        reading = replace(reading, topics=(topic,))
    found = fitting(exercises().values(), reading, work.episode, done=work.state.exercises)
    return found.id if found else None


def asked_by_name(text: str) -> str | None:
    """The exercise that a message names, unless it turns it down ("no breathing thing")."""
    named = _name_in(cleaned(text).text)
    return named[0] if named is not None and not named[1] else None


def turned_down_by_name(text: str) -> bool:
    """Whether a message names an exercise only to say that it is not wanted."""
    named = _name_in(cleaned(text).text)
    return named is not None and named[1]


def _name_in(clean: str) -> tuple[str, bool] | None:
    """The exercise named, and whether it is turned down."""
    for name, words in _named():
        found = words.search(clean)
        if found is not None:
            return name, _TURNED_DOWN.search(clean[: found.start()]) is not None
    return None


def _part(exercise: str, part: ExercisePart) -> Plan:
    return Plan(
        stage="act",
        skill="information",
        question=False,
        length="long",
        why="exercise",
        exercise=exercise,
        part=part,
    )


def _may(work: Work, exercise: str) -> bool:
    return allowed(exercises()[exercise], work.episode, work.reading)


def _short(text: str) -> bool:
    return len(text) <= 40


def _resumes(text: str) -> bool:
    return _resume().search(cleaned(text).text.strip()) is not None


@lru_cache(maxsize=1)
def _resume() -> re.Pattern[str]:
    return alternatives(table("exercise")["resume"]["words"], shared_parts())


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, alternatives(words, shared_parts()))
        for name, words in table("exercise")["named"].items()
    )

"""When a reply is about an exercise: one is under way, asked for, accepted, or fits now."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from qingting.companion.exercise.coach import left_for_talk, stopped_by
from qingting.companion.exercise.fitting import allowed, fitting
from qingting.companion.exercise.run import left
from qingting.companion.exercise.shelf import exercises
from qingting.companion.plan.openings import asks_for_words
from qingting.companion.plan.plan import ExercisePart, Plan
from qingting.companion.plan.small_talk import about_you
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.declined import declines_exercise, names_exercise
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Topic
from qingting.companion.work import Work

# What calms a body is right for nearly everybody who asks for "an exercise" and says no more.
_ANY_TIME = "breathing_box"
# Letters of a message that says no to an exercise and nothing besides.
_NO: Final = 90
_NO_HAN: Final = 30
# A body stirred up more than this is met at once.
_AROUSED: Final = 0.62
_ALARM: Final = frozenset({"anxiety", "fear", "overwhelm", "anger"})
_PLAINLY: Final = 0.5


def exercise_plan(work: Work) -> Plan | None:
    """The plan of a reply that goes on with an exercise or begins one; None for ordinary talk."""
    state, text = work.state, work.message.text
    if under_way(work) and state.run is not None:
        return _part(state.run.exercise, "go_on")
    if turned_down(work):
        return None if _tells_more(text) else _dropped()
    if state.offered_exercise and reply_of(text) == "yes":
        return _part(state.offered_exercise, "begin")
    if state.no_exercises and not names_exercise(cleaned(text).text):
        # Turned down once, it takes more than "calm me down" or "go on" to begin one.
        return None
    if state.run is not None and state.run.ended != "finished" and _resumes(text):
        return _part(state.run.exercise, "resume") if _may(work, state.run.exercise) else None
    named = asked_by_name(text)
    if work.reading.need == "exercise" and named is None:
        fits = fitting(exercises().values(), work.reading, work.episode, done=state.exercises)
        named = fits.id if fits else _ANY_TIME
    if named is None or not (work.reading.need in ("exercise", "advice") or _short(text)):
        return None
    return _part(named, "begin") if _may(work, named) else None


def step_out(work: Work) -> None:
    """Leave the exercise that is under way, in `work.run`, where they say something that is no
    answer to its step. It can be taken up again. A question about us is answered in between."""
    run, text = work.state.run, work.message.text
    if run is None or not run.going or about_you(text) is not None:
        return
    if left_for_talk(run, text, work.language) or asks_for_words(work):
        work.run = left(run)


def under_way(work: Work) -> bool:
    """Whether an exercise waits for the answer that this message is."""
    return work.run is None and work.state.run is not None and work.state.run.going


def exercise_to_offer(work: Work, topic: Topic | None) -> str | None:
    """The id of the exercise that may be offered in this reply; None when none fits. topic: what
    the talk is about, where this message alone does not say."""
    if work.state.no_exercises or turned_down(work):
        return None
    reading = work.reading
    if topic is not None and not reading.topics:
        reading = replace(reading, topics=(topic,))
    found = fitting(exercises().values(), reading, work.episode, done=work.state.exercises)
    return found.id if found else None


def asked_by_name(text: str) -> str | None:
    """The exercise that a message names, unless it turns exercises down."""
    clean = cleaned(text).text
    if declines_exercise(clean):
        return None
    return next((name for name, words in _named() if words.search(clean)), None)


def says_no(work: Work) -> bool:
    """Whether the message is a no to an exercise and little besides: one turned down, or the one
    under way stopped."""
    run, text = work.state.run, work.message.text
    if turned_down(work):
        return len(text) <= (_NO_HAN if has_han(text) else _NO)
    return run is not None and run.going and stopped_by(run, text, work.language)


def turned_down(work: Work) -> bool:
    """Whether the message turns exercises down. Where one is under way or was just offered,
    "not that again" is enough."""
    state = work.state
    near = bool(state.offered_exercise) or (state.run is not None and state.run.going)
    return declines_exercise(cleaned(work.message.text).text, near=near)


def calls_for_calm(work: Work) -> bool:
    """Whether somebody is too stirred up to be asked for a number first."""
    afraid = any(
        read.label in _ALARM and read.strength >= _PLAINLY for read in work.reading.feelings
    )
    return afraid or work.reading.arousal >= _AROUSED or "panic" in work.reading.risk.levels


def _dropped() -> Plan:
    return Plan(
        stage="comfort", skill="presence", question=False, why="refused", small="no_exercise"
    )


def _tells_more(text: str) -> bool:
    """Whether a no to an exercise has more beside it than that no."""
    return len(text) > (_NO_HAN if has_han(text) else _NO)


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

"""Which exercise fits what was heard, and which must not be done now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qingting.companion.exercise.exercise import Exercise, Unless
from qingting.companion.protect.episode import Episode
from qingting.companion.understand.reading import Kind, Reading, at_least

# A body stirred up more than this is helped by what calms a body before any thinking.
_AROUSED: Final = 0.62
_FEELING: Final = 2.0
_TOPIC: Final = 2.0
_TRAP: Final = 1.5
_BODY_FIRST: Final = 3.0
# What danger of a kind rules out.
_RULES_OUT: Final[dict[Kind, Unless]] = {
    "abuse": "abuse",
    "sexual_violence": "abuse",
    "exploitation": "abuse",
    "psychosis": "delusion",
    "mania": "mania",
    "panic": "panic",
    "eating_disorder": "eating_disorder",
}


def ruled_out(episode: Episode, reading: Reading | None = None) -> frozenset[Unless]:
    """What of the reasons not to do an exercise is known to hold now. What is known only in part,
    of low level, rules out as well: an exercise can wait."""
    found: set[Unless] = set()
    if at_least(episode.level, "moderate"):
        found.add("episode")
    if at_least(episode.level, "imminent"):
        found.add("episode_imminent")
    heard = {**episode.levels, **(reading.risk.levels if reading else {})}
    found |= {_RULES_OUT[kind] for kind, level in heard.items() if kind in _RULES_OUT}
    if reading is not None and any(topic.name == "grief" for topic in reading.topics):
        found.add("grief_new")
    return frozenset(found)


def allowed(exercise: Exercise, episode: Episode, reading: Reading | None = None) -> bool:
    """Whether an exercise may be done now."""
    return not exercise.not_when & ruled_out(episode, reading)


def fitting(
    shelf: Iterable[Exercise], reading: Reading, episode: Episode, *, done: frozenset[str]
) -> Exercise | None:
    """The exercise that helps best with what was heard; None when none does. done: ids of those
    that were offered in this talk before."""
    scored = [
        (_score(exercise, reading), -exercise.minutes, exercise.id, exercise)
        for exercise in shelf
        if exercise.id not in done and allowed(exercise, episode, reading)
    ]
    best = max(scored, default=None, key=lambda one: one[:3])
    return best[3] if best is not None and best[0] > 0 else None


def _score(exercise: Exercise, reading: Reading) -> float:
    score = 0.0
    for feeling in reading.feelings:
        if feeling.label in exercise.when["feelings"]:
            score += _FEELING * feeling.strength
    if any(topic.name in exercise.when["topics"] for topic in reading.topics):
        score += _TOPIC
    traps = exercise.when["traps"]
    if traps and any("any" in traps or one.label in traps for one in reading.distortions):
        score += _TRAP
    if score and exercise.aroused and reading.arousal >= _AROUSED:
        score += _BODY_FIRST
    return score

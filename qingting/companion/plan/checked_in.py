"""Asking how a thing went, where somebody only says hello, and what a short answer to it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.no_better import chosen_way, either_way
from qingting.companion.plan.plan import Plan, Skill, Stage, Why
from qingting.companion.plan.small_talk import big_news, shape_of
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

# How `small` of a plan begins that asks, or answers what was told then.
CHECK_IN: Final = "check_in."
ASKS: Final = f"{CHECK_IN}hello"
STOP: Final = f"{CHECK_IN}answer.stop"
# Longer answers tell a story; the talk itself listens to those.
_LONGEST: Final[dict[Language, int]] = {"zh": 30, "en": 72}
# What may be left of a plain answer besides the words of it.
_LEFT_OVER: Final[dict[Language, int]] = {"zh": 1, "en": 4}
_MARKS: Final = re.compile(r"[\W_]+")
_LEFT_ALONE: Final = ("stop", "not_now")


def check_in_plan(work: Work) -> Plan | None:
    """The plan of a reply that asks how a thing went, or that answers a short answer to it; None
    for any other. Nothing of danger is answered here."""
    text = work.message.text
    if work.protection.listening:
        return None
    if may_ask(work):
        return _plan(ASKS, skill="question")
    if not work.state.check_in:
        return None
    if _grave(work):
        return None
    told = answer_told(text, work.language)
    if told is None:
        return None
    if work.state.check_in == "course":
        if told == "good":
            return _plan(f"{CHECK_IN}course.better", stage="comfort")
        if told not in _LEFT_ALONE:
            # "Still the same" is what we said ourselves: what is left is the choice.
            return None if chosen_way(text, work.language) else either_way()
    if told in _LEFT_ALONE:
        return _plan(f"{CHECK_IN}answer.{told}", why="refused")
    return _plan(f"{CHECK_IN}answer.{told}", stage="comfort")


def _grave(work: Work) -> bool:
    """Whether the answer may tell of danger. What is only guessed of a plain answer does not."""
    risk = work.reading.risk
    if not at_least(risk.level, "low"):
        return False
    slight = risk.guessed and not at_least(risk.level, "moderate")
    plain = risk.guessed and plain_answer(work.message.text, work.language)
    return not (slight or plain)


def may_ask(work: Work) -> bool:
    """Whether this reply ends on a check-in: a talk begun by a bare greeting, one that is due."""
    due = work.memories.ask
    if due is None or work.state.turns or work.state.quiet or work.protection.answered:
        return False
    if not work.policy.asks_first(minor=work.person.is_minor):
        return False
    if due.follow_up.language != work.language or work.episode.weighs:
        return False
    return shape_of(work.message.text, work.language) == "hello"


def answer_told(text: str, language: Language) -> str | None:
    """What a short answer to a check-in tells: "good", "so_so", "bad", "not_yet", "did_not",
    "not_now", "stop"; None for a longer or another one."""
    said = cleaned(text).text.strip()
    if not said or len(said) > _LONGEST[language] or big_news(text, language):
        return None
    section = f"answer_{language}"
    found = next((name for name in table("check_in")[section] if _said(section, name, said)), None)
    if found == "bad" and _said(section, "good", _pattern(section, "bad").sub(" ", said)):
        return None  # both at once ("过了，想哭") is no short answer
    # A question of theirs is answered as what it is.
    return None if found not in _LEFT_ALONE and said.endswith("?") else found


def plain_answer(text: str, language: Language) -> bool:
    """Whether a message is a short answer to a check-in and nothing besides ("they moved it to next
    week"), with no word of weight in it: no danger is to be guessed out of that."""
    if answer_told(text, language) is None and not big_news(text, language):
        return False
    said = cleaned(text).text
    if len(said) > _LONGEST[language] or _said("heavy", "words", said):
        return False
    section = f"answer_{language}"
    for name in table("check_in")[section]:
        said = _pattern(section, name).sub(" ", said)
    rest = _MARKS.sub("", _pattern("heavy", "filler").sub(" ", said))
    return len(rest) <= _LEFT_OVER[language]


def _said(section: str, name: str, text: str) -> bool:
    return _pattern(section, name).search(text) is not None


@lru_cache(maxsize=32)
def _pattern(section: str, name: str) -> re.Pattern[str]:
    data = table("check_in")
    return alternatives(data[section][name], data["parts"])


def _plan(
    small: str, *, stage: Stage = "explore", skill: Skill = "presence", why: Why = "checked_in"
) -> Plan:
    return Plan(stage=stage, skill=skill, question=False, why=why, small=small)

"""How they want to be talked to: wishes and corrections told just now are confirmed, those from
before are kept, and what asks about being remembered is answered."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.plan.taken_up import Noted
from qingting.companion.recall.left_alone import left_alone
from qingting.companion.recall.named import UNREADABLE
from qingting.companion.recall.recollection import Wishes
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

log = logging.getLogger(__name__)

# How `small` of a plan begins that confirms a wish: "noted.called".
NOTED: Final = "noted."
# And what it is where they ask to have something forgotten.
FORGET: Final = "forget_told"
_MEMORY: Final = "about_you.memory"
# A message this long at most, in letters, is a wish and nothing besides.
_ALONE: Final[dict[Language, int]] = {"zh": 14, "en": 40}
# A longer one is as well where the clauses that tell no wish hold so many letters at most.
_BESIDE: Final[dict[Language, int]] = {"zh": 5, "en": 14}
_CLAUSE: Final = re.compile(r"[^,，。.!！?？;；~～…\n]+")
# What names a topic by itself, and tells nothing of it.
_ABOUT_TOPICS: Final = ("avoid", "correction")
_CONFIRMED: Final = ("pronouns", "short", "long", "avoid", "tone", "not_called")
# These have words of their own where the whole message is that.
_ELSEWHERE: Final = ("no_advice", "no_questions", "no_exercises")
# Shapes that give way to a wish.
_GIVES_WAY: Final = (None, "correction", "hello", "never_mind", "not_enough", "swear", "yes", "no")
_RIGHT: Final = re.compile(r"^(?:是|it is )(?P<right>.+?)[，,]")
# Replies from one time that their name is said to the next.
_NAMES_EVERY: Final = 8
_LETTERS: Final = re.compile(r"[\W_]+")


def told_now(work: Work) -> tuple[Found, ...]:
    """What this message tells that is worth keeping; nothing where nothing is kept, and nothing of
    a message of danger."""
    if not work.remembers or work.message.speaker != "person" or _grave(work):
        return ()
    today = work.person.local(work.now).date()
    try:
        return extract(work.message.text, work.language, today, learned=False)
    except UNREADABLE as error:
        # Patterns that cannot be read must not cost anyone a planned reply.
        log.error("what is to be remembered cannot be found: %s", type(error).__name__)
        return ()


def with_wishes(work: Work, plan: Plan, told: Sequence[Found]) -> Plan:
    """The plan as they wish it, and with what they said about that in this message."""
    if work.protection.answered or work.protection.listening or plan.part in ("begin", "go_on"):
        return plan
    _leave_alone(work, told)
    if _grave(work) or not work.remembers:
        return _sized(work, plan)
    asked = _asked(work, plan)
    if asked is not None:
        return asked
    noted = (_noted(one, work.memories.wishes) for one in told)
    what = next((one for one in noted if one is not None), None)
    if what is None or plan.small not in _GIVES_WAY:
        return _sized(work, plan)
    if _alone(what, work) and (what.what not in _ELSEWHERE or plan.small is None):
        return _plan(f"{NOTED}{what.what}", what)
    return replace(_sized(work, plan), noted=what) if plan.small is None else plan


def may_name(work: Work) -> bool:
    """Whether this reply may say their name: where it greets in a new talk, or says goodbye, and
    not often."""
    state, small = work.state, work.plan.small
    if not work.memories.wishes.name or _grave(work) or work.protection.listening:
        return False
    greets = small == "hello" and state.turns == 0
    return (greets or small == "goodbye") and state.turns + 1 - state.named_turn >= _NAMES_EVERY


def asks_name(work: Work) -> bool:
    """Whether they ask what we call them."""
    return _said(work, "asks_name")


def _grave(work: Work) -> bool:
    levels = (work.episode.level, work.reading.risk.level)
    return any(at_least(level, "moderate") for level in levels)


def _asked(work: Work, plan: Plan) -> Plan | None:
    """The plan of an answer about what is remembered, where that is asked."""
    if _said(work, "forget") and plan.small in (*_GIVES_WAY, _MEMORY):
        return _plan(FORGET)
    asks = _said(work, "asks_name") or _said(work, "asks_held")
    if asks and plan.small in (*_GIVES_WAY, _MEMORY):
        return replace(_plan(_MEMORY), why="asked_about_us")
    return None


def _said(work: Work, section: str) -> bool:
    return words("remembering", section).search(cleaned(work.message.text).text) is not None


def _noted(found: Found, wishes: Wishes) -> Noted | None:
    """What is confirmed of one thing told. A wish taken back is where it held; of a thing that may
    be talked of again something is told, which is answered."""
    if found.kind == "preference" and found.gone:
        held = {"no_questions": wishes.no_questions, "no_exercises": wishes.no_exercises}
        return Noted("taken_back") if held.get(found.about) else None
    if found.kind == "preference":
        head = found.about.partition("/")[0]
        if head == "name" and found.value:
            return Noted("called", {"name": found.value})
        known = head in (*_CONFIRMED, *_ELSEWHERE)
        return Noted(head) if known else None
    if found.kind == "person" and found.replaces:
        right = _RIGHT.match(found.says)
        # A name put right ("弟弟叫小宇") is confirmed by the name.
        what = right["right"] if right else found.value
        return Noted("correction", {"about": what}) if what else None
    return None


def _alone(noted: Noted, work: Work) -> bool:
    """Whether the message is that and little besides."""
    if work.reading.topics and noted.what not in _ABOUT_TOPICS:
        return False
    text, language = work.message.text, work.language
    if _letters(text) <= _ALONE[language]:
        return True
    beside = [each for each in _CLAUSE.findall(text) if not _tells_wish(each, work)]
    return sum(map(_letters, beside)) <= _BESIDE[language]


def _letters(text: str) -> int:
    return len(_LETTERS.sub("", text))


def _tells_wish(clause: str, work: Work) -> bool:
    """Whether a clause tells one by itself: a wish said twice is told once."""
    today = work.person.local(work.now).date()
    told = extract(clause, work.language, today, learned=False)
    return any(one.kind == "preference" for one in told)


def _leave_alone(work: Work, told: Sequence[Found]) -> None:
    """Let no line of ours bring up what they want left alone."""
    unwanted = left_alone(work.memories.wishes.avoid, work.message.text)
    if unwanted is not None:
        work.chooser.avoid(unwanted)
    just_told = [
        one.about.partition("/")[2]
        for one in told
        if one.about.startswith("avoid/") and not one.gone
    ]
    if just_told and (unwanted := left_alone(just_told, "")) is not None:
        work.chooser.avoid(unwanted)


def _sized(work: Work, plan: Plan) -> Plan:
    """As long as they like replies to be. "Tell me more" counts for this one more than that."""
    wishes = work.memories.wishes
    if plan.small is not None or shape_of(work.message.text, work.language) == "say_more":
        return plan
    if wishes.short and plan.part is None:
        return replace(plan, length="short", second=None)
    return replace(plan, length="normal") if wishes.long and plan.length == "short" else plan


def _plan(small: str, noted: Noted | None = None) -> Plan:
    return Plan(
        stage="explore",
        skill="information",
        question=False,
        why="asked_plainly",
        small=small,
        noted=noted,
    )

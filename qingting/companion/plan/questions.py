"""When a reply is about a questionnaire: asked for, begun, gone on with, left.

Nothing but the items is said between them, and no number ever: those stand on its page. What is no
answer is talk, and is answered as talk; the questionnaire waits then until they go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5

from qingting.companion.exercise.run import left
from qingting.companion.instruments import conversation
from qingting.companion.instruments.conversation import Asking, heard, says
from qingting.companion.instruments.shelf import askable, instruments
from qingting.companion.person import Language
from qingting.companion.plan.exercising import under_way
from qingting.companion.plan.plan import Plan, Why
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.work import Work

# How `small` of a plan begins that is about one; the rest is a list of moves/questions.toml.
QUESTIONS: Final = "questions."
# Answers of this feature have ids of their own kind.
_IDS: Final = UUID("5d0c7d0e-6f0b-4a55-9a53-0a8f2f6f1c11")
_LONGEST: Final = 60
_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. key: the one that was named. construct: what it is to be about."""

    key: str = ""
    construct: str = ""


def questions_plan(work: Work) -> Plan | None:
    """The plan of a reply about a questionnaire, with where it stands then in `work.asking`; None
    for ordinary talk. Nothing of danger is answered here."""
    # Beside grave danger nothing else is begun or gone on with.
    if work.protection.listening or work.protection.authored:
        return None
    asking, text = work.state.asking, work.message.text
    if asking is not None and asking.asked:
        plan = _in_it(work, asking)
        if plan is not None:
            return plan
    if asking is not None and asking.offered and says("yes", text):
        return _begin(work, asking, "how")
    if asking is not None and asking.offered and says("no", text):
        return _plan(work, replace(asking, over=True), "dropped", "refused")
    waits = asking is not None and asking.can_go_on(_today(work)) and not under_way(work)
    if asking is not None and waits and says("go_on", text):
        return _begin(work, asking, "resume")
    wanted = wanted_in(text)
    return _asked_for(work, wanted) if wanted is not None else None


def asking_after(work: Work) -> Asking | None:
    """Where it stands after this turn. What was talked of instead makes it wait; one that was only
    offered is dropped then."""
    if work.asking is not None:
        return work.asking
    asking = work.state.asking
    if asking is not None and asking.offered:
        return None
    return replace(asking, waiting=True) if asking is not None and asking.asked else asking


def is_about_questions(plan: Plan) -> bool:
    """Whether a reply with this plan is about a questionnaire."""
    return (plan.small or "").startswith(QUESTIONS)


def wanted_in(text: str) -> Wanted | None:
    """The questionnaire that a message asks for and does nothing besides; None for another."""
    said = cleaned(text).text.strip()
    if not said or len(said) > _LONGEST:
        return None
    for key, pattern in _named():
        if pattern.fullmatch(said):
            return Wanted(key=key)
    for construct, pattern in _about():
        if pattern.fullmatch(said):
            return Wanted(construct=construct)
    return Wanted() if _any().fullmatch(said) else None


def language_wanted(work: Work) -> Language:
    """The language it is asked in: a name like "PHQ-9" alone shows none, what was said before
    does."""
    text = work.message.text
    if has_han(text) or " " in text.strip():
        return work.language
    before = [one.text for one in work.state.history if one.speaker == "person"]
    if before:
        return "zh" if has_han(before[-1]) else "en"
    return work.person.language


def _asked_for(work: Work, wanted: Wanted) -> Plan:
    language = language_wanted(work)
    if not (wanted.key or wanted.construct):
        return _plan(work, None, "which", "asked_plainly")
    found = askable(language, work.person.age_band)
    construct = wanted.construct or _construct_of(wanted.key)
    named = [one for one in found if one.key == wanted.key]
    like = [one for one in found if one.construct == construct]
    if not named and not like:
        return _plan(work, None, "none", "asked_plainly")
    instrument = (named or like)[0]
    before = work.state.asking
    same = before is not None and before.instrument == instrument.key
    if before is not None and same and before.can_go_on(_today(work)):
        return _begin(work, before, "resume")
    which = uuid5(_IDS, f"{work.state.seed}:{work.state.turns}:{instrument.key}").hex
    asking = Asking(instrument.key, language, which, _today(work))
    if named:
        return _begin(work, asking, "begin")
    return _plan(work, asking, "offer", "asked_plainly")


def _in_it(work: Work, asking: Asking) -> Plan | None:
    """The plan after a message that answers an item; None where it is something else."""
    what, value = heard(asking, work.message.text)
    today = _today(work)
    if what == "answer":
        return _onward(work, conversation.answered(asking, value, today))
    if what == "skip":
        return _onward(work, conversation.answered(asking, None, today))
    if what == "back":
        return _onward(work, conversation.went_back(asking))
    if what == "stop":
        return _plan(work, replace(asking, waiting=True), "stopped", "refused")
    if what == "unclear" and not asking.again:
        return _plan(work, replace(asking, again=True), "again", "questions")
    return None


def _begin(work: Work, asking: Asking, part: str) -> Plan:
    """Ask the first item without an answer; say the last words where there is none left. An
    exercise that is under way is left for it."""
    if under_way(work) and work.state.run is not None:
        work.run = left(work.state.run)
    after = conversation.begun(asking, _today(work))
    if after.item:
        return _plan(work, after, part, "questions")
    return _onward(work, after)


def _onward(work: Work, after: Asking) -> Plan:
    if after.item:
        return _plan(work, after, "item", "questions")
    part = "done" if conversation.is_whole(after) else "gaps"
    return _plan(work, replace(after, over=True), part, "questions")


def _plan(work: Work, asking: Asking | None, part: str, why: Why) -> Plan:
    work.asking = asking
    return Plan(
        stage="act",
        skill="information",
        question=False,
        length="long",
        why=why,
        small=f"{QUESTIONS}{part}",
    )


def _today(work: Work) -> date:
    return work.person.local(work.now).date()


def _construct_of(key: str) -> str:
    found = instruments().get(key)
    return found.construct if found is not None else ""


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = table("questions")
    return tuple((key, _framed(words, data["parts"])) for key, words in data["named"].items())


@lru_cache(maxsize=1)
def _about() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = table("questions")
    return tuple(
        (construct, _framed_about(zh, en, data["parts"]))
        for construct, (zh, en) in data["about"].items()
    )


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    data = table("questions")
    return alternatives(data[_ANY]["words"], data["parts"])


def _framed(names: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """A name with no more around it than asking for it takes."""
    one = "|".join(names)
    frames = (
        f"{{before_zh}}(?:{one}){{after_zh}}",
        f"{{before_en}}(?:{one}){{after_en}}",
    )
    return alternatives(frames, parts)


def _framed_about(zh: str, en: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A subject with the asking for a questionnaire about it."""
    frames = (
        f"{{before_zh}}(?:关于|测)?(?:{zh})(?:程度|水平|状态|方面|倾向)?的?{{form_zh}}{{after_zh}}",
        f"{{before_zh}}{{test_zh}}(?:{zh})(?:程度|水平|指数|状态|了)?(?:不(?:{zh}))?{{after_zh}}",
        f"{{before_en}}(?:{en}) {{form_en}}{{after_en}}",
        f"{{before_en}}{{form_en}} (?:for|about|on) (?:my )?(?:{en}){{after_en}}",
        f"{{before_en}}(?:test|check|screen) (?:me|my|myself)(?: for| on)? ?(?:{en}){{after_en}}",
    )
    return alternatives(frames, parts)

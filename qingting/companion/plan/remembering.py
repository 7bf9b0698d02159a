"""Whether a reply takes up something remembered, which one, and how. Pure.

At most one, with cause, and rarely: a companion that shows off what it knows is a file, not a
friend. Nothing is taken up in danger or in an exercise, nothing just said in this conversation, and
nothing painful that they do not name themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from qingting.companion.plan.days_ahead import ahead
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.taken_up import TakenUp, Way
from qingting.companion.recall.named import (
    head_of,
    is_named,
    name_of,
    names_somebody,
    says_word,
    spoken_of,
)
from qingting.companion.recall.recollection import Remembered
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.item import Found
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.declined import exercise_words, names_exercise
from qingting.companion.understand.lexicon import alternatives, table, words
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.situations import is_advice, is_plain
from qingting.companion.work import Work

if TYPE_CHECKING:
    import re

# Replies between one remembered thing and the next.
_REST: Final = 4
# What was said in so many turns of this conversation is no memory yet: messages of both sides.
_LATELY: Final = 2 * 6
_FRESH: Final = timedelta(minutes=20)
_SURE: Final = 0.7
# Nearer than this, a message speaks of a thing without naming it: no pair of the sixty a language
# in tests/companion/plan/near_pairs.toml that had nothing to do with each other came to 0.56.
VERY_NEAR: Final = 0.6
# A feeling from here on is plain.
_PLAIN: Final = 0.5
_SOON: Final = 3
_FARTHEST: Final = 30
# Hours in which it is night.
_EVENING, _MORNING = 21, 5
_UNEASY: Final = frozenset({"anxiety", "fear", "overwhelm"})
# What a night worry may be about, for a coming day to be cause enough to speak of it.
_ABOUT_DAYS: Final = frozenset(
    {"sleep", "anxiety", "exams", "grades", "jobs", "thesis", "postgrad", "body", "work"}
)
# These replies bring something back already, or give way.
_TAKEN: Final = frozenset({"gathering", "taking_up_again", "refused", "danger"})
# Of two that would fit, the one more needed.
_RANK: Final[dict[Way, int]] = {"strength": 0, "helped": 1, "event_soon": 2, "trigger": 2}


def with_memory(work: Work, plan: Plan, told: Sequence[Found]) -> Plan:
    """The plan, with one remembered thing where there is cause for it. told: what this message
    itself tells, which is no memory."""
    if not _may(work, plan):
        return plan
    now_told = {(one.kind, about) for one in told for about in (one.about, one.replaces)}
    found = [
        (taken, is_named(item, work.message.text, work.language))
        for item in work.memories.items
        if (item.kind, item.about) not in now_told
        and _fits(item, work)
        and (taken := _taken(item, work, plan)) is not None
    ]
    if not found:
        return plan
    best, _ = min(found, key=lambda one: (_RANK.get(one[0].way, 3), not one[1]))
    if best.way != "helped":
        return replace(plan, taken_up=best)
    # It is the offer of this reply, in the place of ours.
    return replace(
        plan, taken_up=best, second=None, offer="exercise", exercise=None, part=None, question=False
    )


def _may(work: Work, plan: Plan) -> bool:
    """Whether this reply may take anything up."""
    protection, state = work.protection, work.state
    if protection.answered or protection.listening or protection.authored or work.reading.degraded:
        return False
    if at_least(work.episode.level, "moderate") or at_least(work.reading.risk.level, "moderate"):
        return False
    if plan.small is not None or plan.part not in (None, "offer") or plan.why in _TAKEN:
        return False
    if plan.noted is not None or plan.length == "long" or _answers(plan):
        return False
    return state.turns + 1 - state.remembered_turn > _REST


def _answers(plan: Plan) -> bool:
    """Whether the reply owes an answer on a choice: nothing comes between."""
    advised = plan.situation is not None and is_advice(plan.situation)
    return advised or (plan.advice is not None and plan.stage == "act")


def _fits(item: Remembered, work: Work) -> bool:
    """Whether an item may be spoken of here at all."""
    text, language = work.message.text, work.language
    if item.kind == "preference" or item.confidence < _SURE:
        return False
    if has_han(item.says) != (language == "zh") or work.now - item.said_at < _FRESH:
        return False
    if item.sensitive and not is_named(item, text, language):
        return False
    lately = (heard.text for heard in work.state.history[-_LATELY:])
    return not spoken_of(item, lately, language)


def _taken(item: Remembered, work: Work, plan: Plan) -> TakenUp | None:
    if item.kind == "person":
        return _person(item, work)
    if item.kind == "event":
        return _event(item, work, plan)
    if item.kind == "goal":
        return _as(item, "goal") if _caused(item, work) else None
    if item.kind == "helped":
        return _as(item, "helped") if _may_help(item, work, plan) else None
    if item.kind == "trigger":
        return _as(item, "trigger") if _happening(item, work, plan) else None
    if item.kind == "strength":
        return _as(item, "strength") if _said(work, "down") and not _harmful(item) else None
    return None


def _caused(item: Remembered, work: Work) -> bool:
    """Whether the message speaks of it."""
    return is_named(item, work.message.text, work.language) or item.near >= VERY_NEAR


def _person(item: Remembered, work: Work) -> TakenUp | None:
    """Somebody by their name, where they speak of them by what they are to them; or the other way
    round."""
    name, text = name_of(item), work.message.text
    if not name or not is_named(item, text, work.language):
        return None
    known = says_word(name, text, work.language)
    return _as(item, "person_known" if known else "person", name=name)


def _event(item: Remembered, work: Work, plan: Plan) -> TakenUp | None:
    """A coming day: spoken of, or so near that it may be what keeps them awake."""
    today = work.person.local(work.now).date()
    on = item.on
    if on is None or not today - timedelta(days=7) <= on <= today + timedelta(days=_FARTHEST):
        return None
    until = item.until or on
    if until < today or _names_day(work, on, until, today):
        return None
    if on == today and _over().search(cleaned(work.message.text).text):
        return None
    soon = (on - today).days <= _SOON
    caused = _caused(item, work)
    uneasy = soon and _is_uneasy(work)
    if not caused and not (uneasy and _nothing_else(work, plan) and not _painful(item)):
        return None
    when = ahead(on, until, today, work.language)
    return _as(item, "event_soon" if uneasy else "event", when=when)


def _names_day(work: Work, on: date, until: date, today: date) -> bool:
    """Whether they say themselves which day it is."""
    days = find_dates(work.message.text, work.language, today)
    return any(day.first <= until and on <= day.last for day in days)


def _may_help(item: Remembered, work: Work, plan: Plan) -> bool:
    """Whether what helped before may be this reply's one offer: they ask what to do, or something
    would be offered anyway."""
    heavy = _heaviness(work) > 0
    asks = work.reading.need == "advice"
    offers = plan.offer == "exercise"
    if not heavy or not (asks or offers) or not work.protection.may_offer:
        return False
    if (work.state.listen_only and not asks) or _said(work, "in_vain") or _harmful(item):
        return False
    if (work.state.no_exercises and _is_exercise(item)) or (_is_late(work) and _outdoors(item)):
        return False
    # What they speak of right now needs no offering.
    return not _caused(item, work)


def _happening(item: Remembered, work: Work, plan: Plan) -> bool:
    """Whether it is just now as they said that it goes."""
    if _heaviness(work) < _PLAIN and not _is_uneasy(work):
        return False
    if _caused(item, work):
        return True
    at_night = words("remembering", "night").search(head_of(item).casefold()) is not None
    return _is_late(work) and at_night and _nothing_else(work, plan)


def _is_late(work: Work) -> bool:
    hour = work.person.local(work.now).hour
    return hour >= _EVENING or hour < _MORNING


def _nothing_else(work: Work, plan: Plan) -> bool:
    """Whether the message names no other cause of its own."""
    topics = {topic.name for topic in work.reading.topics}
    somebody = names_somebody(work.message.text, work.language)
    told = plan.situation is not None and not is_plain(plan.situation)
    return not told and topics <= _ABOUT_DAYS and not somebody


def _heaviness(work: Work) -> float:
    feeling = heard_feeling(work)
    return feeling.strength if feeling is not None and feeling.label not in GLAD else 0.0


def _is_uneasy(work: Work) -> bool:
    felt = any(read.label in _UNEASY and read.strength >= _PLAIN for read in work.reading.feelings)
    return felt or _said(work, "sleepless") or _said(work, "uneasy")


def _said(work: Work, section: str) -> bool:
    return words("remembering", section).search(cleaned(work.message.text).text) is not None


def _harmful(item: Remembered) -> bool:
    """Whether it is nothing that we would ever offer, whoever said it helps."""
    return words("remembering", "harms").search(item.says.casefold()) is not None


def _outdoors(item: Remembered) -> bool:
    return words("remembering", "outdoors").search(item.says.casefold()) is not None


def _is_exercise(item: Remembered) -> bool:
    says = cleaned(item.says).text
    return names_exercise(says) or exercise_words().search(item.says) is not None


def _painful(item: Remembered) -> bool:
    """A day that nobody is reminded of."""
    plain = f"{item.about} {item.says}".casefold()
    return item.sensitive or any(one.search(plain) for one in _never())


@lru_cache(maxsize=1)
def _never() -> tuple[re.Pattern[str], ...]:
    data = table("check_in")
    return tuple(
        alternatives(data[section]["never"], data["parts"]) for section in ("about_zh", "about_en")
    )


@lru_cache(maxsize=1)
def _over() -> re.Pattern[str]:
    """Tells that something of today is behind them."""
    data = table("check_in")
    return alternatives(data["over"]["told"], data["parts"])


def _as(item: Remembered, way: Way, **more: str) -> TakenUp:
    return TakenUp(item.id, way, {"says": item.says, "about": head_of(item), **more})

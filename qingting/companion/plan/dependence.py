"""Who else is brought in, and when: what a reply does where talking here takes the place of people.

Said to us now ("only you understand me"), it is answered right then, warmly and truthfully. Noticed
over weeks, an ordinary reply stays as warm and as long as ever and may end on one person; where it
is clear, on a few questions to look at oneself, and on what was agreed on with her. No reply is
held back or made shorter for it. When any of that may be, companion/dependence/rules.py says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from qingting.companion.dependence.balance import Balance, Taper, What
from qingting.companion.dependence.concern import concern_of
from qingting.companion.dependence.rules import may_bring_in, may_taper
from qingting.companion.dependence.signs import drops_it, signs_in, told_now
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Bring, Plan
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

# How `small` of a plan begins that answers what was said to us; the rest is a list of
# moves/dependence.toml.
TO_US: Final = "dependence."
DROPPED: Final = f"{TO_US}dropped"
# Days between one mention of people and the next, one offer of the questions and the next, one
# mention of what was agreed on and the next.
PEOPLE_APART: Final = timedelta(days=7)
CHECK_APART: Final = timedelta(days=14)
CHECKED_LATELY: Final = timedelta(days=30)
REMINDED_APART: Final = timedelta(days=2)
# And between any of these and any other.
BETWEEN: Final = timedelta(days=3)
# Who did not want it is left in peace for so long.
DECLINED: Final = timedelta(days=30)
_TAPERS: Final[Mapping[What, Bring]] = {
    "day": "taper.day",
    "hour": "taper.hour",
    "person": "taper.person",
}
# They are heard first.
_TURNS: Final = 2
# In the middle of something heavier than this nothing is added.
_STRONG: Final = 0.75


def to_us_plan(work: Work) -> Plan | None:
    """The plan of an answer to what they say to us; None for anything else, and where danger is
    talked about."""
    if work.protection.listening or work.episode.weighs:
        return None
    text, language = work.message.text, work.language
    if work.balance.taper is not None and drops_it(text, language):
        return _answer("dropped")
    told = told_now(text, language)
    return _answer(told) if told is not None else None


def says_again(work: Work) -> bool:
    """Whether it is said again today that this is an AI, because talking here takes the place of
    people: once a day, where the law of the place or the operator asks for it, never in danger."""
    if not work.policy.disclose_on_dependence or not work.balance.heard:
        return False
    if work.episode.weighs or at_least(work.reading.risk.level, "moderate"):
        return False
    today = today_of(work)
    if work.balance.disclosed_on == today:
        return False
    # What this very message says counts: the reminder is due with it, not a message later.
    topics = [topic.name for topic in work.reading.topics]
    now = work.balance.hearing(signs_in(work.message.text, work.language, topics), today)
    return concern_of(now, today).level == "clear"


def drops_taper(plan: Plan) -> bool:
    """Whether a reply with this plan says that what was agreed on is dropped."""
    return plan.small == DROPPED


def wants_names(work: Work) -> bool:
    """Whether it is worth looking up whom they named: seldom, so that no other turn pays for it."""
    balance = work.balance
    if not work.remembers or not (balance.heard or balance.taper):
        return False
    hurt, now = balance.hurt, work.now
    if not may_bring_in(work.episode, work.reading.risk, hurt=hurt, now=now):
        return False
    return balance.taper is not None or bool(concern_of(balance, today_of(work)))


def with_somebody(work: Work, plan: Plan) -> Plan:
    """The plan, with somebody brought in where there is cause and it is time for it. Nothing else
    of the plan changes but the question, which that line takes the place of."""
    if not _may(work, plan):
        return plan
    bring = _bring(work)
    return plan if bring is None else replace(plan, bring=bring, question=False)


def today_of(work: Work) -> date:
    """The day on their own clock."""
    return work.person.local(work.now).date()


def taper_due(taper: Taper, work: Work) -> bool:
    """Whether what was agreed on is about now, and was not mentioned lately."""
    there = work.person.local(work.now)
    if there.date() <= taper.since:
        return False
    if taper.reminded is not None and there.date() - taper.reminded < REMINDED_APART:
        return False
    if taper.what == "day":
        return there.weekday() == taper.on
    if taper.what == "hour":
        # The hours after midnight are those of sleepless people, and are left alone.
        return there.hour >= taper.on
    return work.state.turns <= _TURNS


def _may(work: Work, plan: Plan) -> bool:
    """Whether this reply may end on anything more than it does."""
    protection, state = work.protection, work.state
    if protection.answered or protection.listening or protection.authored or work.reading.degraded:
        return False
    if not work.remembers or not protection.may_offer or state.turns < _TURNS:
        return False
    if plan.small is not None or plan.part is not None or plan.offer is not None:
        return False
    if plan.why in ("refused", "leaving", "danger", "gathering", "taking_up_again"):
        return False
    if not plan.question or plan.advice is not None or plan.noted is not None:
        return False
    if plan.taken_up is not None or state.listen_only or state.quiet:
        return False
    if plan.remark is not None and plan.remark.leads:
        return False
    feeling = heard_feeling(work)
    if feeling is None and not work.reading.topics:
        # To an everyday scrap it would be out of place.
        return False
    heavy = feeling is not None and feeling.label not in GLAD and feeling.strength >= _STRONG
    hurt, now = work.balance.hurt, work.now
    return not heavy and may_bring_in(work.episode, work.reading.risk, hurt=hurt, now=now)


def _bring(work: Work) -> Bring | None:
    balance, today = work.balance, today_of(work)
    tapers = may_taper(
        work.episode,
        work.reading.risk,
        hurt=balance.hurt,
        now=work.now,
        named=work.named,
    )
    if balance.taper is not None and tapers and taper_due(balance.taper, work):
        return _TAPERS[balance.taper.what]
    concern = concern_of(balance, today)
    if not concern or _lately(balance.declined_on, today, DECLINED) or _touched(balance, today):
        return None
    if concern.level == "clear" and tapers and _check_due(balance, today):
        return "check"
    if _lately(balance.brought_on, today, PEOPLE_APART):
        return None
    return "named" if work.named else "ask"


def _touched(balance: Balance, today: date) -> bool:
    """Whether any of it came up in the last days."""
    reminded = balance.taper.reminded if balance.taper else None
    last = (balance.brought_on, balance.offered_on, reminded)
    return any(_lately(day, today, BETWEEN) for day in last)


def _check_due(balance: Balance, today: date) -> bool:
    done = balance.check.on if balance.check else None
    return not (
        _lately(balance.offered_on, today, CHECK_APART) or _lately(done, today, CHECKED_LATELY)
    )


def _lately(day: date | None, today: date, apart: timedelta) -> bool:
    # A clock put back must not bring it on again at once either.
    return day is not None and abs(today - day) < apart


def _answer(name: str) -> Plan:
    return Plan(
        stage="comfort",
        skill="presence",
        question=False,
        why="asked_about_us",
        small=f"{TO_US}{name}",
    )

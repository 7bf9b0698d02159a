"""What a turn leaves behind about this: the signs of the message and what the reply brought up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from qingting.companion.dependence.balance import Balance
from qingting.companion.dependence.rules import hurt_told
from qingting.companion.dependence.signs import signs_in
from qingting.companion.dependence.using import BEFORE, LATELY, used_now
from qingting.companion.plan.dependence import drops_taper, today_of
from qingting.companion.understand.reading import at_least

if TYPE_CHECKING:
    from qingting.companion.dependence.kept import Kept
    from qingting.companion.work import Work


async def noted(work: Work, kept: Kept, *, may_keep: bool) -> Balance | None:
    """The balance after this turn; None where it is as it was, or nothing may be kept. may_keep:
    whether what this message tells is anything to remember."""
    if not kept.keeps:
        return None
    before, today = work.balance, today_of(work)
    after = before.since(today)
    if may_keep and work.remembers:
        topics = [topic.name for topic in work.reading.topics]
        after = after.hearing(signs_in(work.message.text, work.language, topics), today)
    if _hurt(work):
        after = replace(after, hurt=True)
    after = _with_reply(await _looked_at(after, work, kept), work)
    return None if after == before else after


def _hurt(work: Work) -> bool:
    """Whether it was told that somebody hurts them; a slight guess of the trained heads is no
    telling."""
    risk = work.reading.risk
    heard = risk.kinds if at_least(risk.level, "moderate") else ()
    return (work.episode.shown or bool(heard)) and hurt_told(work.episode, heard)


async def _looked_at(balance: Balance, work: Work, kept: Kept) -> Balance:
    """The balance with what their use shows; looked at once a day, and only beside words."""
    today = today_of(work)
    if not balance.heard or balance.used_on == today:
        return balance
    first = today - timedelta(days=LATELY + BEFORE)
    hours = await kept.hours(work.person.local(work.now), first)
    if hours is None:
        return balance
    return replace(balance, used=used_now(hours, today, balance.busy), used_on=today)


def _with_reply(after: Balance, work: Work) -> Balance:
    """The balance after what this turn brought up."""
    today, taper = today_of(work), after.taper
    if work.disclosed:
        after = replace(after, disclosed_on=today)
    if taper is not None and drops_taper(work.plan):
        return replace(after, taper=None)
    if not work.brought:
        return after
    if work.brought in ("ask", "named"):
        return replace(after, brought_on=today)
    if work.brought == "check":
        return replace(after, offered_on=today)
    return replace(after, taper=replace(taper, reminded=today)) if taper is not None else after

"""The one row of a person's balance, and when they were here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from qingting.companion.dependence import balance as balances
from qingting.companion.dependence.balance import Balance, after_meanwhile
from qingting.companion.dependence.using import Hours
from qingting.policy.balance_models import Balance as Row
from qingting.policy.models import Event, EventKind
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place


def opened(sealed: Any, person: UUID, seal: PersonSeal) -> Balance:
    """The balance of a row; an empty one where there is none, or it cannot be read: nothing of this
    is worth failing a turn for."""
    if sealed is None:
        return Balance()
    try:
        return balances.load(seal.open_json(sealed, _place(person)))
    except (Unreadable, KeyError, TypeError, ValueError):
        return Balance()


def of(person: UUID, seal: PersonSeal) -> Balance:
    """What is kept of a person."""
    body = Row.objects.filter(person_id=person).values_list("body", flat=True).first()
    return opened(body, person, seal)


def keep(person: UUID, seal: PersonSeal, before: Balance, after: Balance, now: datetime) -> None:
    """Keep it, after a turn or a page that began with `before`. In the caller's transaction. What
    another talk wrote meanwhile is not lost; what they took away meanwhile stays away."""
    rows = Row.objects.select_for_update().filter(person_id=person)
    stored = opened(rows.values_list("body", flat=True).first(), person, seal)
    kept = after_meanwhile(stored, before, after)
    if kept.is_empty:
        Row.objects.filter(person_id=person).delete()
        return
    sealed = seal.seal_json(balances.dump(kept), _place(person))
    Row.objects.update_or_create(
        person_id=person, defaults={"body": sealed, "lasts": kept.lasts, "updated_at": now}
    )


def hours_of(person: UUID, now: datetime, since: date) -> Hours:
    """Minutes by day and hour on the clock of `now`, since a day."""
    first = datetime.combine(since, time(), now.tzinfo)
    hours: dict[tuple[date, int], float] = defaultdict(float)
    seconds = Event.objects.filter(
        person_id=person, kind=EventKind.ACTIVE_SECONDS, at__gte=first, at__lte=now
    )
    for at, amount in seconds.values_list("at", "amount").iterator():
        there = at.astimezone(now.tzinfo)
        hours[there.date(), there.hour] += amount / 60
    return dict(hours)


def merged(theirs: Any, mine: Any | None) -> Any:
    """Of a guest's and the account's own: both, as it is sealed."""
    if mine is None:
        return theirs
    return balances.dump(balances.merged(balances.load(mine), balances.load(theirs)))


def _place(person: UUID) -> Place:
    return Place("policy_balance", "body", person)

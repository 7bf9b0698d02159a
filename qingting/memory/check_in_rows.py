"""Rows of what we mean to ask about. One for an item or an exercise, known by the id of that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from qingting.companion.remember.follow_ups import FollowUp, due_from
from qingting.companion.remember.item import HEARD_ONCE, Item
from qingting.companion.remember.ledger import Changes
from qingting.memory.models import CheckIn
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place

_NAME: Final = "check-in"


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in a row. item: id of the item, "" for an exercise. said, shown: the words it was
    put in on a page, and when they were first seen there."""

    id: UUID
    follow_up: FollowUp
    item: str = ""
    said: str = ""
    shown: datetime | None = None


def id_of(source: UUID) -> UUID:
    """The row for an item or a run of an exercise."""
    return uuid5(source, _NAME)


def follow(
    person: UUID, seal: PersonSeal, changes: Changes, now: datetime, today: date, *, wanted: bool
) -> None:
    """See to what is asked about after the ledger changed: new events, moved or cancelled ones. In
    the transaction of the change. wanted: whether they want to be asked at all."""
    for item in changes.new:
        follow_up = _due(item, today) if wanted else None
        before = _row(person, item.supersedes, seal)
        if follow_up is None or (before is not None and _answered(before, follow_up)):
            continue
        write(person, seal, Kept(id_of(UUID(item.id)), follow_up, item.id), now)
    for item in changes.changed:
        row = CheckIn.objects.filter(person_id=person, id=id_of(UUID(item.id))).first()
        follow_up = _due(item, today) if wanted else None
        if follow_up is None:
            if row is not None and (row.state == CheckIn.State.WAITING or item.standing != "held"):
                row.delete()
        elif row is None or row.state == CheckIn.State.WAITING:
            write(person, seal, Kept(id_of(UUID(item.id)), follow_up, item.id), now)


def _due(item: Item, today: date) -> FollowUp | None:
    """What to ask about an item. What is less sure than a thing heard once (remember/learned.py)
    is not asked about before it was heard again."""
    return due_from(item, today) if item.confidence >= HEARD_ONCE else None


def drop_of(person: UUID, items: Collection[str]) -> None:
    """Whatever was to be asked about these items is gone with them."""
    rows = [id_of(UUID(item)) for item in items]
    CheckIn.objects.filter(person_id=person, id__in=rows).delete()


def make_one(later: UUID, earlier: UUID, *, same: bool) -> None:
    """Of two items that become one, only the later one is asked about; and not again where the
    earlier one was. same: whether they tell the same."""
    before = CheckIn.objects.filter(id=id_of(earlier)).first()
    if before is None:
        return
    if before.state == CheckIn.State.WAITING:
        before.delete()
    elif same:
        waits = CheckIn.objects.filter(id=id_of(later), state=CheckIn.State.WAITING)
        waits.update(state=before.state, updated_at=before.updated_at)


def write(person: UUID, seal: PersonSeal, kept: Kept, now: datetime) -> None:
    """Store something to ask about, waiting for its day."""
    CheckIn.objects.update_or_create(
        id=kept.id,
        person_id=person,
        defaults={
            "body": seal.seal_json(_dump(kept), _place(kept.id)),
            "due_on": kept.follow_up.due,
            "state": CheckIn.State.WAITING,
            "updated_at": now,
        },
    )


def waiting(person: UUID, seal: PersonSeal, until: date) -> list[Kept]:
    """What waits and is due by that day, as far as it opens; the latest first."""
    rows = CheckIn.objects.filter(
        person_id=person, state=CheckIn.State.WAITING, due_on__lte=until
    ).order_by("-due_on", "id")
    return [kept for row in rows if (kept := opened(row, seal)) is not None]


def opened(row: CheckIn, seal: PersonSeal) -> Kept | None:
    """What lies in a row; None when it cannot be read."""
    try:
        return _load(row.id, seal.open_json(row.body, _place(row.id)))
    except Unreadable:
        return None


def settle(person: UUID, which: UUID, state: CheckIn.State, now: datetime) -> bool:
    """Let something wait no longer. False when it did not."""
    rows = CheckIn.objects.filter(person_id=person, id=which, state=CheckIn.State.WAITING)
    return bool(rows.update(state=state, updated_at=now))


def shown(person: UUID, seal: PersonSeal, kept: Kept, said: str, now: datetime) -> None:
    """Note that it was seen on a page, in these words. It still waits for an answer."""
    body = _dump(replace(kept, said=said, shown=now))
    CheckIn.objects.filter(person_id=person, id=kept.id).update(
        body=seal.seal_json(body, _place(kept.id))
    )


def last_asked(person: UUID) -> datetime | None:
    """When something was last asked."""
    rows = CheckIn.objects.filter(person_id=person, state=CheckIn.State.ASKED)
    return rows.order_by("-updated_at").values_list("updated_at", flat=True).first()


def _row(person: UUID, item: str | None, seal: PersonSeal) -> tuple[CheckIn, Kept] | None:
    if item is None:
        return None
    row = CheckIn.objects.filter(person_id=person, id=id_of(UUID(item))).first()
    kept = opened(row, seal) if row is not None else None
    return (row, kept) if row is not None and kept is not None else None


def _answered(before: tuple[CheckIn, Kept], now: FollowUp) -> bool:
    """Whether the same day of the same thing was asked about: put in other words, it is not asked
    about again."""
    row, kept = before
    return row.state != CheckIn.State.WAITING and kept.follow_up.until == now.until


def _place(which: UUID) -> Place:
    return Place("memory_checkin", "body", which)


def _dump(kept: Kept) -> dict[str, Any]:
    one = kept.follow_up
    return {
        "v": 1,
        "kind": one.kind,
        "says": one.what,
        "about": one.about,
        "days": [day.isoformat() for day in (one.on, one.until, one.due, one.lapses)],
        "language": one.language,
        "item": kept.item,
        "said": kept.said,
        "shown": kept.shown.isoformat() if kept.shown else None,
    }


def _load(which: UUID, stored: dict[str, Any]) -> Kept:
    on, until, due, lapses = map(date.fromisoformat, stored["days"])
    follow_up = FollowUp(
        kind=stored["kind"],
        what=stored["says"],
        about=stored["about"],
        on=on,
        until=until,
        due=due,
        lapses=lapses,
        language=stored["language"],
    )
    moment = datetime.fromisoformat(stored["shown"]) if stored["shown"] else None
    return Kept(which, follow_up, stored["item"], stored["said"], moment)

"""Rows of the ledger, and what lies sealed in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingting.companion.recall.search import Index, index_of, unpack
from qingting.companion.remember.item import Item, Source
from qingting.memory import check_in_rows
from qingting.memory.models import MemoryIndex, MemoryItem
from qingting.memory.one_of_each import one_of_each
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place


def place_of(which: UUID) -> Place:
    """Where an item lies sealed."""
    return Place("memory_memoryitem", "body", which)


def items_of(person: UUID, seal: PersonSeal) -> list[Item]:
    """Every item of a person that opens, the newest first; superseded ones too."""
    found = []
    for row in MemoryItem.objects.filter(person_id=person).order_by("-updated_at", "id"):
        try:
            found.append(opened(row, seal))
        except Unreadable:
            continue
    return found


def item_of(person: UUID, which: UUID, seal: PersonSeal) -> Item | None:
    """One item of a person, or None. Raises Unreadable."""
    row = MemoryItem.objects.filter(person_id=person, id=which).first()
    return opened(row, seal) if row is not None else None


def opened(row: MemoryItem, seal: PersonSeal) -> Item:
    """What lies in a row. Raises Unreadable."""
    return load(row.id.hex, seal.open_json(row.body, place_of(row.id)))


def items_with(person: UUID, ids: Sequence[str], seal: PersonSeal) -> list[Item]:
    """These items of a person, as far as they open."""
    found = []
    for row in MemoryItem.objects.filter(person_id=person, id__in=[UUID(one) for one in ids]):
        try:
            found.append(opened(row, seal))
        except Unreadable:
            continue
    return found


def keep(person: UUID, items: Sequence[Item], seal: PersonSeal, now: datetime) -> None:
    """Store items as they stand."""
    for item in items:
        which = UUID(item.id)
        MemoryItem.objects.update_or_create(
            id=which,
            person_id=person,
            defaults={"body": seal.seal_json(dump(item), place_of(which)), "updated_at": now},
        )


def index_of_person(person: UUID, seal: PersonSeal) -> Index | None:
    """What is searched, or None when it has to be made (again)."""
    row = MemoryIndex.objects.filter(person_id=person).first()
    if row is None:
        return None
    try:
        head = seal.open(row.head, Place("memory_memoryindex", "head", person))
        body = seal.open_bytes(row.vectors, Place("memory_memoryindex", "vectors", person))
    except Unreadable:
        return None
    return unpack(head, body)


def reindex(person: UUID, seal: PersonSeal, now: datetime) -> Index:
    """Make the index of a person again from their items, and store it."""
    index = index_of(items_of(person, seal), index_of_person(person, seal))
    keep_index(person, index, seal, now)
    return index


def keep_index(person: UUID, index: Index, seal: PersonSeal, now: datetime) -> None:
    """Store what is searched."""
    head, body = index.pack()
    MemoryIndex.objects.update_or_create(
        person_id=person,
        defaults={
            "head": seal.seal(head, Place("memory_memoryindex", "head", person)),
            "vectors": seal.seal_bytes(body, Place("memory_memoryindex", "vectors", person)),
            "updated_at": now,
        },
    )


def join_indexes(guest: UUID, theirs: PersonSeal, person: UUID, mine: PersonSeal) -> None:
    """Make the index of a guest part of a person's, without a word being encoded again, and of two
    things that contradict each other let the later one take the place of the other. One that does
    not open leaves none: it is made again from the items, which are the person's already."""
    row = MemoryIndex.objects.filter(person_id=guest).first()
    if row is None:
        return
    known = MemoryIndex.objects.filter(person_id=person)
    ours = index_of_person(person, mine) if known.exists() else Index()
    brought = index_of_person(guest, theirs)
    row.delete()
    changed = _made_one(person, mine, row.updated_at)
    if brought is None or ours is None:
        known.delete()
    else:
        keep_index(person, ours.joined(brought).after(changed), mine, row.updated_at)


def _made_one(person: UUID, seal: PersonSeal, now: datetime) -> list[Item]:
    """Let one thing be held once; what stands otherwise now."""
    items = items_of(person, seal)
    # Somebody's own correction is as late as it was written, whenever the thing was heard.
    written = dict(MemoryItem.objects.filter(person_id=person).values_list("id", "updated_at"))
    pairs = one_of_each(items, {which.hex: moment for which, moment in written.items()})
    changed = {item.id: item for pair in pairs for item in pair.changed}
    keep(person, list(changed.values()), seal, now)
    for pair in pairs:
        check_in_rows.make_one(UUID(pair.later), UUID(pair.earlier), same=pair.same)
    return list(changed.values())


def dump(item: Item) -> dict[str, Any]:
    """The stored form of an item: JSON types only."""
    return {
        "v": 1,
        "kind": item.kind,
        "about": item.about,
        "says": item.says,
        "quote": item.quote,
        "language": item.language,
        "sources": [[s.turn, s.start, s.end, s.at.isoformat()] for s in item.sources],
        "confidence": item.confidence,
        "days": [day.isoformat() if day else None for day in (item.on, item.until, item.expires)],
        "sensitive": item.sensitive,
        "local_only": item.local_only,
        "supersedes": item.supersedes,
        "corrected": item.corrected,
        "value": item.value,
        "standing": item.standing,
    }


def load(which: str, stored: dict[str, Any]) -> Item:
    """The item back from its stored form. Raises KeyError or ValueError when it is none."""
    on, until, expires = (date.fromisoformat(day) if day else None for day in stored["days"])
    return Item(
        id=which,
        kind=stored["kind"],
        about=stored["about"],
        says=stored["says"],
        quote=stored["quote"],
        language=stored["language"],
        sources=tuple(
            Source(turn, start, end, datetime.fromisoformat(at))
            for turn, start, end, at in stored["sources"]
        ),
        confidence=stored["confidence"],
        on=on,
        until=until,
        expires=expires,
        sensitive=stored["sensitive"],
        local_only=stored["local_only"],
        supersedes=stored["supersedes"],
        corrected=stored["corrected"],
        value=stored["value"],
        standing=stored["standing"],
    )

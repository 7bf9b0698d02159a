"""A person's journal: read, written, deleted."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from qingting.companion.progress.mood import Entry
from qingting.progress.models import JournalEntry
from qingting.progress.rows import ENTRIES
from qingting.progress.service import NoSuchThing, Progress


def entries(progress: Progress, person: UUID, since: datetime | None = None) -> list[Entry]:
    """Every page of a person's journal, the newest first by the day it was begun. since: last
    written then or later. Raises StorageError."""
    found = ENTRIES.all_of(person, progress.seal(person), since)
    return sorted(found, key=lambda one: one.at, reverse=True)


def entry(progress: Progress, person: UUID, which: UUID) -> Entry:
    """One of theirs. Raises NoSuchThing, StorageError."""
    found = ENTRIES.one(person, which, progress.seal(person))
    if found is None:
        raise NoSuchThing
    return found


def write(progress: Progress, person: UUID, entry: Entry) -> None:
    """Keep a page as it stands. Raises StorageError."""
    seal = progress.seal(person)
    ENTRIES.keep(person, UUID(entry.id), entry, seal, progress.clock())


def forget(progress: Progress, person: UUID, which: UUID) -> None:
    """Delete one. Raises NoSuchThing."""
    if not ENTRIES.drop(person, which):
        raise NoSuchThing


def own_id(person: UUID, which: UUID) -> UUID:
    """The id that a form carries, so that it sent twice is one page; a new one where somebody else
    has it."""
    taken = JournalEntry.objects.filter(id=which).exclude(person_id=person).exists()
    return uuid4() if taken else which


def version_of(entry: Entry | None) -> str:
    """Tells one content of a page from another; "" for none."""
    if entry is None:
        return ""
    return hashlib.sha256(f"{entry.title}\0{entry.words}".encode()).hexdigest()[:16]

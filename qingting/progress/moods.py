"""A person's check-ins: read, noted, deleted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from qingting.companion.progress.mood import Mood
from qingting.progress.models import MoodEntry
from qingting.progress.rows import MOODS
from qingting.progress.service import NoSuchThing, Progress


def moods(progress: Progress, person: UUID, since: datetime | None = None) -> list[Mood]:
    """Every check-in of a person, the newest first. since: those of that moment or later. Raises
    StorageError."""
    return MOODS.all_of(person, progress.seal(person), since)


def mood(progress: Progress, person: UUID, which: UUID) -> Mood:
    """One of theirs. Raises NoSuchThing, StorageError."""
    found = MOODS.one(person, which, progress.seal(person))
    if found is None:
        raise NoSuchThing
    return found


def note(progress: Progress, person: UUID, mood: Mood) -> None:
    """Keep a check-in as it stands, a new one or one put right. Raises StorageError."""
    MOODS.keep(person, UUID(mood.id), mood, progress.seal(person), mood.at)


def note_many(progress: Progress, person: UUID, moods: list[Mood]) -> None:
    """Keep many new ones. Raises StorageError."""
    rows = [(UUID(one.id), one, one.at) for one in moods]
    MOODS.keep_many(person, rows, progress.seal(person))


def forget(progress: Progress, person: UUID, which: UUID) -> None:
    """Delete one. Raises NoSuchThing."""
    if not MOODS.drop(person, which):
        raise NoSuchThing


def own_id(person: UUID, which: UUID) -> UUID:
    """The id that a form carries, so that it sent twice is one check-in; a new one where somebody
    else has it."""
    taken = MoodEntry.objects.filter(id=which).exclude(person_id=person).exists()
    return uuid4() if taken else which

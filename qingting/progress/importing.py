"""Check-ins that were pasted from elsewhere: none twice, and the whole of an import can be taken
back at once.

The ids of one import begin alike, which is how it is known again; nothing else is stored of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from uuid import UUID, uuid4

from qingting.companion.progress.importing import Row
from qingting.companion.progress.mood import Mood
from qingting.progress.models import MoodEntry
from qingting.progress.moods import moods, note_many
from qingting.progress.service import NoSuchThing, Progress

# Hex digits that the ids of one import share: half of an id, 60 of its bits random.
_SHARED: Final = 16
# Rows of ids that one statement takes.
_AT_ONCE: Final = 500
# Where no time of day was said.
_MIDDAY: Final = time(12)
# Notes of so many days are read for danger as if written now; older ones tell of what was.
_NEW: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Import:
    """One import that is still there. batch: what its ids begin with."""

    batch: str
    count: int
    first: date
    last: date


def new_of(
    rows: Sequence[Row], known: Sequence[Mood], zone: tzinfo | None
) -> tuple[list[Mood], int]:
    """Check-ins for these rows, and how many of them are there already or twice. zone: of the
    times in them."""
    batch = uuid4().hex[:_SHARED]
    seen = {_same(one) for one in known}
    fresh: list[Mood] = []
    for row in rows:
        one = _mood(row, batch, zone)
        if _same(one) not in seen:
            seen.add(_same(one))
            fresh.append(one)
    return fresh, len(rows) - len(fresh)


def take_in(progress: Progress, person: UUID, fresh: list[Mood]) -> None:
    """Keep them. Raises StorageError."""
    note_many(progress, person, fresh)


def recent_notes(fresh: Sequence[Mood], today: date) -> str:
    """What their notes of the last days say, to be read for danger."""
    return "\n\n".join(one.note for one in fresh if one.note and today - one.on <= _NEW)


def imports(progress: Progress, person: UUID) -> list[Import]:
    """Every import that is still there, the latest days first. Raises StorageError."""
    batches: dict[str, list[Mood]] = {}
    for one in moods(progress, person):
        if one.source == "imported":
            batches.setdefault(one.id[:_SHARED], []).append(one)
    return [
        Import(batch, len(found), min(one.on for one in found), max(one.on for one in found))
        for batch, found in batches.items()
    ]


def take_back(progress: Progress, person: UUID, batch: str) -> int:
    """Delete all of an import that is still there. Returns how many. Raises NoSuchThing,
    StorageError."""
    found = [
        UUID(one.id)
        for one in moods(progress, person)
        if one.source == "imported" and one.id[:_SHARED] == batch
    ]
    if not found:
        raise NoSuchThing
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE]
        MoodEntry.objects.filter(person_id=person, id__in=some).delete()
    return len(found)


def _mood(row: Row, batch: str, zone: tzinfo | None) -> Mood:
    return Mood(
        id=batch + uuid4().hex[_SHARED:],
        on=row.on,
        at=datetime.combine(row.on, row.at or _MIDDAY, tzinfo=zone),
        valence=row.valence,
        energy=row.energy,
        feelings=row.feelings,
        about=row.about,
        sleep=row.sleep,
        note=row.note,
        source="imported",
    )


def _same(mood: Mood) -> tuple[object, ...]:
    """What makes two check-ins one."""
    return (mood.at.replace(second=0, microsecond=0), mood.valence, mood.energy, mood.note)

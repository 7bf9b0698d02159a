"""Rows of how somebody is doing, and what lies sealed in them: one door for every model of this
feature, since each holds one sealed body.

The stored forms are JSON with a version, so that a row written today still opens in years.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from qingting.companion.instruments.instrument import Answers
from qingting.companion.progress.mood import Entry, Felt, Mood
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place
from qingting.progress.models import FeltDay, JournalEntry, MoodEntry, Questionnaire

T = TypeVar("T")


class Rows(Generic[T]):
    """The rows of one model. dump: the stored form of a thing; load: the thing of a row's id and
    stored form, raises KeyError or ValueError for none."""

    def __init__(
        self, model: Any, dump: Callable[[T], dict[str, Any]], load: Callable[[str, Any], T]
    ) -> None:
        self.model = model
        self._dump = dump
        self._load = load

    def place(self, which: UUID) -> Place:
        """Where one lies sealed."""
        return Place(self.model._meta.db_table, "body", which)  # noqa: SLF001  # documented API

    def all_of(
        self, person: UUID, seal: PersonSeal, since: datetime | None = None, most: int | None = None
    ) -> list[T]:
        """Every one of a person that opens, the newest first. since: those stored since then.
        most: so many at most."""
        found = self.model.objects.filter(person_id=person)
        if since is not None:
            found = found.filter(at__gte=since)
        pairs = found.order_by("-at", "id").values_list("id", "body")
        opened = (
            self._opened(which, body, seal) for which, body in (pairs[:most] if most else pairs)
        )
        return [one for one in opened if one is not None]

    def one(self, person: UUID, which: UUID, seal: PersonSeal) -> T | None:
        """One of a person; None where there is none, or it does not open."""
        row = self.model.objects.filter(person_id=person, id=which).first()
        return None if row is None else self._opened(row.id, row.body, seal)

    def keep(self, person: UUID, which: UUID, thing: T, seal: PersonSeal, at: datetime) -> None:
        """Store one as it stands."""
        body = seal.seal_json(self._dump(thing), self.place(which))
        self.model.objects.update_or_create(
            id=which, person_id=person, defaults={"body": body, "at": at}
        )

    def keep_many(
        self, person: UUID, things: Sequence[tuple[UUID, T, datetime]], seal: PersonSeal
    ) -> None:
        """Store many new ones at once."""
        self.model.objects.bulk_create(
            [
                self.model(
                    id=which,
                    person_id=person,
                    body=seal.seal_json(self._dump(thing), self.place(which)),
                    at=at,
                )
                for which, thing, at in things
            ],
            batch_size=500,
        )

    def drop(self, person: UUID, which: UUID) -> bool:
        """Delete one of a person. False where there was none."""
        return bool(self.model.objects.filter(person_id=person, id=which).delete()[0])

    def _opened(self, which: UUID, body: bytes, seal: PersonSeal) -> T | None:
        try:
            return self._load(which.hex, seal.open_json(body, self.place(which)))
        except (Unreadable, KeyError, ValueError):
            return None


def _dump_mood(mood: Mood) -> dict[str, Any]:
    return {
        "v": 1,
        "on": mood.on.isoformat(),
        "at": mood.at.isoformat(),
        "valence": mood.valence,
        "energy": mood.energy,
        "feelings": list(mood.feelings),
        "about": list(mood.about),
        "sleep": mood.sleep,
        "note": mood.note,
        "source": mood.source,
    }


def _load_mood(which: str, stored: dict[str, Any]) -> Mood:
    return Mood(
        id=which,
        on=date.fromisoformat(stored["on"]),
        at=datetime.fromisoformat(stored["at"]),
        valence=stored["valence"],
        energy=stored["energy"],
        feelings=tuple(stored["feelings"]),
        about=tuple(stored["about"]),
        sleep=stored["sleep"],
        note=stored["note"],
        source=stored["source"],
    )


def _dump_entry(entry: Entry) -> dict[str, Any]:
    return {
        "v": 1,
        "on": entry.on.isoformat(),
        "at": entry.at.isoformat(),
        "words": entry.words,
        "prompt": entry.prompt,
        "title": entry.title,
    }


def _load_entry(which: str, stored: dict[str, Any]) -> Entry:
    return Entry(
        id=which,
        on=date.fromisoformat(stored["on"]),
        at=datetime.fromisoformat(stored["at"]),
        words=stored["words"],
        prompt=stored["prompt"],
        title=stored["title"],
    )


def _dump_felt(day: tuple[Felt, ...]) -> dict[str, Any]:
    return {
        "v": 1,
        "felt": [[f.at.isoformat(), f.feeling, f.strength, f.valence, f.arousal] for f in day],
    }


def _load_felt(_which: str, stored: dict[str, Any]) -> tuple[Felt, ...]:
    return tuple(Felt(datetime.fromisoformat(at), *rest) for at, *rest in stored["felt"])


def _dump_answers(answers: Answers) -> dict[str, Any]:
    return {
        "v": 1,
        "instrument": answers.instrument,
        "language": answers.language,
        "on": answers.on.isoformat(),
        "values": dict(answers.values),
        "finished": answers.finished,
        "asked_in": answers.asked_in,
    }


def _load_answers(which: str, stored: dict[str, Any]) -> Answers:
    return Answers(
        id=which,
        instrument=stored["instrument"],
        language=stored["language"],
        on=date.fromisoformat(stored["on"]),
        values=stored["values"],
        finished=stored["finished"],
        asked_in=stored["asked_in"],
    )


MOODS: Rows[Mood] = Rows(MoodEntry, _dump_mood, _load_mood)
ENTRIES: Rows[Entry] = Rows(JournalEntry, _dump_entry, _load_entry)
FELT: Rows[tuple[Felt, ...]] = Rows(FeltDay, _dump_felt, _load_felt)
ANSWERS: Rows[Answers] = Rows(Questionnaire, _dump_answers, _load_answers)

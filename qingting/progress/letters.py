"""A person's letters: one about each whole week in which something was noted, made when they look
for it. Nothing is sent anywhere, and nobody is told that there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction

from qingting.companion.instruments.change import change
from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Person
from qingting.companion.progress.letter import letter
from qingting.companion.progress.letter_kept import By, KeptLetter
from qingting.companion.progress.week import Tried, Week, week_before, week_of
from qingting.companion.protect.episode import settled
from qingting.companion.words.choose import fingerprints
from qingting.progress.letter_rows import LETTERS
from qingting.progress.models import JournalEntry, Letter
from qingting.progress.rows import ANSWERS, ENTRIES, MOODS
from qingting.progress.service import NoSuchThing, Progress

# A row is stored on the server's clock, its day is the person's: never further apart than this.
_CLOCKS: Final = timedelta(days=2)
# Earlier letters whose sentences are not said again.
_NOT_AGAIN: Final = 4


def letters(progress: Progress, person: UUID) -> list[KeptLetter]:
    """Every letter of theirs, the newest first. Raises StorageError."""
    found = [one for one in _all(progress, person) if not one.gone]
    return sorted(found, key=lambda one: one.week, reverse=True)


def kept_letter(progress: Progress, person: UUID, which: UUID) -> KeptLetter:
    """One of theirs. Raises NoSuchThing, StorageError."""
    found = LETTERS.one(person, which, progress.seal(person))
    if found is None or found.gone:
        raise NoSuchThing
    return found


def waiting(progress: Progress, person: UUID, today: date) -> bool:
    """Whether a letter about last week could be read that was not looked at yet. today: the
    person's day. Raises StorageError."""
    if not progress.choice(person).letters:
        return False
    key, first, last = week_before(today)
    if any(one.week == key for one in _all(progress, person)):
        return False
    seal = progress.seal(person)
    noted = MOODS.all_of(person, seal, since(first))
    if any(first <= one.on <= last for one in noted):
        return True
    written = JournalEntry.objects.filter(person_id=person, at__gte=since(first))
    return written.exists() and _pages(progress, person, first, last) > 0


def make(progress: Progress, person: UUID, who: Person) -> KeptLetter | None:
    """The letter about last week, made now where it was not made yet and there is anything to
    write about; None otherwise, or where they want none. Raises StorageError."""
    now = progress.clock()
    key, _first, _last = week_before(who.local(now).date())
    if not progress.choice(person).letters:
        return None
    earlier = _all(progress, person)
    if any(one.week == key for one in earlier):
        return None
    week = facts(progress, person, who)
    if week.is_empty:
        return None
    said = frozenset[str]().union(*(fingerprints(one.words) for one in earlier[:_NOT_AGAIN]))
    words = letter(week, who.language, person.hex, said)
    made = KeptLetter(
        id=uuid5(person, key).hex,
        week=key,
        language=who.language,
        words=words,
        at=who.local(now).replace(microsecond=0),
        present=week.present,
        locale=who.locale,
        timezone=who.timezone,
    )
    try:
        with transaction.atomic():
            _keep(progress, person, made)
    except IntegrityError:  # made in another window at the same moment; both are the same
        return made
    # What only said that a letter had been deleted has said it long enough.
    for one in earlier:
        if one.gone:
            LETTERS.drop(person, UUID(one.id))
    return made


def facts(progress: Progress, person: UUID, who: Person) -> Week:
    """What last week holds, for a letter. Raises StorageError."""
    now, seal = progress.clock(), progress.seal(person)
    key, first, last = week_before(who.local(now).date())
    with connection.cursor() as cursor:
        episode = settled(progress.episodes.of(cursor, person, seal), now)
    if episode.is_open:
        noted = waiting(progress, person, who.local(now).date())
        return Week(key, notes=int(noted), present=True)
    around = progress.surroundings.around(person, seal, first, last, who, now)
    done = progress.exercises.done(person, seal, since(first), who)
    return week_of(
        key,
        who.language,
        [one for one in MOODS.all_of(person, seal, since(first)) if first <= one.on <= last],
        [Tried(one.exercise, one.before, one.after) for one in done if first <= one.on <= last],
        _pages(progress, person, first, last),
        _change(ANSWERS.all_of(person, seal), first, last),
        replace(around, episode=episode),
    )


def reword(progress: Progress, person: UUID, which: UUID, words: str, by: By | None = None) -> None:
    """Put other words into a letter. by: the model; None for the person themselves. Raises
    NoSuchThing, StorageError."""
    found = kept_letter(progress, person, which)
    if by is None:
        changed = replace(found, words=words, edited=found.edited or words != found.words)
    elif found.edited:
        return
    else:
        changed = replace(found, words=words, by=by)
    _keep(progress, person, changed)


def forget(progress: Progress, person: UUID, which: UUID) -> None:
    """Delete one: no word of it stays, only that its week needs no new one. Raises NoSuchThing,
    StorageError."""
    found = kept_letter(progress, person, which)
    last = max(one.week for one in _all(progress, person))
    if found.week == last:
        _keep(progress, person, replace(found, words="", gone=True, edited=False))
    else:
        LETTERS.drop(person, which)


def monday_of(key: str) -> date:
    """The first day of an ISO week. Raises ValueError."""
    return datetime.strptime(f"{key}-1", "%G-W%V-%u").replace(tzinfo=UTC).date()


def _all(progress: Progress, person: UUID) -> list[KeptLetter]:
    if not Letter.objects.filter(person_id=person).exists():
        return []
    return LETTERS.all_of(person, progress.seal(person))


def _keep(progress: Progress, person: UUID, made: KeptLetter) -> None:
    LETTERS.keep(person, UUID(made.id), made, progress.seal(person), progress.clock())


def since(first: date) -> datetime:
    """From when on rows may be of that day or later."""
    return datetime.combine(first, datetime.min.time(), UTC) - _CLOCKS


def _pages(progress: Progress, person: UUID, first: date, last: date) -> int:
    """How many pages of the journal were begun in the week; what is in them is theirs."""
    entries = ENTRIES.all_of(person, progress.seal(person), since(first))
    return sum(first <= one.on <= last for one in entries)


def _change(answers: Sequence[Answers], first: date, last: date) -> Literal["", "better", "worse"]:
    """What became of a questionnaire answered in the week, beside the time before; worse goes
    first."""
    found: set[str] = set()
    by_key: dict[tuple[str, str], list[Answers]] = {}
    for one in sorted(answers, key=lambda one: one.on):
        if one.finished and one.instrument in instruments():
            by_key.setdefault((one.instrument, one.language), []).append(one)
    for (key, _language), given in by_key.items():
        if len(given) > 1 and first <= given[-1].on <= last:
            found.add(change(instruments()[key], given[-2], given[-1]))
    return "worse" if "worse" in found else "better" if "better" in found else ""

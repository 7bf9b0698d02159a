"""The memory of one installation: kept at the end of a turn, recalled at the next, corrected and
forgotten on the person's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection, transaction

from qingting.companion.recall.recollection import Recollection, Wishes, wishes_of
from qingting.companion.recall.search import Index
from qingting.companion.remember import ledger
from qingting.companion.remember.item import Found, Item
from qingting.companion.remember.ledger import Changes
from qingting.memory import check_in_rows, rows
from qingting.memory.models import CheckIn, MemoryChoice, MemoryIndex, MemoryItem
from qingting.memory.ports import Conversations
from qingting.memory.put_right import as_careful, mistaken, moved
from qingting.privacy.keyring import Keyring
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.sealing import PersonSeal

# Items that go along with a message at most: a model reads them all, and so does nobody twice.
_MOST: Final = 8


class NoSuchItem(Exception):
    """There is no such item, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose about being remembered."""

    paused: bool = False
    check_ins: bool = True


class Memories:
    """Everything remembered, by person. Needs no actor: it is called with the person whose device
    or turn it is, and nobody else reads it."""

    def __init__(
        self, keyring: Keyring, conversations: Conversations, clock: Callable[[], datetime]
    ) -> None:
        self._keyring = keyring
        self._conversations = conversations
        self._clock = clock

    # In a turn: the seal is open already.

    def recall(
        self, person: UUID, seal: PersonSeal, text: str, now: datetime
    ) -> Recollection | None:
        """What comes to mind with a message; None while memory is paused."""
        if self.choice(person).paused:
            return None
        index = self._index(person, seal)
        return Recollection(index.search(text, now, most=_MOST), wishes_of(index.preferences()))

    def keep(
        self,
        person: UUID,
        seal: PersonSeal,
        turn: UUID,
        found: Sequence[Found],
        now: datetime,
        today: date | None = None,
    ) -> None:
        """Keep what a message told. In the transaction of the turn. today: the person's local day,
        that of `now` by default."""
        if not found or self.choice(person).paused:
            return
        index = self._index(person, seal)
        wrong = mistaken(found)
        if wrong:
            whom = index.touching((), whom=wrong | {one.about for one in found})
            found = moved(found, rows.items_with(person, whom, seal), now)
        held = rows.items_with(
            person, index.touching(ledger.abouts(found), ledger.old_names(found)), seal
        )
        changes = ledger.enter(held, found, turn=turn.hex, now=now, ids=_ids())
        self._store(person, seal, index, as_careful(changes, held), now, today)

    def wishes(self, person: UUID, seal: PersonSeal) -> Wishes:
        """How they want to be talked to."""
        return wishes_of(self._index(person, seal).preferences())

    # On the page that says why a reply was made as it was.

    def says(
        self, person: UUID, seal: PersonSeal, ids: Sequence[str]
    ) -> dict[str, tuple[str, str]]:
        """By id, what these items say and in which language; none that was forgotten."""
        found = rows.items_with(person, ids, seal)
        return {item.id: (item.says, item.language) for item in found}

    # On the person's own page.

    def choice(self, person: UUID) -> Choice:
        """What they chose."""
        row = MemoryChoice.objects.filter(person_id=person).first()
        return Choice() if row is None else Choice(row.paused, row.check_ins)

    def choose(self, person: UUID, choice: Choice) -> None:
        """Remember what they chose."""
        if not choice.check_ins:
            # What is never to be asked is not kept for asking.
            CheckIn.objects.filter(person_id=person, state=CheckIn.State.WAITING).delete()
        MemoryChoice.objects.update_or_create(
            person_id=person,
            defaults={
                "paused": choice.paused,
                "check_ins": choice.check_ins,
                "updated_at": self._clock(),
            },
        )

    def items(self, person: UUID) -> list[Item]:
        """Everything held of them, and what it took the place of; the newest first."""
        return rows.items_of(person, self._keyring.open(person))

    def correct(self, person: UUID, which: UUID, says: str, on: date | None) -> Item:
        """Write what is so in the place of an item. Raises NoSuchItem."""
        seal, now = self._keyring.open(person), self._clock()
        with transaction.atomic():
            item = self._held(person, which, seal)
            changes = ledger.corrected(item, says, on, fresh=uuid4().hex)
            self._store(person, seal, self._index(person, seal), changes, now)
        return changes.new[0]

    def keep_here(self, person: UUID, which: UUID, *, local_only: bool) -> None:
        """Let an item go to hosted models, or keep it on this machine. Raises NoSuchItem."""
        seal, now = self._keyring.open(person), self._clock()
        with transaction.atomic():
            item = replace(self._held(person, which, seal), local_only=local_only)
            self._store(person, seal, self._index(person, seal), Changes((), (item,)), now)

    def forget(self, person: UUID, which: UUID) -> None:
        """Forget an item for good, with what it took the place of: its rows go, and what was said
        about it is never taken up again. Raises NoSuchItem."""
        seal, now = self._keyring.open(person), self._clock()
        with transaction.atomic():
            everything = {item.id: item for item in rows.items_of(person, seal)}
            if which.hex not in everything:
                raise NoSuchItem
            line = _line_of(everything[which.hex], everything)
            self._drop(person, seal, line, now)
        _overwrite()

    def forget_everything(self, person: UUID) -> None:
        """Forget all of it."""
        seal, now = self._keyring.open(person), self._clock()
        with transaction.atomic():
            self._drop(person, seal, rows.items_of(person, seal), now)
            MemoryIndex.objects.filter(person_id=person).delete()
            CheckIn.objects.filter(person_id=person).delete()
        _overwrite()

    def _held(self, person: UUID, which: UUID, seal: PersonSeal) -> Item:
        item = rows.item_of(person, which, seal)
        if item is None or item.standing != "held":
            raise NoSuchItem
        return item

    def _drop(self, person: UUID, seal: PersonSeal, items: Sequence[Item], now: datetime) -> None:
        ids = {item.id for item in items}
        sources = [source for item in items for source in item.sources]
        MemoryItem.objects.filter(person_id=person, id__in=[UUID(one) for one in ids]).delete()
        rows.keep_index(person, self._index(person, seal).without(ids), seal, now)
        check_in_rows.drop_of(person, ids)
        self._conversations.withhold(person, seal, sources, ids)

    def _index(self, person: UUID, seal: PersonSeal) -> Index:
        index = rows.index_of_person(person, seal)
        if index is not None:
            return index
        # The encoder is another one, or the index was lost: the items themselves are all there.
        if MemoryItem.objects.filter(person_id=person).exists():
            return rows.reindex(person, seal, self._clock())
        return Index()

    def _store(
        self,
        person: UUID,
        seal: PersonSeal,
        index: Index,
        changes: Changes,
        now: datetime,
        today: date | None = None,
    ) -> None:
        touched = (*changes.new, *changes.changed)
        wanted = self.choice(person).check_ins
        check_in_rows.follow(person, seal, changes, now, today or now.date(), wanted=wanted)
        rows.keep(person, touched, seal, now)
        rows.keep_index(person, index.after(touched), seal, now)


def _overwrite() -> None:
    """Let no copy of what was forgotten stay in SQLite's log of changes. For PostgreSQL there is
    nothing to be done at once (see overwriting.py)."""
    if connection.vendor == "sqlite":
        overwrite_deleted()


def _ids() -> Iterator[str]:
    while True:
        yield uuid4().hex


def _line_of(item: Item, everything: dict[str, Item]) -> list[Item]:
    """An item with all that it took the place of, and all that took its place."""
    line = {item.id}
    grown = True
    while grown:
        size = len(line)
        line |= {one.id for one in everything.values() if one.supersedes in line}
        line |= {
            before
            for one in line
            if (before := everything[one].supersedes) is not None and before in everything
        }
        grown = len(line) > size
    return [everything[one] for one in line]


_current: Memories | None = None


def use(memories: Memories) -> None:
    """Set the memory of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one memory; set once at start
    _current = memories


def current() -> Memories:
    """The memory of this process. Raises RuntimeError before the site wired it."""
    if _current is None:
        raise RuntimeError("memory is not wired: qingting.site.wiring.wire() was not called")
    return _current

"""What a person can do with what is kept of them: see it, take it along, have it erased."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError

from qingting.companion.person import Person as Reader
from qingting.people.breaking_glass_told import things_of, told_by_now
from qingting.people.data_words import erase_words
from qingting.privacy import rows
from qingting.privacy.audit import By
from qingting.privacy.audit_chain import Entry
from qingting.privacy.audit_reading import seen_by_others
from qingting.privacy.erasing import Erasing, is_erased
from qingting.privacy.errors import StorageError
from qingting.privacy.exporting import Exporting, Made
from qingting.privacy.ports import About
from qingting.privacy.schedule import Schedule

CannotStore = (StorageError, DatabaseError, OSError)
# Copies made at the same time in one process, and how long another waits for its turn, in seconds.
_AT_ONCE: Final = 2
_PATIENCE: Final = 20.0


class Busy(Exception):
    """Too many copies are being made at this moment."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of what is kept: what it is, how many by what they are called, how many bytes, and
    since when."""

    about: About
    numbers: Sequence[tuple[str, int]]
    size: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class MyData:
    """A person's rights over their data, at work in one process."""

    exporting: Exporting
    erasing: Erasing
    schedule: Callable[[], Schedule]
    clock: Callable[[], datetime]
    _making: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE)
    )

    def kept(self, person: UUID) -> list[Kept]:
        """What is kept of somebody, kind by kind; kinds of which nothing is are left out. In the
        language in use. Raises DatabaseError."""
        counted = rows.counts(person)
        found: list[Kept] = []
        for one in self.exporting.exporters:
            covered = [counted[label] for label in one.covers if label in counted]
            about = one.about()
            # What counts nothing is not listed: that there is one may not be told yet.
            if not about.counted or not any(each.rows for each in covered):
                continue
            numbers = [(word, counted[label].rows) for label, word in about.counted.items()]
            since = min(filter(None, (each.since for each in covered)), default=None)
            found.append(Kept(about, numbers, sum(each.size for each in covered), since))
        return found

    def export(self, person: UUID, reader: Reader) -> Made:
        """A copy of everything. Raises one of CannotStore, or Busy."""
        with self._turn():
            return self.exporting.make(person, reader)

    def erase(self, person: UUID) -> bool:
        """Erase somebody who asked for it twice. True when all of it is gone; False when their key
        is gone, so that nothing opens, and the rest follows by itself. Raises one of CannotStore
        when nothing was changed."""
        try:
            self.erasing.erase(person, By("person", str(person)))
        except CannotStore:
            if not is_erased(person):
                raise
            return False
        return True

    def erase_words(self, person: UUID) -> bool:
        """Erase what somebody with an account wrote, and keep the account (data_words.py). Raises
        NoAccount, or one of CannotStore when nothing was changed."""
        return erase_words(person, self.erasing, self.clock())

    def seen(self, person: UUID, account: UUID | None) -> list[Entry]:
        """What others did with what is theirs, the newest first; without break-glass that they are
        not told of yet. Raises DatabaseError."""
        things = things_of(person)
        found = seen_by_others(person, accounts=[account] if account else [], things=things)
        return told_by_now(person, found)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._making.acquire(timeout=_PATIENCE):
            raise Busy
        try:
            yield
        finally:
            self._making.release()


_current: MyData | None = None


def use(data: MyData) -> None:
    """Set it for this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one installation; set once at start
    _current = data


def current() -> MyData:
    """What this process has. Raises RuntimeError before the site wired it."""
    if _current is None:
        raise RuntimeError("nobody's data is wired: qingting.site.wiring.wire() was not called")
    return _current

"""Erasing a person: their key first, so that from then on nothing of theirs opens anywhere, in no
copy and no backup of the rest; then every row, as the declarations say.

In this order, so that kill -9 between any two steps leaves something that is finished later and
nothing that opens: noted as asked; the person noted as erased and the key destroyed (one
transaction of the key database); work under way ended; all rows gone and noted as done (one
transaction of the main database); deleted pages overwritten.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from qingting.privacy import audit, rows
from qingting.privacy.audit import Action, By
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import DATABASE, Keyring
from qingting.privacy.models import ErasedPerson
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.ports import Running

log = logging.getLogger(__name__)

# Something written at the same moment makes the walk begin again; so often at most.
_TRIES: Final = 5
_FINISHING: Final = By("system", "erasing")


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing took: rows by the label of their model."""

    rows: Mapping[str, int] = field(default_factory=dict)


class Erasing:
    """Erases people. running: what may be at work for them in this process."""

    def __init__(self, running: Sequence[Running], clock: Callable[[], datetime]) -> None:
        self._running = running
        self._clock = clock

    def erase(self, person: UUID, by: By) -> Erased:
        """Erase a person. The same twice changes nothing.

        Raises AuditFailed or DatabaseError before anything was done, or, once their key is gone,
        when rows could not be deleted yet: `finish` does the rest at the next start.
        """
        if not is_erased(person):
            audit.record(Action.ERASURE_ASKED, by=by, subject=person, now=self._clock())
            _destroy_key(person, self._clock())
        for one in self._running:
            one.end(person)
        done = _delete_rows(person, Action.ERASED, by, self._clock())
        overwrite_deleted()
        return done

    def finish(self) -> int:
        """Finish what was begun and cut: everybody noted as erased of whom something is left.
        Returns how many were. One that cannot be finished now is left for the next time."""
        erased = list(ErasedPerson.objects.values_list("person_id", flat=True))
        finished = 0
        for person in sorted(rows.left_of(erased)):
            try:
                self.erase(person, _FINISHING)
                finished += 1
            except (StorageError, DatabaseError) as error:
                log.error("somebody erased is not gone yet: %s", type(error).__name__)
        return finished


def erase_again(person_id: UUID) -> int:
    """Erase again somebody whom a restore brought back; returns how many rows went. For whoever
    restores a backup, on the databases as restored. Raises as Erasing.erase does."""
    now = timezone.now()
    _destroy_key(person_id, now)
    by = By("command", "restore")
    done = _delete_rows(person_id, Action.RESTORED_AFTER_ERASURE, by, now)
    overwrite_deleted()
    return sum(done.rows.values())


def is_erased(person: UUID) -> bool:
    """Whether somebody was erased: nothing of theirs opens any more. Raises DatabaseError."""
    return ErasedPerson.objects.filter(person_id=person).exists()


def _destroy_key(person: UUID, now: datetime) -> None:
    """From here on there is no way back."""
    with transaction.atomic(using=DATABASE):
        ErasedPerson.objects.get_or_create(person_id=person, defaults={"erased_at": now})
        # Destroying needs no installation key.
        Keyring(None).destroy(person)


def _delete_rows(person: UUID, action: Action, by: By, now: datetime) -> Erased:
    for _ in range(_TRIES - 1):
        try:
            return _deleted(person, action, by, now)
        except (IntegrityError, OperationalError):
            # A turn that was being closed wrote at the same moment; now its rows are seen.
            continue
    return _deleted(person, action, by, now)


def _deleted(person: UUID, action: Action, by: By, now: datetime) -> Erased:
    with transaction.atomic():
        done = rows.erase(person)
        if done:
            audit.record(action, by=by, subject=person, now=now)
    return Erased(done)

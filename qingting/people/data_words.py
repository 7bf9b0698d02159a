"""Erasing everything somebody wrote and said while their account stays.

The account is given a new person: a new random id with a new key. What the account needs (devices,
what was agreed to, whom to call, classes, what was opened in an emergency) goes over to it, sealed
anew; then the person before is erased like anybody (privacy/erasing.py): key first, so that no copy
and no backup opens a word again, and a restored backup erases them once more.

Cut between the two, the person before has neither a device nor an account: nobody can reach what
they wrote, and `finish` erases them at the next start.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Model

from qingting.people.accounts import belonging, joining
from qingting.people.consent.models import Age, Contact, Grant, Guardian, GuardianCode, Rest
from qingting.people.models import Device, Person
from qingting.people.staff.models import BreakGlass, Membership
from qingting.privacy import audit
from qingting.privacy.audit import Action, By
from qingting.privacy.erasing import Erasing
from qingting.privacy.errors import StorageError

log = logging.getLogger(__name__)

# What goes over. A new table is not in it until somebody writes it here: what is forgotten here
# is erased, never kept.
KEPT: Final = (Grant, Age, GuardianCode, Guardian, Rest, Contact, Membership, BreakGlass)
# What features above add: what was chosen, never what was written.
_chosen: list[type[Model]] = []
_FINISHING: Final = By("system", "erasing")


class NoAccount(Exception):
    """A guest: for them erasing the words is erasing everything."""


def know_kept(model: type[Model]) -> None:
    """From now on what somebody chose in this table goes over too (qingting.site.wiring)."""
    if model not in _chosen:
        _chosen.append(model)


def erase_words(person: UUID, erasing: Erasing, now: datetime) -> bool:
    """Erase what the person of an account wrote. True when all of it is gone; False when it can
    be reached by nobody any more and the rest follows by itself.

    Raises NoAccount, StorageError or DatabaseError before anything was changed.
    """
    account = belonging.current().account_of(person)
    if account is None:
        raise NoAccount
    anew = uuid4()
    keyring = belonging.current().keyring
    keyring.create(anew)
    try:
        with transaction.atomic():
            Person.objects.create(id=anew, created_at=now)
            joining.carry((*KEPT, *_chosen), person, anew)
            Device.objects.filter(person_id=person).update(person_id=anew)
            belonging.current().belongs_to(account.pk, anew)
            audit.record(Action.WORDS_ERASED, by=By("person", str(anew)), subject=anew, now=now)
    except (StorageError, DatabaseError):
        keyring.destroy(anew)
        raise
    try:
        erasing.erase(person, By("person", str(person)))
    except (StorageError, DatabaseError) as error:
        log.error("words erased are not gone yet: %s", type(error).__name__)
        return False
    return True


def finish(erasing: Erasing) -> int:
    """Erase whoever was left behind by a cut. Returns how many there were. Raises DatabaseError."""
    left = Person.objects.filter(devices=None).values_list("id", flat=True)
    finished = 0
    for person in list(left):
        try:
            if belonging.current().account_of(person) is None:
                erasing.erase(person, _FINISHING)
                finished += 1
        except (StorageError, DatabaseError) as error:
            log.error("words erased are not gone yet: %s", type(error).__name__)
    return finished

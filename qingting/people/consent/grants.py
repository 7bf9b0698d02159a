"""Giving, withdrawing, and the one question that everything else asks: does it stand?"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from qingting.people.consent.models import Grant
from qingting.people.consent.vocabulary import PURPOSE, What, version_of
from qingting.privacy.audit import Action, By, record

_WHOM: Final = 64


def holds(person: UUID, what: What, whom: str | None = None, *, now: datetime) -> Grant | None:
    """The grant that allows this now, or None. The only door: nobody looks at the table itself.

    whom: exactly whom it must name; None for what is given to nobody in particular. A grant of an
    older version does not count, for it was not told what the newer one says. A withdrawal ends
    everything that was given before it or with it, on whichever device.
    """
    given = list(Grant.objects.filter(person_id=person, what=what, whom=named(whom)))
    ended = max((one.withdrawn_at for one in given if one.withdrawn_at), default=None)
    standing = [
        one
        for one in given
        if one.withdrawn_at is None
        and one.version == version_of(what)
        and one.since <= now
        and (one.until is None or now < one.until)
        and (ended is None or ended < one.since)
    ]
    return max(standing, key=lambda one: one.since, default=None)


def give(
    person: UUID,
    what: What,
    whom: str | None = None,
    *,
    now: datetime,
    until: datetime | None = None,
    by: By | None = None,
) -> Grant:
    """Agreed, to the words in use now. One that stands already is left as it is. by: who did it
    where it was not the person (a guardian). Raises AuditFailed: then nothing was given."""
    with transaction.atomic():
        standing = holds(person, what, whom, now=now)
        if standing is not None and standing.until == until:
            return standing
        made = Grant.objects.create(
            person_id=person,
            what=what,
            whom=named(whom),
            why=PURPOSE[what],
            version=version_of(what),
            since=now,
            until=until,
        )
        _tell(Action.CONSENT_GIVEN, person, what, by)
        return made


def withdraw(
    person: UUID, what: What, whom: str | None = None, *, now: datetime, by: By | None = None
) -> int:
    """Taken back, at once. whom: None takes it back from everybody. Returns how many grants ended.
    Raises AuditFailed: then they still stand."""
    with transaction.atomic():
        mine = Grant.objects.filter(person_id=person, what=what, withdrawn_at=None)
        if whom is not None:
            mine = mine.filter(whom=named(whom))
        ended = mine.update(withdrawn_at=now)
        if ended:
            _tell(Action.CONSENT_WITHDRAWN, person, what, by)
        return ended


def standing(person: UUID, *, now: datetime) -> list[Grant]:
    """Every grant of a person that counts now, the newest first."""
    rows = Grant.objects.filter(person_id=person, withdrawn_at=None).values_list("what", "whom")
    # A word that this version does not know allows nothing.
    pairs = {(What(what), whom) for what, whom in rows if what in set(What)}
    found = [holds(person, what, whom, now=now) for what, whom in pairs]
    return sorted((one for one in found if one), key=lambda one: one.since, reverse=True)


def named(whom: str | None) -> str:
    """Whom, as it is stored: at most 64 characters."""
    whom = whom or ""
    return whom if len(whom) <= _WHOM else hashlib.sha256(whom.encode()).hexdigest()


def _tell(action: Action, person: UUID, what: What, by: By | None) -> None:
    record(action, by=by or By("person", person.hex), subject=person, object_ref=what.value)

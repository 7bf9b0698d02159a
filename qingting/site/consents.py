"""Consents put together with the rest: the host of a model, the rules of the place, what counts as
usage, and how two records of one person become one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError
from django.db.models import Sum
from django.db.models.functions import TruncDate

from qingting.companion.person import AgeBand, Person
from qingting.companion.voice.words import PLAIN
from qingting.people.accounts import joining
from qingting.people.consent import contacts, resting, service
from qingting.people.consent.ages import Band, companion_band
from qingting.policy.models import Event, EventKind
from qingting.policy.profile import age_rules, asks_first, policy_for
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.site.config import Config
from qingting.talk.ports import Terms
from qingting.voices import service as voices


def wire_consents(config: Config, keyring: Keyring, clock: Callable[[], datetime]) -> None:
    """Make consents work in this process."""
    service.use(
        service.Consents(
            keyring,
            clock,
            model_host=config.model_host if policy_for().hosted_model else "",
            rules=age_rules,
            usage=_usage,
        )
    )
    joining.know_merge("consent_age", _younger)
    joining.know_merge("consent_rest", resting.merged)
    joining.know_merge("consent_contact", contacts.joined)
    joining.know_merge(voices.TABLE, voices.merged)


def terms_of(person: UUID) -> Terms:
    """On what terms somebody talks, as the talk asks before each reply."""
    consents = service.current()
    try:
        band, waits = consents.age_of(person), consents.waits(person)
    except (StorageError, ValueError):
        band, waits = None, False
    age = companion_band(band, consents.rules)
    # A law that closes everyday talk to minors closes no door: danger is answered as ever.
    closed = not policy_for(Person(age_band=age)).minors_may_talk
    agreed = consents.model_agreed(person)
    return Terms(
        agreed, age, waits or closed, closed=closed, policy=policy_for, voice=_voice(person)
    )


def _voice(person: UUID) -> str:
    """The voice they chose; the plain one where that cannot be read."""
    try:
        return voices.current().chosen(person)
    except (StorageError, ValueError, LookupError):
        return PLAIN


def may_ask(person: UUID) -> bool:
    """Whether somebody may be asked how something went. Not where their age cannot be read."""
    try:
        return asks_first(person, service.current())
    except (StorageError, DatabaseError, ValueError):
        return False


def age_band_of(person: UUID) -> AgeBand:
    """How old somebody says they are; "unknown" where that cannot be read."""
    try:
        return terms_of(person).age_band
    except DatabaseError:
        return "unknown"


def _usage(person: UUID, since: datetime) -> dict[date, int]:
    seconds = (
        Event.objects.filter(person_id=person, kind=EventKind.ACTIVE_SECONDS, at__gte=since)
        .annotate(day=TruncDate("at"))
        .values_list("day")
        .annotate(Sum("amount"))
    )
    turns = Event.objects.filter(person_id=person, kind=EventKind.TURN, at__gte=since)
    days = dict.fromkeys(turns.annotate(day=TruncDate("at")).values_list("day", flat=True), 1)
    return days | {day: max(1, round(amount / 60)) for day, amount in seconds}


def _younger(theirs: Any, mine: Any | None) -> Any:
    """The younger of two that were said; what was said goes before what was not."""
    if mine is None:
        return theirs
    order = list(Band)
    return min(theirs, mine, key=lambda one: order.index(Band(one["band"])))

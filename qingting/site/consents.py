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

from qingting.companion.person import AgeBand
from qingting.people.accounts import joining
from qingting.people.consent import contacts, resting, service
from qingting.people.consent.ages import Band, companion_band
from qingting.policy.age_rules import rules_of
from qingting.policy.hosted import may_ask
from qingting.policy.models import Event, EventKind
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.site.config import Config
from qingting.talk.ports import Terms


def wire_consents(config: Config, keyring: Keyring, clock: Callable[[], datetime]) -> None:
    """Make consents work in this process."""
    address = config.endpoint[0] if config.endpoint else ""
    asks = may_ask(config.hosted_models, config.place, address)
    service.use(
        service.Consents(
            keyring,
            clock,
            model_host=config.model_host if asks else "",
            rules=rules_of(config.place),
            usage=_usage,
        )
    )
    joining.know_merge("consent_age", _younger)
    joining.know_merge("consent_rest", resting.merged)
    joining.know_merge("consent_contact", contacts.joined)


def terms_of(person: UUID) -> Terms:
    """On what terms somebody talks, as the talk asks before each reply."""
    consents = service.current()
    try:
        band, waits = consents.age_of(person), consents.waits(person)
    except (StorageError, ValueError):
        band, waits = None, False
    agreed = consents.model_agreed(person)
    return Terms(agreed, companion_band(band, consents.rules), waits)


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

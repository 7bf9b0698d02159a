"""Telling and reminders put together with the rest: for the pages, and for the worker beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from qingting.companion.person import Person
from qingting.companion.policy import Telling
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.open_danger import BACK
from qingting.companion.understand.reading import at_least
from qingting.memory.models import CheckIn
from qingting.outbox import service as outbox
from qingting.people.accounts import joining
from qingting.people.consent import service as consents
from qingting.people.consent.ages import companion_band
from qingting.policy.profile import policy_for
from qingting.privacy import audit
from qingting.privacy.errors import StorageError
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.site.config import Config
from qingting.site.consents import may_ask, wire_consents
from qingting.site.episodes import StoredEpisodes
from qingting.site.keys import provider_of
from qingting.telling import reminders
from qingting.telling import service as telling

# A question that has waited for longer than this is not worth a letter.
_STILL: Final = timedelta(days=2)


def wire_telling(config: Config, keyring: Keyring, clock: Callable[[], datetime]) -> None:
    """Make telling somebody, and reminders, work in this process."""
    outbox.use(outbox.Outbox(keyring, clock, config.mail))
    telling.use(telling.Tellings(keyring, clock, _rule, config.public_url, _episode_of))
    reminders.use(reminders.Reminders(keyring, clock, config.public_url, _due))
    joining.know_merge("telling_reminderchoice", _own_first)


def wire_worker(config: Config) -> None:
    """What the worker needs, and no more: keys, the audit log, consents, letters."""
    provider = provider_of(config)
    installation = Installation(provider)
    audit.use(lambda: installation.key("audit"))
    keyring = Keyring(provider)

    def clock() -> datetime:
        return datetime.now(UTC)

    wire_consents(config, keyring, clock)
    wire_telling(config, keyring, clock)


def _rule(person: UUID) -> Telling:
    """Of the policy for somebody of their age, or of no age where that cannot be read."""
    parts = consents.current()
    try:
        band = parts.age_of(person)
    except (StorageError, ValueError):
        band = None
    age = companion_band(band, parts.rules)
    return policy_for(Person(age_band=age)).emergency_contact


def _episode_of(person: UUID, seal: PersonSeal) -> Episode:
    with connection.cursor() as cursor:
        return StoredEpisodes().of(cursor, person, seal)


def _due(person: UUID, seal: PersonSeal, now: datetime, today: datetime) -> str | None:
    """What somebody may be reminded of: the days after a danger on which they would be asked how it
    has been (protect/open_danger.py), or something we said we would ask about, where the law lets
    us ask first."""
    episode = _episode_of(person, seal)
    was_grave = any(at_least(one.after, "moderate") for one in episode.transitions)
    if episode.danger_at is not None and was_grave:
        days = (now - episode.danger_at) / timedelta(days=1)
        reached = [day for day in BACK if days >= day]
        if reached and max(reached) not in episode.steps.back and days < max(reached) + 2:
            return f"back.{episode.danger_at:%y%m%d%H%M}.{max(reached)}"
    if not may_ask(person):
        return None
    waiting = CheckIn.objects.filter(
        person_id=person,
        state=CheckIn.State.WAITING,
        due_on__lte=today.date(),
        due_on__gt=today.date() - _STILL,
    )
    first = waiting.order_by("due_on").values_list("pk", flat=True).first()
    return None if first is None else f"asked.{first.hex}"


def _own_first(theirs: Any, mine: Any | None) -> Any:
    return theirs if mine is None else mine

"""Whom somebody named, put together from where names may stand: what is remembered, the safety
plan, and whom to call in an emergency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection

from qingting.companion.dependence.people import MOST, mentioned, names_in
from qingting.companion.progress.week import named_word
from qingting.companion.protect.episode import Episode, settled
from qingting.memory import service as memory
from qingting.people.accounts import joining
from qingting.people.consent import service as consents
from qingting.policy import balances, dependence_rows
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.safety.plan_statements import plan_of
from qingting.talk.statements import episode_of


class KnownTies:
    """See qingting.policy.balances.Ties."""

    def episode(self, person: UUID, seal: PersonSeal, now: datetime) -> Episode:
        """Their safety episode as it stands now."""
        with connection.cursor() as cursor:
            return settled(episode_of(cursor, person, seal), now)

    def named(self, person: UUID, seal: PersonSeal) -> tuple[str, ...]:
        """People they named, at most three. Of what is remembered nothing while that is paused."""
        contact = consents.current().contact_of(person)
        never = contact.never_tell if contact is not None else ""
        with connection.cursor() as cursor:
            plan = plan_of(cursor, person, seal)
        remembered = memory.current()
        paused = remembered.choice(person).paused
        known = () if paused else names_in(remembered.items(person), never)
        others = [word for line in plan.of("people") if (word := named_word(line))]
        if contact is not None and (word := named_word(contact.name)):
            others.append(word)
        told = [word for word in others if not mentioned(word, never)]
        return tuple(dict.fromkeys((*known, *told)))[:MOST]


def wire_balances(keyring: Keyring, clock: Callable[[], datetime]) -> None:
    """Make it work in this process."""
    balances.use(balances.Balances(keyring, KnownTies(), clock))
    joining.know_merge("policy_balance", dependence_rows.merged)

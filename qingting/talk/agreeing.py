"""What each person agreed to, asked anew for every message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError

from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.people import devices
from qingting.privacy.errors import StorageError
from qingting.talk.database_thread import in_database_thread
from qingting.talk.ports import Terms

# How long an answer waits for what can still be read, in seconds.
GLANCE: Final = 1.0

CannotStore = (StorageError, DatabaseError, OSError)


class Agreed:
    """What people agreed to. terms: of one person; None: nobody agreed to anything."""

    def __init__(self, terms: Callable[[UUID], Terms] | None) -> None:
        self._terms = terms

    async def on_terms(
        self, person: Person, policy: Policy, whose: UUID | str
    ) -> tuple[Person, Policy]:
        """The person and the policy as far as they agreed, so that a consent taken back counts at
        once. What cannot be read was not given. whose: a person, or the token of their device."""
        terms = await self.known(whose)
        person = replace(person, age_band=terms.age_band, voice=terms.voice)
        if terms.policy is not None:
            policy = terms.policy(person)
        agreed = policy.hosted_model and terms.hosted_model
        return person, replace(policy, hosted_model=agreed)

    async def known(self, whose: UUID | str) -> Terms:
        """What can be read of it within a second; nothing otherwise."""
        try:
            async with asyncio.timeout(GLANCE):
                return await in_database_thread(self._terms_of, whose)
        except (*CannotStore, TimeoutError):
            return Terms()

    def _terms_of(self, whose: UUID | str) -> Terms:
        person = whose if isinstance(whose, UUID) else devices.find_person(whose)
        return Terms() if person is None or self._terms is None else self._terms(person)

"""The stored safety episodes for features that may raise one: as a talk stores them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from qingting.companion.protect.episode import Episode
from qingting.policy.counting import danger_risen
from qingting.policy.models import Event, EventKind
from qingting.privacy.sealing import PersonSeal
from qingting.talk.statements import episode_of, insert_events, upsert_episode


class StoredEpisodes:
    """See qingting.safety.ports."""

    def of(self, cursor: Any, person: UUID, seal: PersonSeal) -> Episode:
        """The person's safety episode; an empty one when there is none. Raises Unreadable."""
        return episode_of(cursor, person, seal)

    def keep(
        self, cursor: Any, person: UUID, seal: PersonSeal, episode: Episode, now: datetime
    ) -> None:
        """Keep the person's safety episode, and count that danger rose."""
        risen = danger_risen(episode_of(cursor, person, seal), episode)
        insert_events(cursor, person, risen, now)
        upsert_episode(cursor, person, seal, episode, now)

    def answered(self, person: UUID, now: datetime) -> None:
        """Count that words of danger were said, and a line shown."""
        for kind in (EventKind.SAFETY_REPLY, EventKind.REFERRAL_SHOWN):
            Event.objects.create(person_id=person, kind=kind, at=now)

"""The conversations for features that lead back to one: as a talk keeps them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingting.talk.reading_back import of_person


class StoredTalks:
    """See qingting.skills.ports."""

    def open_one(self, person: UUID, since: datetime) -> UUID | None:
        """The person's conversation that was last gone on with, if that was since then."""
        recent = of_person(person).filter(updated_at__gte=since)
        return recent.values_list("id", flat=True).first()

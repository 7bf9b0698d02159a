"""The conversations for features that lead back to one: as a talk keeps them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from qingting.companion.remember.item import Source
from qingting.privacy.sealing import PersonSeal
from qingting.talk import withholding
from qingting.talk.reading_back import of_person


class StoredTalks:
    """See qingting.skills.ports and qingting.memory.ports."""

    def open_one(self, person: UUID, since: datetime) -> UUID | None:
        """The person's conversation that was last gone on with, if that was since then."""
        recent = of_person(person).filter(updated_at__gte=since)
        return recent.values_list("id", flat=True).first()

    def withhold(
        self, person: UUID, seal: PersonSeal, sources: Sequence[Source], items: Collection[str]
    ) -> None:
        """Never again take up what was said at these places."""
        places = [(UUID(source.turn), source.start, source.end) for source in sources]
        withholding.withhold(person, seal, places, items)

"""What is needed of other features by whoever hears danger outside of a talk; the site puts it
in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from qingting.companion.protect.episode import Episode
from qingting.privacy.sealing import PersonSeal


class Episodes(Protocol):
    """The stored safety episodes, the same that a talk reads and raises. `cursor` is the main
    database's; `keep` and `answered` need a transaction that the caller holds."""

    def of(self, cursor: Any, person: UUID, seal: PersonSeal) -> Episode:
        """The person's safety episode; an empty one when there is none. Raises Unreadable."""
        ...

    def keep(
        self, cursor: Any, person: UUID, seal: PersonSeal, episode: Episode, now: datetime
    ) -> None:
        """Keep the person's safety episode."""
        ...

    def answered(self, person: UUID, now: datetime) -> None:
        """Count that words of danger were said, and a line shown."""
        ...

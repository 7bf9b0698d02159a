"""What this feature needs of others; the site puts it in (see also qingting.safety.ports)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID


class Talks(Protocol):
    """The conversations there are."""

    def open_one(self, person: UUID, since: datetime) -> UUID | None:
        """The person's conversation that was last gone on with, if that was since then."""
        ...

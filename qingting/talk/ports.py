"""What a conversation tells others; the site puts it in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.privacy.sealing import PersonSeal


class Exercises(Protocol):
    """Where the exercises that somebody does are kept."""

    def keep(
        self, person: UUID, conversation: UUID, seal: PersonSeal, run: Run, now: datetime
    ) -> None:
        """Keep a run done in a conversation as it stands now. In the transaction of the turn."""
        ...

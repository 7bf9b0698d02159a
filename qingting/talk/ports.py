"""What a conversation tells others; the site puts it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.companion.person import AgeBand
from qingting.privacy.sealing import PersonSeal


class Exercises(Protocol):
    """Where the exercises that somebody does are kept."""

    def keep(
        self, person: UUID, conversation: UUID, seal: PersonSeal, run: Run, now: datetime
    ) -> None:
        """Keep a run done in a conversation as it stands now. In the transaction of the turn."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody talks: whether they agreed to their words going to a hosted model,
    how old they say they are, and whether everyday talk waits for a guardian's yes."""

    hosted_model: bool = False
    age_band: AgeBand = "unknown"
    waits: bool = False

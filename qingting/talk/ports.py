"""What a conversation tells others; the site puts it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.companion.person import AgeBand
from qingting.companion.recall.recollection import Recollection
from qingting.companion.remember.item import Found
from qingting.privacy.sealing import PersonSeal


class Exercises(Protocol):
    """Where the exercises that somebody does are kept."""

    def keep(
        self, person: UUID, conversation: UUID, seal: PersonSeal, run: Run, now: datetime
    ) -> None:
        """Keep a run done in a conversation as it stands now. In the transaction of the turn."""
        ...


class Memories(Protocol):
    """What is remembered of each person beyond one conversation."""

    def recall(
        self, person: UUID, seal: PersonSeal, text: str, now: datetime
    ) -> Recollection | None:
        """What comes to mind with a message; None while they want nothing remembered."""
        ...

    def keep(
        self, person: UUID, seal: PersonSeal, turn: UUID, found: Sequence[Found], now: datetime
    ) -> None:
        """Keep what a message told. In the transaction of the turn."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody talks: whether they agreed to their words going to a hosted model,
    how old they say they are, and whether everyday talk waits for a guardian's yes."""

    hosted_model: bool = False
    age_band: AgeBand = "unknown"
    waits: bool = False

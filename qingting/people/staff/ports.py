"""What staff pages need of the features above: reading, under break-glass alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was opened. who: whose words, or the part of a plan it stands in."""

    who: str
    text: str
    at: datetime | None = None


class Opens(Protocol):
    """Reads what break-glass may open. Raises StorageError, DatabaseError."""

    def last_conversation(self, person: UUID) -> Sequence[Line]:
        """The messages of the talk that was last written in, oldest first."""
        ...

    def plan(self, person: UUID) -> Sequence[Line]:
        """The lines of the safety plan."""
        ...


class Figures(Protocol):
    """What an operator sees of the installation: numbers and settings, never a person."""

    def settings(self) -> Mapping[str, str]:
        """Name of each setting and its value; "(set)" in the place of a secret."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many there are of what, by the label of a model."""
        ...

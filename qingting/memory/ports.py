"""What memory needs of others; the site puts it in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from qingting.companion.remember.item import Source
from qingting.privacy.sealing import PersonSeal


class Courses(Protocol):
    """How it is going, by what somebody notes and answers themselves."""

    def not_lighter(self, person: UUID, seal: PersonSeal, today: date) -> bool:
        """Whether their own notes show that it is not getting lighter, and they let us say so."""
        ...


class Conversations(Protocol):
    """The conversations in which things were said."""

    def withhold(
        self, person: UUID, seal: PersonSeal, sources: Sequence[Source], items: Collection[str]
    ) -> None:
        """Never again take up what was said at these places, nor the replies that used these items:
        what the person wrote stays in their conversation, but is not shown to any model and not
        said back."""
        ...

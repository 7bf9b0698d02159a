"""What comes to mind for one turn, as plain data. Where it is kept is somebody else's affair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from qingting.companion.remember.item import Kind


@dataclass(frozen=True, slots=True)
class Remembered:
    """An item as it is recalled.

    near: cosine of its meaning with the message, in [-1, 1]. named: whether the message names it.
    """

    id: str
    kind: Kind
    about: str
    says: str
    said_at: datetime
    on: date | None = None
    until: date | None = None
    confidence: float = 0.7
    sensitive: bool = False
    local_only: bool = False
    near: float = 0.0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be talked to, as they said themselves or chose on their page.

    name: what to call them, "" when unknown. avoid: what is not to be brought up by us.
    """

    name: str = ""
    pronouns: str = ""
    short: bool = False
    long: bool = False
    no_advice: bool = False
    no_questions: bool = False
    no_exercises: bool = False
    informal: bool = False
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recollection:
    """What came to mind: items, the nearest first, and how they want to be talked to."""

    items: tuple[Remembered, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)


class Memory(Protocol):
    """What is remembered of one person, for one turn."""

    keeps: bool

    async def recall(self, text: str, now: datetime) -> Recollection:
        """What comes to mind with a message. now: time-zone aware, on the person's clock."""
        ...


class NoMemory:
    """Nothing is remembered: memory is paused, the talk is private, or nothing can be read."""

    keeps = False

    async def recall(self, text: str, now: datetime) -> Recollection:
        """Nothing."""
        return Recollection()


def wishes_of(preferences: Iterable[tuple[str, str]]) -> Wishes:
    """The wishes that preferences amount to. preferences: `about` and `value` of each."""
    found: dict[str, str] = {}
    avoid: list[str] = []
    for about, value in preferences:
        head, _, rest = about.partition("/")
        if head == "avoid":
            avoid.append(rest or value)
        else:
            found[head] = value
    return Wishes(
        name=found.get("name", ""),
        pronouns=found.get("pronouns", ""),
        short="short" in found,
        long="long" in found and "short" not in found,
        no_advice="no_advice" in found,
        no_questions="no_questions" in found,
        no_exercises="no_exercises" in found,
        informal="tone" in found,
        avoid=tuple(avoid),
    )


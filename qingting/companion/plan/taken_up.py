"""What a reply takes up of what is remembered, and what it notes down, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Way = Literal[
    "person",
    "person_known",
    "event",
    "event_soon",
    "goal",
    "helped",
    "trigger",
    "strength",
]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One remembered thing that a reply takes up.

    id: of the item. way: which lines of content moves/remembered.toml say it. slots: what is put
    into them.
    """

    id: str
    way: Way
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noted:
    """A wish or a correction of this message, to be confirmed in a few words. what: a list under
    [noted] of moves/remembered.toml. slots: what is put into it."""

    what: str
    slots: Mapping[str, str] = field(default_factory=dict)

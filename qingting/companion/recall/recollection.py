"""What comes to mind for one turn, as plain data. Where it is kept is somebody else's affair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple, Protocol

from qingting.companion.remember.follow_ups import Due
from qingting.companion.remember.item import NOT_CALLED, Kind


@dataclass(frozen=True, slots=True)
class Remembered:
    """An item as it is recalled.

    near: cosine of its meaning with the message, in [-1, 1]. named: whether the message names it.
    value: the bare word it is about, where it is used as it is (a name).
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
    value: str = ""


class Preference(NamedTuple):
    """A preference of the ledger, as far as a turn needs it."""

    id: str
    about: str
    value: str
    local_only: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be talked to, as they said themselves or chose on their page.

    name: what to call them, "" when unknown. not_called: what never to call them. avoid: what is
    not to be brought up by us. rests_on: by the first word of what it is about ("name", "avoid"),
    ids of the items it rests on. local: those that never go to a hosted model.
    """

    name: str = ""
    pronouns: str = ""
    short: bool = False
    long: bool = False
    no_advice: bool = False
    no_questions: bool = False
    no_exercises: bool = False
    informal: bool = False
    not_called: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    rests_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    local: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recollection:
    """What came to mind: items, the nearest first, and how they want to be talked to. ask: what
    may be asked about now, where the talk has not begun with anything else."""

    items: tuple[Remembered, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    ask: Due | None = None


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


def without_local(recalled: Recollection) -> Recollection:
    """The recollection without what never goes to a hosted model. What a reply says is sent along
    with the next message, so that not even a reply of ours may say it."""
    wishes = recalled.wishes
    if "name" in wishes.local:
        wishes = replace(wishes, name="")
    if "pronouns" in wishes.local:
        wishes = replace(wishes, pronouns="")
    items = tuple(item for item in recalled.items if not item.local_only)
    return replace(recalled, items=items, wishes=wishes)


def wishes_of(preferences: Iterable[Preference]) -> Wishes:
    """The wishes that preferences amount to."""
    found: dict[str, str] = {}
    avoid: list[str] = []
    not_called: list[str] = []
    rests_on: dict[str, tuple[str, ...]] = {}
    local: set[str] = set()
    for one in preferences:
        head, _, rest = one.about.partition("/")
        if head == "avoid":
            avoid.append(rest or one.value)
        elif head == NOT_CALLED:
            # In words of their own, with none that stands out, it is on their page alone.
            if not one.value:
                continue
            not_called.append(one.value)
        else:
            found[head] = one.value
        rests_on[head] = (*rests_on.get(head, ()), one.id)
        if one.local_only:
            local.add(head)
    name = found.get("name", "")
    if name.casefold() in (one.casefold() for one in not_called):
        name = ""
    return Wishes(
        name=name,
        pronouns=found.get("pronouns", ""),
        short="short" in found,
        long="long" in found and "short" not in found,
        no_advice="no_advice" in found,
        no_questions="no_questions" in found,
        no_exercises="no_exercises" in found,
        informal="tone" in found,
        not_called=tuple(not_called),
        avoid=tuple(avoid),
        rests_on=rests_on,
        local=frozenset(local),
    )

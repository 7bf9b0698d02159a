"""What is remembered, as its person's page shows it: grouped, with where each thing comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Language, Person
from qingting.companion.remember.item import KINDS, OWN_WORDS, Item
from qingting.companion.words.script import in_script

# In which language to talk is kept as its code, and said in the language it was asked for in.
_TALKS_IN: Final[Mapping[Language, Mapping[str, str]]] = {
    "zh": {"zh": "说中文", "en": "说英文"},
    "en": {"zh": "talk in Chinese", "en": "talk in English"},
}
# Of how to talk to somebody only these are words of their own; the others are one way or the other,
# and said anew in a talk.
_OWN_WORDS: Final = ("name", "pronouns", OWN_WORDS)


@dataclass(frozen=True, slots=True)
class Before:
    """What a thing took the place of: what it said then, and when it was first heard."""

    says: str
    language: str
    quote: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One thing remembered. often: heard more than once. over: past its time, so never brought up.
    until: None where it is one day or none. can_correct: whether there is a word to put right."""

    id: UUID
    kind: str
    says: str
    language: str
    quote: str
    first_at: datetime
    last_at: datetime
    on: date | None
    until: date | None
    often: bool
    corrected: bool
    sensitive: bool
    local_only: bool
    over: bool
    held: bool
    can_correct: bool
    before: tuple[Before, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind under their heading."""

    kind: str
    title: str
    items: tuple[ShownItem, ...]


def groups(items: Sequence[Item], person: Person, today: date) -> list[Group]:
    """Everything held, by kind, the newest first; last what is no longer so and has nothing in its
    place. today: the person's day."""
    by_id = {item.id: item for item in items}
    replaced = {item.supersedes for item in items}
    titles = _titles()
    shown = {kind: list[ShownItem]() for kind in titles}
    for item in items:
        if item.standing == "held":
            shown[item.kind].append(shown_item(item, by_id, person, today))
        elif item.id not in replaced:
            shown["gone"].append(shown_item(item, by_id, person, today))
    return [Group(kind, title, tuple(shown[kind])) for kind, title in titles.items() if shown[kind]]


def shown_item(item: Item, by_id: Mapping[str, Item], person: Person, today: date) -> ShownItem:
    """One of them. by_id: the others, for what it took the place of."""
    held = item.standing == "held"
    own_words = item.kind != "preference" or item.about.partition("/")[0] in _OWN_WORDS
    return ShownItem(
        id=UUID(item.id),
        kind=item.kind,
        says=_says(item, person),
        language=_tag(item, person),
        quote=item.quote,
        first_at=item.first_said_at,
        last_at=item.said_at,
        on=item.on,
        until=item.until if item.until != item.on else None,
        often=len(item.sources) > 1,
        corrected=item.corrected,
        sensitive=item.sensitive,
        local_only=item.local_only,
        over=held and not item.is_current(today),
        held=held,
        can_correct=held and own_words,
        before=tuple(_before(one, person) for one in _line(item, by_id) if _differs(one, item)),
    )


def title_of(kind: str) -> str:
    """The heading of a kind."""
    return _titles()[kind]


def _titles() -> dict[str, str]:
    titles = {
        "preference": _("How to talk to you"),
        "person": _("The people around you"),
        "event": _("Days to come, days gone"),
        "goal": _("What you want"),
        "helped": _("What helps"),
        "trigger": _("What makes it harder"),
        "strength": _("What carries you"),
    }
    return {**{kind: titles[kind] for kind in KINDS}, "gone": _("No longer so")}


def _line(item: Item, by_id: Mapping[str, Item]) -> list[Item]:
    """What an item took the place of, the latest first."""
    line: list[Item] = []
    while item.supersedes in by_id:
        item = by_id[item.supersedes or ""]
        if item in line:
            break
        line.append(item)
    return line


def _differs(one: Item, item: Item) -> bool:
    """Whether it said anything else than what stands there now; a thing told on two devices that
    became one did not."""
    return (one.says, one.on, one.until) != (item.says, item.on, item.until)


def _before(item: Item, person: Person) -> Before:
    return Before(_says(item, person), _tag(item, person), item.quote, item.first_said_at)


def _says(item: Item, person: Person) -> str:
    """In the reader's characters, unless they wrote it themselves."""
    says = item.says
    if (item.kind, item.about) == ("preference", "language"):
        says = _TALKS_IN[item.language].get(says, says)
    return says if item.language != "zh" or item.corrected else in_script(says, person)


def _tag(item: Item, person: Person) -> str:
    if item.language != "zh":
        return item.language
    return person.script if person.script.startswith("zh") else "zh-Hans"

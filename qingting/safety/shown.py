"""Lines and emergency numbers as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qingting.companion.person import Language, Person
from qingting.companion.protect.resource import Channel, Resource
from qingting.companion.protect.resources import Place
from qingting.companion.words.script import in_script

# So many lines stand in a plan; the others are one press away under "Help now".
_IN_A_PLAN: Final = 4


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """One way to reach a line."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page shows it. open: True, False, or None when it is not known."""

    name: str
    hours: str
    open: bool | None
    note: str
    channels: tuple[ShownChannel, ...]


def emergency_numbers(place: Place, person: Person) -> list[ShownChannel]:
    """The emergency numbers of a place; none where it is unknown."""
    numbers = [one for one in place.resources if one.kind == "emergency"]
    return [_number(one, person) for one in numbers if one.number and one.href]


def ambulance(place: Place, person: Person) -> ShownChannel | None:
    """The one number for when somebody is hurt, or about to be."""
    one = place.emergency()
    return _number(one, person) if one and one.number and one.href else None


def all_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """Everything else that the data knows for a place."""
    return _shown((one for one in place.all(moment) if one.kind != "emergency"), person, moment)


def plan_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """The few lines that belong in a plan, best first; the finder where the place has none."""
    lines = place.crisis_lines(moment, person.age_band)[:_IN_A_PLAN] or (place.finder,)
    return _shown(lines, person, moment)


def _number(one: Resource, person: Person) -> ShownChannel:
    name = in_script(one.name.said_in(person.language), person)
    return ShownChannel(f"{one.number} {name}", one.href)


def _shown(lines: Iterable[Resource], person: Person, moment: datetime) -> list[ShownLine]:
    return [_line(one, person, moment) for one in lines]


def _line(one: Resource, person: Person, moment: datetime) -> ShownLine:
    language = person.language
    native = one.name.native if hasattr(one.name, "native") else ""
    name = one.name.said_in(language)
    shown = in_script(name, person) if native != name else name
    channels = tuple(
        ShownChannel(in_script(_channel_text(channel, language), person), channel.href)
        for channel in one.channels
    )
    hours = "" if one.kind == "directory" else one.hours_text(language)
    note = one.note.said_in(language) if one.note else ""
    audience = one.audience.said_in(language) if one.audience else ""
    said = " · ".join(part for part in (audience, note) if part)
    return ShownLine(
        shown, in_script(hours, person), one.open_now(moment), in_script(said, person), channels
    )


_TYPES: Final[dict[str, dict[Language, str]]] = {
    "call": {"zh": "打电话", "en": "call"},
    "text": {"zh": "发短信", "en": "text"},
    "whatsapp": {"zh": "WhatsApp", "en": "WhatsApp"},
    "wechat": {"zh": "微信", "en": "WeChat"},
    "web": {"zh": "网页", "en": "web"},
    "email": {"zh": "邮件", "en": "email"},
}


def _channel_text(channel: Channel, language: Language) -> str:
    said = f"{_TYPES[channel.type][language]} {channel.value}"
    return f"{said} ({channel.keyword})" if channel.keyword else said

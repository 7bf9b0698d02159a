"""Lines and emergency numbers as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from qingting.companion.person import Language, Person
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resource import Channel, ChannelType, Resource
from qingting.companion.protect.resources import Directory, Place
from qingting.companion.words.script import in_script

# So many lines stand in a plan; the others are one press away under "Help now".
_IN_A_PLAN: Final = 4
# Ways to be understood without saying a word.
_SILENT: Final[frozenset[ChannelType]] = frozenset({"text", "whatsapp", "wechat", "web", "email"})
# A picture drawn in the page is shown there: in an app's own browser it can be kept only by
# pressing on it for long. It adds nothing that a page may run.
PICTURES: Final = {"img-src": ["data:"]}


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """An emergency number."""

    number: str
    name: str
    href: str

    @property
    def text(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}"


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


@dataclass(frozen=True, slots=True)
class FirstLine:
    """The one line to begin with. number: what is pressed, as people write it."""

    number: str
    name: str
    hours: str
    href: str


def emergency_numbers(place: Place, person: Person) -> list[ShownNumber]:
    """The emergency numbers of a place; none where it is unknown."""
    found = (_number(one, person) for one in place.resources if one.kind == "emergency")
    return [one for one in found if one is not None]


def ambulance(place: Place, person: Person) -> ShownNumber | None:
    """The one number for when somebody is hurt, or about to be."""
    return _number(place.emergency(), person)


def police(place: Place, person: Person) -> ShownNumber | None:
    """The number for when somebody else is the danger."""
    return _number(place.emergency("police"), person)


def first_line(place: Place, person: Person, moment: datetime) -> FirstLine | None:
    """The line that a talk would offer now; None where the place has none to call or text."""
    known = replace(person, region=place.code)
    one = help_for(known, person.language, moment, Directory.load()).line
    if one is None or one.number is None or one.href is None:
        return None
    said = _line(one, person, moment)
    return FirstLine(one.number, said.name, said.hours, one.href)


def all_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """Everything else that the data knows for a place."""
    return _shown((one for one in place.all(moment) if one.kind != "emergency"), person, moment)


def silent_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """What can be reached without speaking, emergency services first, with those ways alone."""
    return [
        _line(one, person, moment, ways)
        for one in place.all(moment)
        if one.kind != "directory" and (ways := _silent(one))
    ]


def silent_police(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """The same, of those who come when somebody else is the danger."""
    found = (one for one in place.resources if one.kind == "emergency")
    return [_line(one, person, moment, ways) for one in found if (ways := _silent(one))]


def abuse_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """Lines for those whom somebody hurts."""
    hurt = ("abuse", "assault", "extortion")
    return _shown((one for one in place.all(moment) if one.kind in hurt), person, moment)


def plan_lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    """The few lines that belong in a plan, best first; the finder where the place has none."""
    lines = place.crisis_lines(moment, person.age_band)[:_IN_A_PLAN] or (place.finder,)
    return _shown(lines, person, moment)


def _number(one: Resource | None, person: Person) -> ShownNumber | None:
    if one is None or not one.number or not one.href:
        return None
    name = in_script(one.name.said_in(person.language), person)
    return ShownNumber(one.number, name, one.href)


def _silent(one: Resource) -> tuple[Channel, ...]:
    return tuple(channel for channel in one.channels if channel.type in _SILENT)


def _shown(lines: Iterable[Resource], person: Person, moment: datetime) -> list[ShownLine]:
    return [_line(one, person, moment) for one in lines]


def _line(
    one: Resource, person: Person, moment: datetime, ways: tuple[Channel, ...] = ()
) -> ShownLine:
    """A line as the page shows it. ways: the channels shown; all of them where none are named."""
    language = person.language
    native = one.name.native if hasattr(one.name, "native") else ""
    name = one.name.said_in(language)
    shown = in_script(name, person) if native != name else name
    channels = tuple(
        ShownChannel(in_script(_channel_text(channel, language), person), channel.href)
        for channel in ways or one.channels
    )
    hours = "" if one.kind in ("directory", "emergency") else one.hours_text(language)
    known = (one.audience, one.note, *(channel.note for channel in ways))
    said = " · ".join(words.said_in(language) for words in known if words)
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

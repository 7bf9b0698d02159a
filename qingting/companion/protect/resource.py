"""One line or service a person can turn to, and how it is shown to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from qingting.companion.person import AgeBand, Language
from qingting.companion.protect.hours import Hours
from qingting.companion.understand.reading import Kind

ResourceKind = Literal[
    "emergency",
    # What an institution fills in: institution.py.
    "night_duty",
    "centre",
    "security",
    "campus_hospital",
    "crisis",
    "mental_health",
    "youth",
    "child",
    "abuse",
    "assault",
    "poison",
    "extortion",
    "lgbtq",
    "directory",
]
Purpose = Literal["ambulance", "police", "all"]
ChannelType = Literal["call", "text", "whatsapp", "wechat", "web", "email"]
Confidence = Literal["V", "S", "M"]

KINDS: Final[tuple[ResourceKind, ...]] = ResourceKind.__args__  # type: ignore[attr-defined]
PURPOSES: Final[tuple[Purpose, ...]] = Purpose.__args__  # type: ignore[attr-defined]
CHANNEL_TYPES: Final[tuple[ChannelType, ...]] = ChannelType.__args__  # type: ignore[attr-defined]
CONFIDENCES: Final[tuple[Confidence, ...]] = Confidence.__args__  # type: ignore[attr-defined]
PHONE_TYPES: Final[tuple[ChannelType, ...]] = ("call", "text", "whatsapp")

# The youngest and the oldest somebody of a band can be.
_BAND_AGES: Final[dict[AgeBand, tuple[int, int]]] = {
    "unknown": (0, 120),
    "under_14": (0, 13),
    "14_15": (14, 15),
    "16_17": (16, 17),
    "adult": (18, 120),
}
_WAYS: Final[dict[Language, dict[ChannelType, str]]] = {
    "zh": {"call": "打电话", "text": "发短信", "whatsapp": "用WhatsApp"},
    "en": {"call": "call", "text": "text", "whatsapp": "WhatsApp"},
}


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in both languages."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """The wording for a reader of `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Name:
    """What a line is called: by itself (`native`), and for readers of each language."""

    native: str
    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """The name for a reader of `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to get through. value: the number, address or account as people write it.

    keyword: the word a text message has to contain. note: what to know before using this way.
    """

    type: ChannelType
    value: str
    keyword: str | None = None
    note: Words | None = None

    @property
    def href(self) -> str | None:
        """A link that opens this way on a phone (tel:, sms:, ...), or None where none exists."""
        digits = "".join(char for char in self.value if char.isdecimal())
        international = self.value.startswith("+")
        match self.type:
            case "call" | "text":
                scheme = "tel" if self.type == "call" else "sms"
                body = f"?body={quote(self.keyword)}" if self.keyword else ""
                return f"{scheme}:{'+' if international else ''}{digits}{body}"
            case "whatsapp":
                # Short numbers are found only inside the app: such a link needs a country code.
                return f"https://wa.me/{digits}" if international else None
            case "web":
                return self.value
            case "email":
                return f"mailto:{self.value}"
            case "wechat":
                return None


@dataclass(frozen=True, slots=True)
class Ages:
    """Whom a line is for, in years, both ends included; None is no limit."""

    min: int | None = None
    max: int | None = None

    def serve(self, band: AgeBand) -> bool:
        """True when everybody of the band is served, so nobody is sent away."""
        youngest, oldest = _BAND_AGES[band]
        return (self.min is None or self.min <= youngest) and (
            self.max is None or oldest <= self.max
        )


@dataclass(frozen=True, slots=True)
class Resource:
    """One line or service, as its data file tells it.

    purpose: what an emergency number brings; None for every other kind.
    audience: set when the line is for some people only. confidence: how far the entry was
    confirmed (V official or several sources, S one source, M common knowledge).
    dangers: those for which this is the line to name, before a line for everybody.
    compiled_on: the day the entry was put together; nothing was dialled.
    """

    id: str
    country: str
    kind: ResourceKind
    purpose: Purpose | None
    name: Name
    channels: tuple[Channel, ...]
    hours: Hours
    timezone: str
    languages: tuple[str, ...]
    ages: Ages
    audience: Words | None
    url: str | None
    source: str
    confidence: Confidence
    compiled_on: date
    note: Words | None
    dangers: tuple[Kind, ...] = ()

    @property
    def number(self) -> str | None:
        """The number to call, or to text where nobody can be called; None for a web service."""
        main = self._main
        return main.value if main and main.type in PHONE_TYPES else None

    @property
    def href(self) -> str | None:
        """A link that opens what `label` shows first; None where no link can."""
        return self._main.href if self._main else None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number of it, of all channels, each once."""
        found = [channel.value for channel in self.channels if channel.type in PHONE_TYPES]
        return tuple(dict.fromkeys(found))

    @property
    def for_everyone(self) -> bool:
        """True when neither age nor audience limits who may use it."""
        return self.audience is None and self.ages == Ages()

    def speaks(self, language: Language) -> bool:
        """True when a reader of `language` is answered in it, in whatever regional form."""
        return any(tag.partition("-")[0] == language for tag in self.languages)

    def open_now(self, now: datetime) -> bool | None:
        """Whether somebody answers at `now`; None when the hours differ or are not known.

        Raises ValueError when `now` has no time zone.
        """
        if now.tzinfo is None:
            raise ValueError("open_now needs a time-zone aware moment")
        return self.hours.open_at(now.astimezone(ZoneInfo(self.timezone)))

    def hours_text(self, language: Language) -> str:
        """The opening hours for people, on the line's own clock."""
        return self.hours.text(language)

    def label(self, language: Language) -> str:
        """Number (or page) with name, hours and ways, ready to stand in a sentence."""
        main = self._main
        if main is None:
            return self.name.said_in(language)
        parts = [self.name.said_in(language)]
        if self.kind not in ("emergency", "directory"):
            parts += [self.hours_text(language), self._ways_text(main, language)]
        inside = ("，" if language == "zh" else ", ").join(part for part in parts if part)
        shown = _bare(main.value)
        return f"{shown}（{inside}）" if language == "zh" else f"{shown} ({inside})"

    @property
    def _main(self) -> Channel | None:
        for wanted in ("call", "text", "whatsapp", "web"):
            for channel in self.channels:
                if channel.type == wanted:
                    return channel
        return None

    def _ways_text(self, main: Channel, language: Language) -> str:
        """How to use the shown number, said only where calling is not the one way."""
        same = [c for c in self.channels if c.value == main.value and c.type in PHONE_TYPES]
        ways = [_way(channel, language) for channel in same]
        if not ways or [channel.type for channel in same] == ["call"]:
            return ""
        return "可" + "或".join(ways) if language == "zh" else " or ".join(ways)


def _way(channel: Channel, language: Language) -> str:
    word = _WAYS[language][channel.type]
    if not channel.keyword:
        return word
    return word + channel.keyword if language == "zh" else f"{word} {channel.keyword}"


def _bare(value: str) -> str:
    """An address as people say it; a number stays as it is."""
    return value.removeprefix("https://").removeprefix("www.").rstrip("/")

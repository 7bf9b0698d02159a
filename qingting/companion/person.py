"""Who is being listened to, as far as the mind needs to know: no name, no contact, no identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Language = Literal["zh", "en"]
Script = Literal["zh-Hans", "zh-Hant", "en"]
AgeBand = Literal["unknown", "under_14", "14_15", "16_17", "adult"]


@dataclass(frozen=True, slots=True)
class Person:
    """The person of one turn.

    locale: BCP 47 tag of their choice or browser ("zh-CN", "zh-TW", "en-GB").
    timezone: IANA name; all dates they mention are read on this clock.
    region: ISO 3166 alpha-2 of where help must be found, or None when unknown (then the
        international finder is offered; it is never guessed from an address).
    age_band: what they told us; "unknown" is treated with the care owed to a minor.
    voice: how they chose that we sound (companion/voice); "plain" where nothing was chosen, or
    what was chosen could not be read.
    """

    locale: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    region: str | None = None
    age_band: AgeBand = "unknown"
    voice: str = "plain"

    @property
    def script(self) -> Script:
        """The writing they read; decides simplified or traditional characters."""
        tag = self.locale.lower().replace("_", "-")
        if not tag.startswith("zh"):
            return "en"
        traditional = ("hant", "-tw", "-hk", "-mo")
        return "zh-Hant" if any(part in tag for part in traditional) else "zh-Hans"

    @property
    def language(self) -> Language:
        """The language to fall back on when a message itself shows none (digits, emoji)."""
        return "en" if self.script == "en" else "zh"

    def local(self, now: datetime) -> datetime:
        """A moment on their own clock; in UTC when their time zone is none."""
        try:
            return now.astimezone(ZoneInfo(self.timezone))
        except (ZoneInfoNotFoundError, ValueError):
            return now.astimezone(UTC)

    @property
    def is_minor(self) -> bool:
        """True for a declared minor; unknown ages are not minors but get minor-safe content."""
        return self.age_band in ("under_14", "14_15", "16_17")

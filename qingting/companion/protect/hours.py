"""When somebody answers: the opening hours of one line, on the clock of its own place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from qingting.companion.person import Language

HoursKind = Literal["always", "at_least_18h", "varies", "windows"]
WEEKDAYS: Final[tuple[str, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT: Final = 24 * 60

_DAY_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_FIXED: Final[dict[Language, dict[HoursKind, str]]] = {
    "zh": {"always": "24小时", "at_least_18h": "每天不少于18小时", "varies": "时间不固定"},
    "en": {"always": "24/7", "at_least_18h": "at least 18 hours a day", "varies": "hours vary"},
}


@dataclass(frozen=True, slots=True)
class Window:
    """Open on the weekdays first..last (0 Monday to 6 Sunday), between two minutes of the day.

    opens: 0..1439. closes: 1..1440 (1440 is midnight); when not after `opens`, the line closes
    on the next day.
    """

    first: int
    last: int
    opens: int
    closes: int

    def holds(self, weekday: int, minute: int) -> bool:
        """True when somebody answers at this minute of this weekday."""
        if self.closes > self.opens:
            return self._on(weekday) and self.opens <= minute < self.closes
        evening = self._on(weekday) and minute >= self.opens
        return evening or (self._on((weekday - 1) % 7) and minute < self.closes)

    def text(self, language: Language) -> str:
        """For people: "周一至周六09:00–21:00", "daily 16:00–21:00"."""
        return f"{self._days(language)}{_clock(self.opens)}–{self._end(language)}"

    def _on(self, weekday: int) -> bool:
        return self.first <= weekday <= self.last

    def _days(self, language: Language) -> str:
        names = _DAY_NAMES[language]
        if (self.first, self.last) == (0, 6):
            return "每天" if language == "zh" else "daily "
        if self.first == self.last:
            return names[self.first] + ("" if language == "zh" else " ")
        joint = "至" if language == "zh" else "–"
        return f"{names[self.first]}{joint}{names[self.last]}" + ("" if language == "zh" else " ")

    def _end(self, language: Language) -> str:
        if self.closes > self.opens:
            return _clock(self.closes)
        if language == "zh":
            return f"次日{_clock(self.closes)}"
        return f"{_clock(self.closes)} the next day"


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a line. windows: filled only when `kind` is "windows"."""

    kind: HoursKind
    windows: tuple[Window, ...] = ()

    def open_at(self, local: datetime) -> bool | None:
        """Whether somebody answers at `local` (the line's own clock); None when nobody can tell."""
        if self.kind == "always":
            return True
        if self.kind != "windows":
            return None
        minute = local.hour * 60 + local.minute
        return any(window.holds(local.weekday(), minute) for window in self.windows)

    def text(self, language: Language) -> str:
        """For people. Says around the clock only of lines that are."""
        if self.kind != "windows":
            return _FIXED[language][self.kind]
        joint = "，" if language == "zh" else ", "
        return joint.join(window.text(language) for window in self.windows)


def parse_window(days: str, opens: str, closes: str) -> Window:
    """Read one window: days "mon-sat" or "sun", times "09:00" (close up to "24:00").

    Raises ValueError when a day or a time cannot be read.
    """
    first, _, last = days.partition("-")
    start, end = _weekday(first), _weekday(last or first)
    if end < start:
        raise ValueError(f"days {days!r} run backwards")
    window = Window(start, end, _minutes(opens), _minutes(closes))
    if window.opens == MIDNIGHT or window.closes == 0:
        raise ValueError(f"times {opens}-{closes}: a day opens at 00:00 and closes at 24:00")
    return window


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(f"{name!r} is no weekday ({', '.join(WEEKDAYS)})")
    return WEEKDAYS.index(name)


def _minutes(clock: str) -> int:
    hour, separator, minute = clock.partition(":")
    if not (separator and hour.isdecimal() and minute.isdecimal() and len(clock) == 5):
        raise ValueError(f"{clock!r} is no time like 09:00")
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > MIDNIGHT:
        raise ValueError(f"{clock!r} is no time of a day")
    return total


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

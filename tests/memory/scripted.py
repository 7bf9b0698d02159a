"""Scripts of visits that lie days apart: tests/memory/scripts/<language>/*.toml.

    [[script]]
    id = "..."                  what it shows, in a few words
    about = ["corrections"]     what it is a script of
    zone, locale, today         where and when its first visit is; those of the language by default
    fails = "..."               why it cannot pass yet

    [[script.visits]]
    day = 9                     days after the first visit
    at = "23:10"                on their own clock
    asked = "面试"              what the first page asks about; nothing where this is missing
    who = "another"             somebody else, or another device of theirs
    door = "elsewhere"          comes in without the first page: what is asked, a reply asks
    private = true              the talk begun in it is a private one
    steps = [
      "what they write",
      { say = "...", reply = "must be in it", any = ["one of these"], lacks = ["none of these"] },
      { say = "...", brief = 60 },      no more letters than that
      { items = 2 },                    so many are held
      { holds = [{ kind = "event", says = "面试", on = 9, before = "what stood there earlier" }] },
      { lost = ["in nothing that is held"] },
      { page = ["words on the page of what is remembered"], lacks = ["none of these"] },
      { do = "forget", item = "小宇", never = ["in no reply and no question from here on"] },
    ]

What else can be done: see tests/memory/played.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

LANGUAGES: Final = ("zh", "en")
_HERE: Final = Path(__file__).parent / "scripts"
_WEDNESDAY: Final = date(2026, 11, 18)
_ZONES: Final = {"zh": "Asia/Shanghai", "en": "Europe/London"}
_LOCALES: Final = {"zh": "zh-CN", "en": "en-GB"}
_AT: Final = "22:40"

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. asked: words of the question that is put, empty for none."""

    begins: datetime
    asked: tuple[str, ...]
    steps: tuple[Step, ...]
    who: str = "me"
    door: str = "page"
    private: bool = False
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """Some visits of one life."""

    id: str
    language: str
    about: tuple[str, ...]
    today: date
    visits: tuple[Visit, ...] = field(default_factory=tuple)
    fails: str = ""

    def day(self, after: int) -> date:
        """A day of the script."""
        return self.today + timedelta(days=after)


@cache
def scripts() -> tuple[Script, ...]:
    """Every script, by language and file."""
    return tuple(one for language in LANGUAGES for one in _of(language))


def _of(language: str) -> Iterator[Script]:
    for path in sorted((_HERE / language).glob("*.toml")):
        for data in tomllib.loads(path.read_text())["script"]:
            yield _script(data, language)


def _script(data: dict[str, Any], language: str) -> Script:
    today = data.pop("today", _WEDNESDAY)
    zone = data.pop("zone", _ZONES[language])
    locale = data.pop("locale", _LOCALES[language])
    visits = tuple(_visit(one, today, zone, locale) for one in data.pop("visits"))
    about = tuple(data.pop("about"))
    return Script(language=language, about=about, today=today, visits=visits, **data)


def _visit(data: dict[str, Any], today: date, zone: str, locale: str) -> Visit:
    day = today + timedelta(days=data.pop("day"))
    at = time.fromisoformat(data.pop("at", _AT))
    begins = datetime.combine(day, at, ZoneInfo(data.pop("zone", zone)))
    asked = words(data.pop("asked", ()))
    steps = tuple({"say": one} if isinstance(one, str) else one for one in data.pop("steps", ()))
    return Visit(begins, asked, steps, **{"locale": locale, **data})


def words(given: Any) -> tuple[str, ...]:
    """One word or several, as a script may give them."""
    return (given,) if isinstance(given, str) else tuple(given)

"""What is kept of one person about this: which signs on which days, and where we stand with it.

No quote, no score, no word for it. Plain data with a stored form; it lies sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

from qingting.companion.dependence.signs import SIGNS, Sign
from qingting.companion.dependence.using import Used

# After so long a sign counts for nothing and is forgotten.
KEPT: Final = timedelta(days=56)

# What she chose herself. day: one day of the week without. hour: from an hour of the evening on
# without. person: first somebody, then here.
What = Literal["day", "hour", "person"]
WHATS: Final[tuple[What, ...]] = get_args(What)


@dataclass(frozen=True, slots=True)
class Taper:
    """What was agreed on with her, by her choice. on: day of the week 0 to 6 (Monday is 0) for
    "day", hour 18 to 23 for "hour", 0 for "person". since: when. reminded: when last spoken of."""

    what: What
    on: int
    since: date
    reminded: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What she answered herself to the few questions of content/<language>/balance.toml: by
    question, which option. No score is made of it. on: when."""

    answers: Mapping[str, str]
    on: date


@dataclass(frozen=True, slots=True)
class Balance:
    """See the module.

    heard: by the Monday of a week and by sign, on which days of that week (0 to 6). used, used_on:
    what her use showed, and when that was looked at. hurt: she told at some time that somebody
    hurts her; then nothing of this is ever offered. brought_on: when a reply last brought somebody
    in. disclosed_on: when she was last told on this account that it is an AI. offered_on: when the
    questions were last offered; declined_on: when she last wanted none of it.
    """

    heard: Mapping[date, Mapping[Sign, frozenset[int]]] = field(default_factory=dict)
    used: frozenset[Used] = frozenset()
    used_on: date | None = None
    hurt: bool = False
    brought_on: date | None = None
    disclosed_on: date | None = None
    offered_on: date | None = None
    declined_on: date | None = None
    check: Check | None = None
    taper: Taper | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return self == Balance(used_on=self.used_on)

    @property
    def lasts(self) -> bool:
        """Whether it holds more than signs, which go by themselves."""
        return self.hurt or self.check is not None or self.taper is not None

    def days(self, sign: Sign) -> Iterator[date]:
        """The days a sign was heard on."""
        for monday, signs in self.heard.items():
            yield from (monday + timedelta(days=day) for day in signs.get(sign, ()))

    @property
    def busy(self) -> frozenset[date]:
        """Mondays of the weeks of exams or deadlines."""
        return frozenset(monday for monday, signs in self.heard.items() if "busy" in signs)

    def hearing(self, signs: Collection[Sign], today: date) -> Balance:
        """The balance after signs were heard today. That weeks are busy, or that somebody was met,
        is kept only beside what it speaks against."""
        if not set(signs) - {"busy", "met", "warm"} and not self.heard:
            return self
        monday = today - timedelta(days=today.weekday())
        week = dict(self.heard.get(monday, {}))
        for sign in signs:
            week[sign] = week.get(sign, frozenset()) | {today.weekday()}
        return replace(self, heard={**self.heard, monday: week}) if signs else self

    def since(self, today: date) -> Balance:
        """The balance without what is too old to count."""
        kept = {monday: one for monday, one in self.heard.items() if today - monday <= KEPT}
        return self if len(kept) == len(self.heard) else replace(self, heard=kept)

    def forgotten(self) -> Balance:
        """The balance with every sign forgotten, by her wish. That somebody hurts her stays: it
        only ever keeps us from doing something."""
        return Balance(hurt=self.hurt, check=self.check, taper=self.taper)


def merged(one: Balance, other: Balance) -> Balance:
    """Of two that are one person's: every sign, whatever was done last, and what holds back."""
    heard: dict[date, dict[Sign, frozenset[int]]] = {}
    for balance in (one, other):
        for monday, signs in balance.heard.items():
            week = heard.setdefault(monday, {})
            for sign, days in signs.items():
                week[sign] = week.get(sign, frozenset()) | days
    fresher = max(one, other, key=lambda balance: balance.used_on or date.min)
    return Balance(
        heard=heard,
        used=fresher.used,
        used_on=fresher.used_on,
        hurt=one.hurt or other.hurt,
        brought_on=_later(one.brought_on, other.brought_on),
        disclosed_on=_later(one.disclosed_on, other.disclosed_on),
        offered_on=_later(one.offered_on, other.offered_on),
        declined_on=_later(one.declined_on, other.declined_on),
        check=max(
            (x for x in (one.check, other.check) if x), key=lambda check: check.on, default=None
        ),
        taper=max(
            (x for x in (one.taper, other.taper) if x),
            key=lambda taper: (taper.since, taper.reminded or taper.since),
            default=None,
        ),
    )


def after_meanwhile(stored: Balance, before: Balance, after: Balance) -> Balance:
    """What is to be kept where another talk or the page wrote since it was read. What they took
    away meanwhile (the signs, what was agreed on) stays away."""
    if stored == before:
        return after
    both = merged(stored, after)
    if before.heard and not stored.heard:
        new = {
            monday: {
                sign: days - before.heard.get(monday, {}).get(sign, frozenset())
                for sign, days in signs.items()
            }
            for monday, signs in after.heard.items()
        }
        fresh = {
            monday: {sign: days for sign, days in signs.items() if days}
            for monday, signs in new.items()
        }
        both = replace(both, heard={monday: signs for monday, signs in fresh.items() if signs})
    if stored.taper is None or after.taper is None:
        both = replace(both, taper=None if before.taper else stored.taper or after.taper)
    return both


def dump(balance: Balance) -> dict[str, Any]:
    """The stored form: JSON types only."""
    check, taper = balance.check, balance.taper
    return {
        "v": 1,
        "heard": {
            monday.isoformat(): {sign: sorted(days) for sign, days in signs.items()}
            for monday, signs in balance.heard.items()
        },
        "used": [sorted(balance.used), _iso(balance.used_on)],
        "hurt": balance.hurt,
        "brought": _iso(balance.brought_on),
        "disclosed": _iso(balance.disclosed_on),
        "offered": _iso(balance.offered_on),
        "declined": _iso(balance.declined_on),
        "check": [dict(check.answers), check.on.isoformat()] if check else None,
        "taper": [taper.what, taper.on, taper.since.isoformat(), _iso(taper.reminded)]
        if taper
        else None,
    }


def load(stored: Mapping[str, Any]) -> Balance:
    """The balance back from its stored form. Raises KeyError, TypeError or ValueError when it is
    none."""
    used, used_on = stored["used"]
    return Balance(
        heard={
            date.fromisoformat(monday): {
                sign: frozenset(days) for sign, days in signs.items() if sign in SIGNS
            }
            for monday, signs in stored["heard"].items()
        },
        used=frozenset(used),
        used_on=_day(used_on),
        hurt=stored["hurt"],
        brought_on=_day(stored["brought"]),
        disclosed_on=_day(stored["disclosed"]),
        offered_on=_day(stored["offered"]),
        declined_on=_day(stored["declined"]),
        check=Check(stored["check"][0], date.fromisoformat(stored["check"][1]))
        if stored["check"]
        else None,
        taper=_taper(stored["taper"]) if stored["taper"] else None,
    )


def _taper(stored: Any) -> Taper:
    what, on, since, reminded = stored
    return Taper(what, on, date.fromisoformat(since), _day(reminded))


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

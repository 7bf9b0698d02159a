"""The counts of one year, as yearly reports ask for them: no person, no time of day, no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from qingting.people.accounts.models import Account
from qingting.people.models import Person
from qingting.policy.models import Event, EventKind

# Fewer than this is not told outside: it could be somebody (qingting.people.staff_service).
FEWEST: Final = 5
LEVELS: Final = ("low", "moderate", "high", "imminent")


@dataclass(frozen=True, slots=True)
class Report:
    """What happened from a day to a day (both in it).

    episodes: stretches of danger, each once, by their highest level. disclosures, pauses: notices
    beside replies, with those to minors. messages: answered; by_model, by_safety: of these.
    active: people who wrote, by month ("2026-03"). registered, people: as of now. complaints: by
    state. whole: whether every day of the year so far is still counted.
    """

    year: int
    first: date
    last: date
    whole: bool
    referrals: int
    safety: int
    episodes: Mapping[str, int]
    disclosures: int
    pauses: int
    minor_disclosures: int
    minor_pauses: int
    messages: int
    by_model: int
    active: Mapping[str, int]
    registered: int
    people: int
    complaints: Mapping[str, int] = field(default_factory=dict)

    @property
    def by_guided(self) -> int:
        """Messages that neither a model nor words of safety answered."""
        return max(0, self.messages - self.by_model - self.safety)

    @property
    def most_in_a_month(self) -> int:
        """The most people who wrote in one month."""
        return max(self.active.values(), default=0)

    def published(self) -> dict[str, object]:
        """For outside: numbers from one to four are "<5"."""
        return {key: _few(value) for key, value in self.wire().items()}

    def wire(self) -> dict[str, object]:
        """JSON types."""
        return {
            "year": self.year,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "whole": self.whole,
            "crisis_referral_notices": self.referrals,
            "safety_replies": self.safety,
            "episodes_by_highest_level": dict(self.episodes),
            "ai_disclosures": self.disclosures,
            "break_reminders": self.pauses,
            "ai_disclosures_to_minors": self.minor_disclosures,
            "break_reminders_to_minors": self.minor_pauses,
            "messages": self.messages,
            "messages_worded_by_model": self.by_model,
            "messages_guided": self.by_guided,
            "people_by_month": dict(self.active),
            "registered_people": self.registered,
            "people": self.people,
            "complaints": dict(self.complaints),
        }


def report(
    year: int, now: datetime, kept_days: int, complaints: Mapping[str, int] | None = None
) -> Report:
    """The counts of a year until now. kept_days: how long counts are kept. complaints: those made
    in it, by state (the site counts them)."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), now.date())
    within = Event.objects.filter(at__gte=_begin(first), at__lt=_begin(date(year + 1, 1, 1)))
    total = {
        row["kind"]: int(row["total"])
        for row in within.values("kind").annotate(total=Sum("amount")).order_by()
    }

    def number(kind: EventKind) -> int:
        return max(0, total.get(kind.value, 0))

    months = (
        within.filter(kind=EventKind.TURN)
        .annotate(month=TruncMonth("at", tzinfo=UTC))
        .values("month")
        .annotate(people=Count("person", distinct=True))
        .order_by("month")
    )
    return Report(
        year,
        first,
        last,
        whole=(now.date() - first).days <= kept_days,
        referrals=number(EventKind.REFERRAL_SHOWN),
        safety=number(EventKind.SAFETY_REPLY),
        episodes={level: number(EventKind(f"episode:{level}")) for level in LEVELS},
        disclosures=number(EventKind.NOTICE_AI_DISCLOSURE),
        pauses=number(EventKind.NOTICE_BREAK_REMINDER),
        minor_disclosures=number(EventKind.MINOR_AI_DISCLOSURE),
        minor_pauses=number(EventKind.MINOR_BREAK_REMINDER),
        messages=number(EventKind.TURN),
        by_model=number(EventKind.MODEL_REPLY),
        active={f"{row['month']:%Y-%m}": row["people"] for row in months},
        registered=Account.objects.count(),
        people=Person.objects.count(),
        complaints=complaints or {},
    )


def referrals_in(year: int) -> int:
    """How often people were shown a way to help in a year."""
    within = Event.objects.filter(
        kind=EventKind.REFERRAL_SHOWN,
        at__gte=_begin(date(year, 1, 1)),
        at__lt=_begin(date(year + 1, 1, 1)),
    )
    return int(within.aggregate(total=Sum("amount"))["total"] or 0)


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _few(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _few(one) for key, one in value.items()}
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < FEWEST:
        return f"<{FEWEST}"
    return value

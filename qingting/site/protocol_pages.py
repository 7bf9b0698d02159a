"""What happens in danger, for everybody to read, made from how this installation really runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qingting.people.visitors import person_of
from qingting.policy.profile import chosen, duties, policy_for
from qingting.policy.reporting import FEWEST, referrals_in
from qingting.site.config import Config

_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the page says. told: when somebody they named is told ("never" also where no letter can
    go out). count: referrals of last year, None where that is
    not published; few: it is not none, and too small to be told."""

    told: str
    packs: list[str]
    verified: date | None
    year: int
    publishes: bool
    count: int | None
    few: bool
    model: str
    answer_days: int
    contact: str


def running(config: Config, language: str) -> Protocol:
    """The facts, from the settings and the packs in force."""
    rule = policy_for().emergency_contact if config.mail is not None else "never"
    packs = chosen().packs
    year = timezone.now().year - 1
    publishes = duties().publishes_count
    count = _counted(year) if publishes else None
    return Protocol(
        told=rule,
        packs=[pack.name(language) for pack in packs],
        verified=min((pack.verified_on for pack in packs), default=None),
        year=year,
        publishes=publishes,
        count=None if count is not None and 0 < count < FEWEST else count,
        few=count is not None and 0 < count < FEWEST,
        model=config.model_host,
        answer_days=config.complaint_days,
        contact=config.contact,
    )


@require_safe
def protocol(request: HttpRequest) -> HttpResponse:
    """How danger is noticed, what is said and done, who is told and when, and what is not known."""
    here = running(settings.CONFIG, person_of(request).language)
    return render(request, "protocol.html", {"here": here})


def _counted(year: int) -> int | None:
    """Asked of the database once an hour: anybody may open the page as often as they like."""
    key = f"referrals:{year}"
    known: int | None = cache.get(key)
    if known is None:
        try:
            known = referrals_in(year)
        except DatabaseError:
            return None
        cache.set(key, known, _HOUR)
    return known

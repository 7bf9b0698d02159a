"""The notice of privacy and the terms, made from how this installation really runs: change a
setting and the page says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qingting.people.data_service import current
from qingting.site.backing_up import KEYS_KEPT
from qingting.site.config import Config

_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Running:
    """What a notice says of an installation. guest_months: None for never."""

    undo_minutes: int
    count_days: int
    guest_months: int | None
    key_backup_days: int
    campus: str
    campus_kept: bool
    signup: str
    contact: str


def running(config: Config) -> Running:
    """The facts, from the settings and the schedule in force."""
    schedule = current().schedule()
    guests = schedule.guests
    return Running(
        undo_minutes=round(schedule.deleted_talks / timedelta(minutes=1)),
        count_days=schedule.counts.days,
        guest_months=None if guests is None else round(guests / _MONTH),
        key_backup_days=KEYS_KEPT.days,
        campus=config.campus_name or config.campus_url,
        campus_kept=config.campus_identity != "nothing",
        signup=config.signup,
        contact=config.contact,
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, how long, who can read it, and what can be done about it."""
    return render(request, "privacy.html", {"here": running(settings.CONFIG)})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What can be expected of it, and what is asked of whoever uses it."""
    return render(request, "terms.html", {"here": running(settings.CONFIG)})

"""Choosing an amount a day and a night: the young person for themselves, a guardian for them."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from qingting.people.actor import actor_of
from qingting.people.consent import asking_pages, resting
from qingting.people.data_service import CannotStore

log = logging.getLogger(__name__)


@require_POST
def own(request: HttpRequest) -> HttpResponseBase:
    """The young person's."""
    try:
        asked = asking_pages.whoever(request)
        resting.choose(asked.person, resting.read(request.POST.dict()))
    except resting.NotTheirs:
        raise Http404 from None
    except CannotStore as error:
        return _failed(request, error)
    return asked.told(HttpResponseRedirect(reverse("my_guardian") + "#rest", status=303))


@require_POST
def theirs(request: HttpRequest) -> HttpResponseBase:
    """The guardian's, with an account."""
    account = actor_of(request).account
    try:
        which = UUID(request.POST.get("which", ""))
        if account is None:
            raise Http404
        resting.choose_for(account, which, resting.read(request.POST.dict()))
    except (ValueError, resting.NotTheirs):
        raise Http404 from None
    except CannotStore as error:
        return _failed(request, error)
    return HttpResponseRedirect(reverse("my_child"), status=303)


def shown(person: UUID | None, *, guardian: UUID | None = None) -> dict[str, Any]:
    """What the form shows. guardian: who looks; None for the young person. Raises KeyMissing,
    Unreadable."""
    agreed = resting.of(person) if person else None
    suggested = resting.suggested(person)
    begins, ends = suggested[1:] if agreed is None else (agreed.begins, agreed.ends)
    return {
        "agreed": agreed,
        # Theirs to change, unless somebody who looks after them chose it.
        "fixed": guardian is None and agreed is not None and agreed.guardian is not None,
        "minutes": resting.MINUTES,
        "begins": resting.FROM,
        "ends": resting.UNTIL,
        "chosen": (agreed.minutes if agreed else suggested[0], begins, ends or "06:00"),
    }


def _failed(request: HttpRequest, error: Exception) -> HttpResponseBase:
    log.error("a time of rest could not be kept: %s", type(error).__name__)
    return render(request, "people/consent_back.html", {"unreadable": True}, status=503)

"""Pages of break-glass: asking, deciding, reading while it is open, closing."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qingting.people import breaking_glass
from qingting.people.actor import Actor
from qingting.people.breaking_glass import WAITS_FOR, Asked, Refused, What, is_open
from qingting.people.roles import Role
from qingting.people.staff.doors import requires
from qingting.people.staff.forms import Ask
from qingting.people.staff.models import BreakGlass
from qingting.people.staff_words import name_of_what, why
from qingting.privacy.errors import StorageError

_MOST: Final = 50
_SERVING: Final = (Role.COUNSELLOR, Role.SUPERVISOR)


@requires(*_SERVING)
@require_safe
def glass(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was asked in one's organisation, what waits for a decision, and asking."""
    return _page(request, actor, Ask())


@requires(*_SERVING)
@require_POST
def ask(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Ask."""
    form = Ask(request.POST)
    if not form.is_valid():
        return _page(request, actor, form, status=400)
    if not ratelimit.consume(request, action="break_glass", key=str(actor.account)):
        return _page(request, actor, form, status=429)
    said = form.cleaned_data
    try:
        breaking_glass.ask(
            actor,
            Asked(
                said["reference"], What(said["what"]), said["reason"], form.waits(), said["danger"]
            ),
        )
    except Refused as refused:
        return _page(request, actor, form, said=refused.why, status=403)
    return HttpResponseRedirect(reverse("staff_glass"), status=303)


@requires(Role.SUPERVISOR)
@require_POST
def decide(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """Allow or refuse what somebody else asked."""
    try:
        breaking_glass.decide(actor, which, allow=request.POST.get("decision") == "allow")
    except Refused as refused:
        return _page(request, actor, Ask(), said=refused.why, status=403)
    return HttpResponseRedirect(reverse("staff_glass"), status=303)


@requires(*_SERVING)
@require_POST
def read(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """What was opened. A form, not a link: looking is a deed, and each is noted."""
    try:
        lines = breaking_glass.read(actor, which)
    except Refused as refused:
        return _page(request, actor, Ask(), said=refused.why, status=403)
    row = BreakGlass.objects.get(pk=which)
    context = {"lines": lines, "what": name_of_what(row.what), "one": row}
    return render(request, "staff/opened.html", context)


@requires(*_SERVING)
@require_POST
def close(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """Close it before its time."""
    try:
        breaking_glass.close(actor, which)
    except Refused as refused:
        return _page(request, actor, Ask(), said=refused.why, status=403)
    return HttpResponseRedirect(reverse("staff_glass"), status=303)


def _page(
    request: HttpRequest, actor: Actor, form: Ask, *, said: str = "", status: int = 200
) -> HttpResponse:
    breaking_glass.end_what_is_over()
    assert actor.account is not None  # the door saw to it
    found = breaking_glass.of_organisations(actor.account)
    if not actor.holds(Role.SUPERVISOR):
        found = found.filter(asked_by=actor.account)
    context = {
        "form": form,
        "said": why(said) if said else "",
        "asked": [_shown(one, actor) for one in found[:_MOST]],
    }
    return render(request, "staff/glass.html", context, status=status)


def _shown(row: BreakGlass, actor: Actor) -> dict[str, Any]:
    """One that was asked. Who it is about is not said: what stands here is about the asking."""
    now, own = timezone.now(), row.asked_by == actor.account
    waits = not row.decision and now < row.asked_at + WAITS_FOR
    try:
        reason, danger = breaking_glass.reason_of(row)
    except StorageError:
        reason, danger = "", ""
    return {
        "id": row.pk,
        "what": name_of_what(row.what),
        "reason": reason,
        "danger": danger,
        "told_from": row.told_from if danger else None,
        "at": row.asked_at,
        "own": own,
        "waits": waits,
        "decides": waits and not own and actor.holds(Role.SUPERVISOR),
        "opens": own and is_open(row, now),
        "until": row.open_until,
        "refused": row.decision == "refused",
        "allowed": row.decision == "allowed",
        "over": not row.decision and not waits,
    }

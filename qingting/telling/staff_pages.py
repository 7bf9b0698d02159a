"""Staff on duty: somebody was in danger and nobody answered. No name, no word of theirs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qingting.people.actor import Actor
from qingting.people.roles import Role
from qingting.people.staff.doors import requires, shut
from qingting.telling import tasks


@requires(Role.COUNSELLOR, Role.SUPERVISOR)
@require_safe
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What there is to do, what is open first."""
    assert actor.account is not None  # held by the door
    return render(request, "staff/tasks.html", {"tasks": tasks.of(actor.account)})


@requires(Role.COUNSELLOR, Role.SUPERVISOR)
@require_POST
def take(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """I look after it."""
    assert actor.account is not None
    if not tasks.take(actor.account, which, timezone.now()):
        return shut(request)
    return HttpResponseRedirect(reverse("staff_tasks"), status=303)


@requires(Role.COUNSELLOR, Role.SUPERVISOR)
@require_POST
def end(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """What came of it."""
    assert actor.account is not None
    outcome = next((one for one in tasks.OUTCOMES if one == request.POST.get("outcome")), None)
    if outcome is None or not tasks.end(actor.account, which, outcome, timezone.now()):
        return shut(request)
    return HttpResponseRedirect(reverse("staff_tasks"), status=303)

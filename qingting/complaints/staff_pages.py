"""Complaints for an operator: what waits, by when, and answering it. Whoever complained wrote to
them; no page here says who it was."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qingting.complaints.forms import Answering
from qingting.complaints.service import ROOM, current
from qingting.complaints.words import about_words, state_words
from qingting.people.actor import Actor
from qingting.people.roles import Role
from qingting.people.staff.doors import requires


@requires(Role.OPERATOR)
@require_safe
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, the most urgent first."""
    return _page(request)


@requires(Role.OPERATOR)
@require_POST
def reply(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """Answer one; again, to put an answer right."""
    form = Answering(request.POST)
    assert actor.account is not None  # the door saw to it
    if not form.is_valid() or not current().reply(which, form.cleaned_data["words"], actor.account):
        return _page(request, said="not_answered", status=400)
    return HttpResponseRedirect(reverse("staff_complaints"), status=303)


def _page(request: HttpRequest, said: str = "", status: int = 200) -> HttpResponse:
    today = timezone.now().date()
    shown = [
        {
            "one": one,
            "about": about_words(one.about),
            "state": state_words(one.state),
            "late": one.state == "received" and one.due_on < today,
        }
        for one in current().waiting()
    ]
    context = {"shown": shown, "said": said, "room": ROOM, "days": current().days}
    return render(request, "complaints/staff.html", context, status=status)

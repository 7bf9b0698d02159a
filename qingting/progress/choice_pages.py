"""What somebody chose about how they are doing: whether feelings are read in talks and kept,
whether a letter is made each week, and whether we may say that it is not getting easier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.people.actor import actor_of
from qingting.policy.profile import policy_for
from qingting.progress.errors import CannotStore
from qingting.progress.service import Choice, current
from qingting.progress.visiting import saving, to

_WANTS: Final[dict[str, dict[str, Any]]] = {
    f"{what}_{how}": {what: how == "on"}
    for what in ("felt", "letters", "course")
    for how in ("on", "off")
}


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest) -> HttpResponse:
    """The three choices. Posting to it changes one."""
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _page(request, said if said == "chosen" else "", 200)

    def save(person: UUID) -> HttpResponse:
        wanted = _WANTS.get(request.POST.get("want", ""))
        if wanted is None:
            return to(reverse("progress_choice"))
        progress = current()
        progress.choose(person, replace(progress.choice(person), **wanted))
        return to(reverse("progress_choice") + "?said=chosen")

    return saving(request, save, lambda said, status: _page(request, said, status), begins=True)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: nothing was changed."""
    return _page(request, "expired", 403)


def _page(request: HttpRequest, said: str, status: int) -> HttpResponse:
    context: dict[str, Any] = {"said": said, "choice": Choice()}
    context["felt"] = policy_for().feelings_shown
    try:
        person = actor_of(request).person
        if person is not None:
            context["choice"] = current().choice(person)
            context["felt"] = current().shows_felt(person)
    except CannotStore:
        context, status = {"said": said or "unreadable", "unreadable": True}, 503
    return render(request, "progress/choice.html", context, status=status)

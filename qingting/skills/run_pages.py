"""What somebody did: the list of it, one to be read again, and deleting one or all."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from qingting.people.visitors import person_of, token_of
from qingting.skills.service import CannotStore, NoSuchRun, current
from qingting.skills.shown_runs import run_to_read, shown_runs

log = logging.getLogger(__name__)


@cache_control(no_store=True)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """All that was kept, newest first."""
    return _list(request, said=request.GET.get("said", ""))


@cache_control(no_store=True)
@require_safe
def run(request: HttpRequest, which: UUID) -> HttpResponse:
    """One time of doing an exercise, to be read again."""
    try:
        kept = current().run_of(token_of(request), which)
    except NoSuchRun:
        raise Http404 from None
    except CannotStore:
        return _list(request, said="unreadable", status=503)
    shown = run_to_read(kept, person_of(request))
    said = request.GET.get("said", "")
    talk = current().open_talk(token_of(request))
    return render(request, "skills/run.html", {"run": shown, "said": said, "talk": talk})


@cache_control(no_store=True)
@require_POST
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete one, when the box beside the button was ticked."""
    return _delete(request, which)


@cache_control(no_store=True)
@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    """Delete all of it, when the box beside the button was ticked."""
    return _delete(request, None)


def _delete(request: HttpRequest, which: UUID | None) -> HttpResponse:
    if not request.POST.get("sure"):
        return _back()
    if not current().allows(token_of(request), request.META.get("REMOTE_ADDR", "")):
        return _list(request, said="slow", status=429)
    try:
        current().delete(token_of(request), which)
    except NoSuchRun:
        raise Http404 from None
    except CannotStore as error:
        log.error("an exercise could not be deleted: %s", type(error).__name__)
        return _list(request, said="undeleted", status=503)
    return _back("?said=deleted")


def _back(said: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("skill_runs") + said, status=303)


def _list(request: HttpRequest, *, said: str, status: int = 200) -> HttpResponse:
    try:
        kept = current().runs_of(token_of(request))
    except CannotStore:
        kept, said, status = [], "unreadable", 503
    context = {
        "runs": shown_runs(kept, person_of(request)),
        "from_talks": any(one.talk for one in kept),
        "said": said,
    }
    return render(request, "skills/runs.html", context, status=status)

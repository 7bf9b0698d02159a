"""The page of what is remembered: all of it, with where it comes from; put right, kept here,
forgotten, paused. Everything works without a script."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from allauth.core import ratelimit
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingting.memory.forms import LONGEST, Correction, correction
from qingting.memory.service import Choice, NoSuchItem, current
from qingting.memory.shown import Group, ShownItem, groups, shown_item
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of
from qingting.privacy.errors import StorageError

log = logging.getLogger(__name__)

CannotStore: Final = (StorageError, DatabaseError, OSError)
_SAID: Final = frozenset(
    {"corrected", "here", "anywhere", "forgotten", "all", "paused", "going_on", "asking", "quiet"}
)


@cache_control(no_store=True)
@require_safe
def memory(request: HttpRequest) -> HttpResponse:
    """All that is remembered of whoever asks."""
    said = request.GET.get("said", "")
    return _list(request, said=said if said in _SAID else "")


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, which: UUID) -> HttpResponse:
    """Write what is so in the place of a thing."""
    return _guarded(request, lambda person: _correct(request, person, which))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, which: UUID) -> HttpResponse:
    """Forget a thing: asked once, then done."""
    return _guarded(request, lambda person: _forget(request, person, which))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def forget_everything(request: HttpRequest) -> HttpResponse:
    """Forget all of it: asked once, with a box to tick, then done."""

    def do(person: UUID) -> HttpResponse:
        if request.method != "POST" or not request.POST.get("sure"):
            context = {"unsure": request.method == "POST"}
            return render(request, "memory/forget_everything.html", context)
        current().forget_everything(person)
        return _back("all")

    return _guarded(request, do)


@cache_control(no_store=True)
@require_POST
def keep_here(request: HttpRequest, which: UUID) -> HttpResponse:
    """Keep a thing on this machine only, or let it go to a model elsewhere again."""
    here = request.POST.get("here") == "1"

    def do(person: UUID) -> HttpResponse:
        current().keep_here(person, which, local_only=here)
        return _back("here" if here else "anywhere", which)

    return _guarded(request, do)


@cache_control(no_store=True)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Pause or go on remembering; let be asked how things went, or not."""
    wanted = request.POST.get("want", "")
    changes: dict[str, dict[str, Any]] = {
        "paused": {"paused": True},
        "going_on": {"paused": False},
        "asking": {"check_ins": True},
        "quiet": {"check_ins": False},
    }

    def do(person: UUID) -> HttpResponse:
        if wanted not in changes:
            return _back("")
        chosen: Choice = replace(current().choice(person), **changes[wanted])
        current().choose(person, chosen)
        return _back(wanted)

    return _guarded(request, do)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: nothing was done; what was typed stays in its field."""
    found = resolve(request.path)
    if found.url_name != "memory_correct":
        return _list(request, said="expired", status=403)
    person = actor_of(request).person
    try:
        item = _shown(request, person, found.kwargs["which"]) if person else None
    except (NoSuchItem, *CannotStore):
        item = None
    if item is None:
        return _list(request, said="expired", status=403)
    typed = correction(request.POST)
    return _form(request, item, replace(typed, problem=""), expired=True, status=403)


def _guarded(request: HttpRequest, do: Callable[[UUID], HttpResponse]) -> HttpResponse:
    """Do something for the person who asks; a browser never seen has nothing here."""
    try:
        person = actor_of(request).person
        if person is None:
            return _nobody(request)
        if request.method == "POST" and not ratelimit.consume(
            request, action="memory", key=str(person)
        ):
            return _list(request, said="slow", status=429)
        return do(person)
    except NoSuchItem:
        raise Http404 from None
    except CannotStore as error:
        log.error("memory could not be read or changed: %s", type(error).__name__)
        return _list(request, said="undone", status=503)


def _nobody(request: HttpRequest) -> HttpResponse:
    """Somebody whose device knows nobody: an item is not there, the rest leads to the page."""
    if "which" in resolve(request.path).kwargs:
        raise NoSuchItem
    return _back("")


def _correct(request: HttpRequest, person: UUID, which: UUID) -> HttpResponse:
    item = _shown(request, person, which)
    if not item.can_correct:
        raise NoSuchItem
    if request.method != "POST":
        on = item.on.isoformat() if item.on else ""
        return _form(request, item, Correction(item.says, on))
    typed = correction(request.POST)
    if typed.problem:
        return _form(request, item, typed, status=400)
    fresh = current().correct(person, which, typed.says, typed.day)
    return _back("corrected", UUID(fresh.id))


def _forget(request: HttpRequest, person: UUID, which: UUID) -> HttpResponse:
    item = _shown(request, person, which)
    if request.method != "POST":
        return render(request, "memory/forget.html", {"item": item})
    current().forget(person, which)
    return _back("forgotten")


def _form(
    request: HttpRequest,
    item: ShownItem,
    typed: Correction,
    *,
    expired: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"item": item, "typed": typed, "longest": LONGEST, "expired": expired}
    return render(request, "memory/correct.html", context, status=status)


def _list(request: HttpRequest, *, said: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"said": said}
    try:
        person = actor_of(request).person
        if person is not None:
            context |= {"known": True, "choice": current().choice(person)}
            context["groups"] = _groups(request, person)
    except CannotStore:
        # What can still be said is said: that it is not lost.
        context, status = {"said": said or "unreadable", "unreadable": True}, 503
    return render(request, "memory/memory.html", context, status=status)


def _groups(request: HttpRequest, person: UUID) -> list[Group]:
    reader = person_of(request)
    today = reader.local(timezone.now()).date()
    return groups(current().items(person), reader, today)


def _shown(request: HttpRequest, person: UUID, which: UUID) -> ShownItem:
    """One thing of theirs. Raises NoSuchItem."""
    by_id = {item.id: item for item in current().items(person)}
    if which.hex not in by_id:
        raise NoSuchItem
    reader = person_of(request)
    return shown_item(by_id[which.hex], by_id, reader, reader.local(timezone.now()).date())


def _back(said: str, which: UUID | None = None) -> HttpResponse:
    address = reverse("memory") + (f"?said={said}" if said else "")
    return HttpResponseRedirect(address + (f"#i{which.hex}" if which else ""), status=303)

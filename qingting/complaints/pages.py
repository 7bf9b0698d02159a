"""The page of complaints: how it is done and by when it is answered, a form, and the answers."""

from __future__ import annotations

import logging
from typing import Any, Final
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from qingting.complaints.forms import Complaining
from qingting.complaints.models import About
from qingting.complaints.service import ROOM, Shown, current
from qingting.complaints.words import about_words, state_words
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of
from qingting.privacy.errors import StorageError

log = logging.getLogger(__name__)
CannotStore: Final = (StorageError, DatabaseError, OSError)


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest) -> HttpResponse:
    """How to complain, and what was answered. Posting to it makes a complaint."""
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _page(request, said if said in ("made", "closed") else "")
    return _made(request)


@cache_control(no_store=True)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The answer to a complaint of nobody here, by its code."""
    if not _may(request):
        return _page(request, "slow", 429)
    try:
        found = current().by_code(request.POST.get("code", ""))
    except CannotStore:
        return _page(request, "unreadable", 503)
    if found is None:
        return _page(request, "no_code", 404)
    return _page(request, "", by_code=found)


@cache_control(no_store=True)
@require_POST
def close(request: HttpRequest, which: UUID) -> HttpResponse:
    """Whoever made it is done with it."""
    try:
        person = actor_of(request).person
        if person is None or not current().close(which, person):
            return _page(request, "", 404)
    except CannotStore:
        return _page(request, "undone", 503)
    return HttpResponseRedirect(reverse("complaints") + "?said=closed", status=303)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays, danger in it is answered."""
    return _unkept(request, "expired", 403)


def _made(request: HttpRequest) -> HttpResponse:
    if not _may(request):
        return _unkept(request, "slow", 429)
    form = Complaining(request.POST)
    if not form.is_valid():
        return _unkept(request, "empty", 400)
    try:
        person = actor_of(request).person
        about, words = About(form.cleaned_data["about"]), form.cleaned_data["words"]
        made = current().make(person, about, words, person_of(request))
    except CannotStore as error:
        log.error("a complaint could not be kept: %s", type(error).__name__)
        return _unkept(request, "undone", 503)
    if made.heard is not None:
        context = {"heard": made.heard, "key": uuid4().hex, "code": made.code}
        return render(request, "complaints/heard.html", context)
    if made.code:
        return _page(request, "made", code=made.code)
    return HttpResponseRedirect(reverse("complaints") + "?said=made", status=303)


def _unkept(request: HttpRequest, said: str, status: int) -> HttpResponse:
    """Nothing was kept: the words stay in the field, and danger in them is answered."""
    words = request.POST.get("words", "")[:ROOM]
    heard = current().unsaved(words, person_of(request)) if words.strip() else None
    return _page(request, said, status, typed=words, heard=heard)


def _may(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="complaints"))


def _page(
    request: HttpRequest,
    said: str,
    status: int = 200,
    *,
    code: str = "",
    by_code: Shown | None = None,
    typed: str = "",
    heard: Any = None,
) -> HttpResponse:
    mine: list[Shown] = []
    try:
        person = actor_of(request).person
        mine = current().of(person) if person is not None else []
    except CannotStore:
        said, status = said or "unreadable", status if status != 200 else 503
    chosen = request.POST.get("about") or request.GET.get("about") or About.REPLY
    context = {
        "said": said,
        "days": current().days,
        "contact": settings.CONFIG.contact,
        "kinds": [(one.value, about_words(one), one == chosen) for one in About],
        "mine": [_lines(one) for one in mine],
        "by_code": None if by_code is None else _lines(by_code),
        "code": code,
        "typed": typed,
        "room": ROOM,
        "heard": heard,
        "key": uuid4().hex,
    }
    return render(request, "complaints/complaints.html", context, status=status)


def _lines(one: Shown) -> dict[str, Any]:
    return {"one": one, "about": about_words(one.about), "state": state_words(one.state)}

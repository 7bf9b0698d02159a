"""The page of the voices: each with two lines to know it by, and a button; without a script."""

from __future__ import annotations

import logging
from typing import Final

from allauth.core import ratelimit
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.companion.voice.labels import label_for
from qingting.companion.voice.words import PLAIN
from qingting.people import devices
from qingting.people.actor import actor_of
from qingting.people.visitors import give_token, new_token, person_of, token_of
from qingting.privacy.errors import StorageError
from qingting.voices.service import current
from qingting.voices.shown import shown

log = logging.getLogger(__name__)

CannotStore: Final = (StorageError, DatabaseError, OSError)


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def voices(request: HttpRequest) -> HttpResponse:
    """The voices, and which is chosen. Posting to it chooses one."""
    if request.method != "POST":
        said = "chosen" if request.GET.get("said") == "chosen" else ""
        return _page(request, said)
    try:
        return _choose(request)
    except CannotStore as error:
        log.error("a voice could not be kept: %s", type(error).__name__)
        return _page(request, "undone", 503)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: nothing was changed."""
    return _page(request, "expired", 403)


def label_of(request: HttpRequest) -> str:
    """What stands beside the talk of whoever asks; "" for the plain voice, and where it cannot be
    read."""
    try:
        person = devices.find_person(token_of(request))
        which = PLAIN if person is None else current().chosen(person)
    except CannotStore:
        return ""
    return label_for(which, person_of(request))


def _choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice; a browser never seen is welcomed by it."""
    token = token_of(request)
    person, fresh = actor_of(request).person, None
    key = str(person) if person else request.META.get("REMOTE_ADDR", "")
    if not ratelimit.consume(request, action="voices", key=key):
        return _page(request, "slow", 429)
    if person is None:
        fresh = token or new_token()
        person = devices.welcome(fresh, current().keyring, current().clock())
    if not current().choose(person, request.POST.get("voice", "")):
        return _page(request, "", 400)
    response = HttpResponseRedirect(reverse("voices") + "?said=chosen", status=303)
    if fresh is not None:
        give_token(response, fresh)
    return response


def _page(request: HttpRequest, said: str, status: int = 200) -> HttpResponse:
    chosen = PLAIN
    try:
        person = actor_of(request).person
        chosen = PLAIN if person is None else current().chosen(person)
    except CannotStore:
        # The voices can be looked at all the same.
        said, status = said or "unreadable", 503
    context = {"said": said, "voices": shown(person_of(request), chosen), "plain": chosen == PLAIN}
    return render(request, "voices/voices.html", context, status=status)

"""What the pages of moods, journal and import do alike: who asks, a guest who begins here, and a
kind answer when storage fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from qingting.people import devices
from qingting.people.actor import actor_of
from qingting.people.visitors import give_token, new_token, remember_timezone, token_of
from qingting.progress.errors import CannotStore
from qingting.progress.service import NoSuchThing, current

log = logging.getLogger(__name__)

# Shown on one page of a list.
A_PAGE: Final = 20
# Said above a page, and the status it is said with.
Refused = Callable[[str, int], HttpResponse]


def reading(
    request: HttpRequest, read: Callable[[UUID | None], HttpResponse], refused: Refused
) -> HttpResponse:
    """A page that is only looked at. read: with the person, None for a browser never seen."""
    try:
        return read(actor_of(request).person)
    except NoSuchThing:
        raise Http404 from None
    except CannotStore as error:
        log.error("progress could not be read: %s", type(error).__name__)
        return refused("unreadable", 503)


def saving(
    request: HttpRequest,
    save: Callable[[UUID], HttpResponse],
    refused: Refused,
    *,
    begins: bool = False,
) -> HttpResponse:
    """A form that was sent. save: with the person. begins: whether somebody never seen may begin
    here as a guest; else there is nothing of theirs. refused: keeps what was typed."""
    token = ""
    try:
        person = actor_of(request).person
        if not _allowed(request, person):
            return refused("slow", 429)
        if person is None:
            if not begins:
                raise NoSuchThing
            progress = current()
            token = token_of(request) or new_token()
            person = devices.welcome(token, progress.keyring, progress.clock())
        response = save(person)
    except NoSuchThing:
        raise Http404 from None
    except CannotStore as error:
        log.error("progress could not be stored: %s", type(error).__name__)
        return refused("unsaved", 503)
    if token:
        give_token(response, token)
    remember_timezone(request, response)
    return response


def to(address: str) -> HttpResponse:
    """On to another page after a form."""
    return HttpResponseRedirect(address, status=303)


def uuid_or_none(text: str) -> UUID | None:
    """An id as a form or an address carries it."""
    try:
        return UUID(text)
    except ValueError:
        return None


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for, from 1."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _allowed(request: HttpRequest, person: UUID | None) -> bool:
    # Strangers behind one address share a limit; an address is kept in memory only.
    key = str(person) if person else f"stranger {request.META.get('REMOTE_ADDR', '')}"
    return bool(ratelimit.consume(request, action="progress", key=key))

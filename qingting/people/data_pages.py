"""The pages of a person's own data: what is kept, who has seen it, a copy, and erasing it all.

Everything works without a script. Whose data it is says the device alone (people/actor.py).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import IO, Any, Final

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingting.people.accounts.freshness import asked_first
from qingting.people.actor import actor_of
from qingting.people.breaking_glass_told import acknowledge, has_news, reasons
from qingting.people.data_service import Busy, CannotStore, current
from qingting.people.data_words import NoAccount
from qingting.people.visitors import COOKIE, PLACE_COOKIE, TIMEZONE_COOKIE, person_of
from qingting.privacy.audit import Action
from qingting.privacy.audit_words import who_of, words_of

log = logging.getLogger(__name__)

_PIECE: Final = 64 * 1024
_MONTH: Final = timedelta(days=30)


class _Sending:
    """A file on its way, piece by piece; closed, and with that gone, when it was sent or the
    reader went away."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __aiter__(self) -> _Sending:
        return self

    async def __anext__(self) -> bytes:
        piece = b"" if self._file.closed else self._file.read(_PIECE)
        if not piece:
            self.close()
            raise StopAsyncIteration
        return piece

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@cache_control(no_store=True)
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept of whoever asks."""
    return _mine(request, said="confirmed" if "confirmed" in request.GET else "")


@cache_control(no_store=True)
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """Who has seen what of theirs."""
    try:
        actor = actor_of(request)
        found = current().seen(actor.person, actor.account) if actor.person else []
        why = reasons(actor.person) if actor.person else {}
        news = has_news(actor.person)
    except CannotStore:
        return render(request, "people/seen.html", {"unreadable": True}, status=503)
    entries = [
        {
            "at": one.at,
            "who": who_of(one.by_kind),
            "what": words_of(one.action),
            # Said where it was asked, and not again at every look.
            "why": why.get(one.object_ref, "") if one.action == Action.BREAK_GLASS_ASKED else "",
        }
        for one in found
    ]
    return render(request, "people/seen.html", {"entries": entries, "news": news})


@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """They have read that something of theirs was opened."""
    actor = actor_of(request)
    if actor.person is not None:
        acknowledge(actor.person)
    return HttpResponseRedirect(reverse("my_seen"), status=303)


@cache_control(no_store=True)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """A copy of everything, as a file to be kept."""
    try:
        actor = actor_of(request)
        if actor.person is None:
            return _back()
        asked = asked_first(request, actor.person, f"{reverse('my_data')}?confirmed")
        if asked is not None:
            return asked
        if not ratelimit.consume(request, action="export", key=str(actor.person)):
            return _mine(request, said="busy", status=429)
        made = current().export(actor.person, person_of(request))
    except Busy:
        return _mine(request, said="busy", status=503)
    except CannotStore as error:
        log.error("a copy could not be made: %s", type(error).__name__)
        return _mine(request, said="no_copy", status=503)
    response = StreamingHttpResponse(_Sending(made.file), content_type="application/zip")
    response["Content-Length"] = str(made.size)
    # A name that says nothing to whoever looks over a shoulder.
    response["Content-Disposition"] = f'attachment; filename="copy-{made.at:%Y-%m-%d}.zip"'
    return response


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erasing everything: what goes and what stays, then the question once more, then the deed."""
    try:
        actor = actor_of(request)
        if actor.person is None:
            return _back()
        asked = asked_first(request, actor.person, reverse("my_erase"))
        if asked is not None:
            return asked
        kept = current().kept(actor.person)
        step = request.POST.get("step", "")
        if step != "do" or not request.POST.get("sure"):
            context = {"kept": kept, "asked": step in ("ask", "do"), "unsure": step == "do"}
            return render(request, "people/erase.html", context)
        whole = current().erase(actor.person)
    except CannotStore as error:
        log.error("somebody could not be erased: %s", type(error).__name__)
        return render(request, "people/erase.html", {"failed": True}, status=503)
    return _forgotten(request, render(request, "people/erased.html", {"whole": whole}))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_words(request: HttpRequest) -> HttpResponse:
    """Erasing everything that was written and said; the account stays."""
    try:
        actor = actor_of(request)
        if actor.person is None:
            return _back()
        asked = asked_first(request, actor.person, reverse("my_erase_words"))
        if asked is not None:
            return asked
        if request.method != "POST" or not request.POST.get("sure"):
            if actor.account is None:
                raise NoAccount
            context = {"unsure": request.method == "POST"}
            return render(request, "people/erase_words.html", context)
        whole = current().erase_words(actor.person)
    except NoAccount:
        return HttpResponseRedirect(reverse("my_erase"), status=303)
    except CannotStore as error:
        log.error("somebody's words could not be erased: %s", type(error).__name__)
        return render(request, "people/erase_words.html", {"failed": True}, status=503)
    response = render(request, "people/erase_words.html", {"done": True, "whole": whole})
    # What is kept for offline use may hold a plan.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: nothing was done, and it says so."""
    return _mine(request, said="expired", status=403)


def _mine(request: HttpRequest, *, said: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"said": said}
    try:
        actor = actor_of(request)
        context |= {
            "kept": current().kept(actor.person) if actor.person else [],
            "months": None if actor.account else _months(),
            "has_account": actor.account is not None,
        }
    except CannotStore:
        context, status = {"said": "unreadable"}, 503
    return render(request, "people/data.html", context, status=status)


def _months() -> int | None:
    """After how many months of silence a guest is erased; None for never."""
    guests = current().schedule().guests
    return None if guests is None else round(guests / _MONTH)


def _forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer that makes this browser forget too."""
    for name in (COOKIE, PLACE_COOKIE, TIMEZONE_COOKIE, settings.SESSION_COOKIE_NAME):
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Lax")
    return response


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("my_data"), status=303)

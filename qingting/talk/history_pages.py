"""The list of conversations, and what can be done with each."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from qingting.people import devices
from qingting.people.visitors import token_of
from qingting.talk import keeping, private, reading_back
from qingting.talk.agreeing import CannotStore
from qingting.talk.service import current
from qingting.talk.statements import NoSuchConversation

log = logging.getLogger(__name__)


@cache_control(no_store=True)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """A person's conversations, newest first."""
    deleted = request.GET.get("deleted", "")
    _purge()
    try:
        person = devices.find_person(token_of(request))
        shown = reading_back.history(current().keyring, person) if person else []
    except CannotStore:
        return render(request, "talk/history.html", {"unreadable": True}, status=503)
    return render(
        request, "talk/history.html", {"conversations": shown, "deleted": _uuid_or_none(deleted)}
    )


@require_POST
def rename(request: HttpRequest, which: UUID) -> HttpResponse:
    """Give a conversation a title."""
    keep = _actor(request)
    try:
        keeping.rename(current().keyring, keep, which, request.POST.get("title", ""))
    except NoSuchConversation:
        raise Http404 from None
    return HttpResponseRedirect(reverse("history"), status=303)


@require_POST
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete a conversation; the next page offers to take it back."""
    try:
        keeping.delete(_actor(request), which, current().clock())
    except NoSuchConversation:
        raise Http404 from None
    return HttpResponseRedirect(f"{reverse('history')}?deleted={which}", status=303)


@require_POST
def restore(request: HttpRequest, which: UUID) -> HttpResponse:
    """Take a deletion back."""
    try:
        keeping.restore(_actor(request), which, current().clock())
    except NoSuchConversation:
        raise Http404 from None
    return HttpResponseRedirect(reverse("history"), status=303)


@require_POST
async def end(request: HttpRequest, which: UUID) -> HttpResponse:
    """End a private conversation: every word of it is erased at once, for good."""
    try:
        await current().end_private(token_of(request), which)
    except NoSuchConversation:
        raise Http404 from None
    except CannotStore as error:
        log.error("a private talk could not be erased: %s", type(error).__name__)
        address = reverse("conversation", args=[which])
        return HttpResponseRedirect(f"{address}?said=unended", status=303)
    return HttpResponseRedirect(f"{reverse('start')}?said=ended", status=303)


def _purge() -> None:
    try:
        keeping.purge(current().clock())
        private.purge(current().keyring, current().clock())
    except CannotStore:
        log.error("deleted talks could not be removed for good yet")


def _actor(request: HttpRequest) -> UUID:
    person = devices.find_person(token_of(request))
    if person is None:
        raise Http404
    return person


def _uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

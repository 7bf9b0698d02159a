"""The person's page of who is told and how it stands; the page behind the link of a letter, for
whoever got it, without an account."""

from __future__ import annotations

import logging
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.companion.protect.resources import Directory
from qingting.companion.protect.told_words import Answering, answering
from qingting.companion.words.script import in_script
from qingting.people.actor import actor_of
from qingting.people.consent import asking_pages, grants
from qingting.people.consent import service as consents
from qingting.people.consent.vocabulary import What
from qingting.people.data_service import CannotStore
from qingting.people.staff.models import Membership
from qingting.people.visitors import person_of
from qingting.safety.shown import ShownNumber, emergency_numbers
from qingting.telling.models import State, Why
from qingting.telling.records import Shown
from qingting.telling.service import current

log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponseBase:
    """The exact letter, how long it can be stopped, what became of it."""
    person = actor_of(request).person
    try:
        if request.method == "POST" and person is not None:
            said = _done(request, person)
            where = f"{reverse('my_telling')}?said={said}"
            return HttpResponseRedirect(where, status=303)
        return render(request, "telling/mine.html", _context(request, person))
    except CannotStore as error:
        log.error("the page of who is told failed: %s", type(error).__name__)
        return render(request, "telling/mine.html", {"unreadable": True}, status=503)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever got a letter: how to respond, and two answers. Looking answers nothing: programs look
    at links before people do."""
    words = _words(request)
    if not ratelimit.consume(request, action="told_answer"):
        return render(request, "telling/here.html", {"words": words, "often": True}, status=429)
    try:
        answer = request.POST.get("answer", "") if request.method == "POST" else ""
        if answer in ("there", "cannot") and current().answered(code, answer):
            return render(request, "telling/here.html", {"words": words, "answered": answer})
        open_still = current().waits_for(code)
    except CannotStore as error:
        log.error("an answer to a letter could not be kept: %s", type(error).__name__)
        context = {"words": words, "unreadable": True}
        return render(request, "telling/here.html", context, status=503)
    context = {"words": words, "open": open_still, "code": code}
    # Not 404 for a link that is over: what is not found is logged with its address.
    return render(request, "telling/here.html", context)


def _done(request: HttpRequest, person: UUID) -> str:
    """Does what was pressed; a word for the page that comes."""
    step = request.POST.get("step", "")
    if step == "now":
        return "hurried" if current().hurry(person) else "late"
    if step in ("school_yes", "school_no"):
        _school(person, yes=step == "school_yes")
        return ""
    if step == "ask":
        return "asked" if current().ask(person, person_of(request)) else "no_address"
    try:
        why = Why(step)
    except ValueError:
        return ""
    return "stopped" if current().stop(person, why) else "late"


def _school(person: UUID, *, yes: bool) -> None:
    now = consents.current().clock()
    if yes:
        grants.give(person, What.SCHOOL_IS_ASKED, now=now)
    else:
        grants.withdraw(person, What.SCHOOL_IS_ASKED, now=now)


def _asks_school(request: HttpRequest, person: UUID) -> dict[str, object]:
    """The question whether a school may be asked, for whoever joined a class."""
    if not Membership.objects.filter(person_id=person).exists():
        return {}
    agreed = grants.holds(person, What.SCHOOL_IS_ASKED, now=consents.current().clock())
    words = asking_pages.shown_words(What.SCHOOL_IS_ASKED, request)
    return {"words": words, "school_agreed": agreed is not None}


def _context(request: HttpRequest, person: UUID | None) -> dict[str, object]:
    tellings: list[Shown] = current().of(person) if person is not None else []
    contact = consents.current().contact_of(person) if person is not None else None
    failed = bool(tellings) and tellings[0].state in (State.FAILED, State.UNANSWERED)
    return {
        "possible": current().possible,
        "now": tellings[0] if tellings else None,
        "before": tellings[1:],
        "said": request.GET.get("said", ""),
        "contact": contact,
        "open": bool(tellings) and tellings[0].ended_at is None,
        "numbers": _numbers(request) if failed else (),
        **(_asks_school(request, person) if person is not None else {}),
    }


def _numbers(request: HttpRequest) -> list[ShownNumber]:
    reader = person_of(request)
    place = Directory.load().for_place(reader.region, language=reader.language)
    return emergency_numbers(place, reader)


def _words(request: HttpRequest) -> Answering:
    reader = person_of(request)
    words = answering(reader.language)

    def turned(text: str) -> str:
        return in_script(text, reader)

    return Answering(
        turned(words.title),
        tuple(map(turned, words.how)),
        turned(words.there),
        turned(words.cannot),
        turned(words.closed),
    )

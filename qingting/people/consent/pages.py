"""What somebody agreed to, with a way to take each of it back; and how old they are."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingting.people.actor import actor_of
from qingting.people.consent import ages, asking_pages, grants
from qingting.people.consent.ages import Band
from qingting.people.consent.service import current
from qingting.people.consent.vocabulary import What
from qingting.people.data_service import CannotStore

log = logging.getLogger(__name__)


@never_cache
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Everything that stands, in the words it was asked with."""
    try:
        return render(request, "people/consents.html", _standing(request))
    except CannotStore:
        return render(request, "people/consents.html", {"unreadable": True}, status=503)


@require_POST
def answer_model(request: HttpRequest) -> HttpResponseBase:
    """Yes or no to a model elsewhere."""
    where = "start" if request.POST.get("back") == "start" else "my_consents"
    response: HttpResponseBase = HttpResponseRedirect(reverse(where), status=303)
    try:
        if request.POST.get("answer") == "yes" and current().model_host:
            asked = asking_pages.whoever(request)
            host, now = current().model_host, current().clock()
            grants.give(asked.person, What.HOSTED_MODEL, host, now=now)
            asked.told(response)
            return response
        person = actor_of(request).person
        if person is not None:
            grants.withdraw(person, What.HOSTED_MODEL, now=current().clock())
    except CannotStore as error:
        log.error("an answer could not be kept: %s", type(error).__name__)
        return render(request, "people/consents.html", {"unreadable": True}, status=503)
    asking_pages.remember_no(response)
    return response


@require_POST
def take_back(request: HttpRequest) -> HttpResponseBase:
    """One consent, at once."""
    person = actor_of(request).person
    try:
        what = What(request.POST.get("what", ""))
    except ValueError:
        raise Http404 from None
    response = HttpResponseRedirect(reverse("my_consents"), status=303)
    try:
        if person is not None:
            whom = request.POST.get("whom", "")
            grants.withdraw(person, what, whom, now=current().clock())
    except CannotStore as error:
        log.error("a consent could not be taken back: %s", type(error).__name__)
        return render(request, "people/consents.html", {"unreadable": True}, status=503)
    if what is What.HOSTED_MODEL:
        asking_pages.remember_no(response)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def age(request: HttpRequest) -> HttpResponseBase:
    """Asked once, softly; said anew at any time."""
    try:
        if request.method == "POST":
            return _age_said(request)
        person = actor_of(request).person
        said = current().age_of(person) if person else None
    except CannotStore:
        return render(request, "people/consent_age.html", {"unreadable": True}, status=503)
    return render(request, "people/consent_age.html", _age_context(said))


def _age_said(request: HttpRequest) -> HttpResponseBase:
    try:
        band = Band(request.POST.get("band", ""))
    except ValueError:
        return HttpResponseRedirect(reverse("my_age"), status=303)
    asked = asking_pages.whoever(request)
    current().declare_age(asked.person, band)
    return asked.told(
        render(request, "people/consent_age.html", {**_age_context(band), "saved": True})
    )


def _age_context(said: Band | None) -> dict[str, Any]:
    rules = current().rules
    return {
        "choices": [(band.value, ages.WORDS[band], band is said) for band in Band],
        "said": said,
        "minor": said is not None and rules.is_minor(said),
        "guardian": rules.needs_guardian(said),
        "waits": rules.needs_guardian(said) and rules.talk_waits,
        "minutes": round(rules.break_after.total_seconds() / 60),
        "night": rules.night,
    }


def _standing(request: HttpRequest) -> dict[str, Any]:
    person = actor_of(request).person
    now = current().clock()
    found = grants.standing(person, now=now) if person else []
    return {
        "model": current().model_host,
        "question": None
        if any(one.what == What.HOSTED_MODEL and one.whom == current().model_host for one in found)
        or not current().model_host
        else asking_pages.shown_words(What.HOSTED_MODEL, request),
        "standing": [
            {
                "grant": one,
                "words": asking_pages.shown_words(What(one.what), request),
                "whom": one.whom if one.what == What.HOSTED_MODEL else "",
            }
            for one in found
        ],
    }

"""The page behind "Help now" (breathing, grounding, lines of the place) and the card to show. No
account, no model, no database; after the first visit no network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qingting.companion.person import Person
from qingting.companion.protect.resources import Directory
from qingting.companion.words.script import in_script
from qingting.people.visitors import PLACE_COOKIE, locale_of, person_of, place_of
from qingting.safety.card import card_for
from qingting.safety.shown import all_lines, ambulance, emergency_numbers

_YEAR: Final = 365 * 24 * 3600
# What the page is made of; kept by the service worker for when there is no network.
_OFFLINE: Final = ("qingting.css", "now.js", "dragonfly.svg")


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Help now."""
    person = Person(locale=locale_of(request))
    chosen = request.GET.get("place", "").upper()
    directory = Directory.load()
    known = dict(directory.places(person.language))
    code = chosen if chosen in known else place_of(request)
    place = directory.for_place(code, language=person.language)
    response = render(
        request,
        "safety/now.html",
        {
            "places": [(key, in_script(name, person)) for key, name in known.items()],
            "place": place.code,
            "emergency": emergency_numbers(place, person),
            "lines": all_lines(place, person, datetime.now(UTC)),
            "compiled_on": max(one.compiled_on for one in place.all(datetime.now(UTC))).isoformat(),
        },
    )
    if chosen in known:
        response.set_cookie(
            PLACE_COOKIE,
            chosen,
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.DEVICE_COOKIE_SECURE,
        )
    return response


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The card to show to whoever is near."""
    person = person_of(request)
    place = Directory.load().for_place(person.region, language=person.language)
    return render(
        request,
        "safety/card.html",
        {
            "card": card_for(place, person),
            "place": in_script(place.name.said_in(person.language), person),
            "ambulance": ambulance(place, person),
        },
    )


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps "Help now" and the card for when there is no network."""
    kept = [static(name) for name in _OFFLINE]
    response = render(
        request, "safety/worker.js", {"kept": kept}, content_type="text/javascript; charset=utf-8"
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Web app manifest, neutrally named."""
    return JsonResponse(
        {
            "name": _("Qingting"),
            "short_name": _("Qingting"),
            "start_url": "/",
            "display": "browser",
            "background_color": "#f7f5f0",
            "theme_color": "#f7f5f0",
            "lang": translation.get_language(),
            "icons": [{"src": static("dragonfly.svg"), "type": "image/svg+xml", "sizes": "any"}],
        },
        content_type="application/manifest+json",
    )

"""The page behind "Help now" (numbers, four ways, lines of the place, breathing, grounding) and the
card to show. No account, no model, no database; after the first visit no network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from csp.decorators import csp_update
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
from qingting.people.visitors import (
    PLACE_COOKIE,
    locale_of,
    person_of,
    place_of,
    timezone_of,
)
from qingting.safety.card import card_for
from qingting.safety.shown import (
    PICTURES,
    abuse_lines,
    all_lines,
    ambulance,
    emergency_numbers,
    first_line,
    police,
    silent_lines,
    silent_police,
)

_YEAR: Final = 365 * 24 * 3600
# What the pages are made of; kept by the service worker for when there is no network.
_OFFLINE: Final = (
    "qingting.css",
    "now.css",
    "now.js",
    "now-kit.js",
    "now-picture.js",
    "dragonfly.svg",
)
_ICONS: Final = ((192, "any"), (512, "any"), (512, "maskable"))


@csp_update(PICTURES)
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Help now."""
    person = Person(locale=locale_of(request), timezone=timezone_of(request))
    chosen = request.GET.get("place", "").upper()
    directory, moment = Directory.load(), datetime.now(UTC)
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
            "ambulance": ambulance(place, person),
            "police": police(place, person),
            "first": first_line(place, person, moment),
            "lines": all_lines(place, person, moment),
            "silent": silent_lines(place, person, moment),
            "silent_police": silent_police(place, person, moment),
            "abuse": abuse_lines(place, person, moment),
            "compiled_on": max(one.compiled_on for one in place.all(moment)).isoformat(),
            # What is open now is true only for a while: a kept page says no more about it.
            "made": int(moment.timestamp()),
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
        request,
        "safety/worker.js",
        {"kept": kept, "files": settings.STATIC_URL},
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Web app manifest, neutrally named."""
    icons = [
        {
            "src": static(f"now-icon-{size}.png"),
            "type": "image/png",
            "sizes": f"{size}x{size}",
            "purpose": purpose,
        }
        for size, purpose in _ICONS
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": _("Qingting"),
            "short_name": _("Qingting"),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f7f5f0",
            "theme_color": "#f7f5f0",
            "lang": translation.get_language(),
            "icons": icons,
        },
        content_type="application/manifest+json",
    )

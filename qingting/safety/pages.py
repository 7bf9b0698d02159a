"""The page behind "Help now": breathing, grounding, lines of the place. No account, no model, no
database; after the first visit no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qingting.companion.person import Language, Person
from qingting.companion.protect.resource import Channel, Resource
from qingting.companion.protect.resources import Directory, Place
from qingting.companion.words.script import in_script
from qingting.people.visitors import PLACE_COOKIE, locale_of, place_of

_YEAR: Final = 365 * 24 * 3600
# What the page is made of; kept by the service worker for when there is no network.
_OFFLINE: Final = ("qingting.css", "now.js", "dragonfly.svg")


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """One way to reach a line."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page shows it. open: True, False, or None when it is not known."""

    name: str
    hours: str
    open: bool | None
    note: str
    channels: tuple[ShownChannel, ...]


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
            "emergency": _emergency(place, person),
            "lines": _lines(place, person, datetime.now(UTC)),
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
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps "Help now" for when there is no network."""
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


def _emergency(place: Place, person: Person) -> list[ShownChannel]:
    shown = []
    for one in place.resources:
        if one.kind == "emergency" and one.number and one.href:
            name = in_script(one.name.said_in(person.language), person)
            shown.append(ShownChannel(f"{one.number} {name}", one.href))
    return shown


def _lines(place: Place, person: Person, moment: datetime) -> list[ShownLine]:
    return [_line(one, person, moment) for one in place.all(moment) if one.kind != "emergency"]


def _line(one: Resource, person: Person, moment: datetime) -> ShownLine:
    language = person.language
    native = one.name.native if hasattr(one.name, "native") else ""
    name = one.name.said_in(language)
    shown = in_script(name, person) if native != name else name
    channels = tuple(
        ShownChannel(in_script(_channel_text(channel, language), person), channel.href)
        for channel in one.channels
    )
    hours = "" if one.kind == "directory" else one.hours_text(language)
    note = one.note.said_in(language) if one.note else ""
    audience = one.audience.said_in(language) if one.audience else ""
    said = " · ".join(part for part in (audience, note) if part)
    return ShownLine(
        shown, in_script(hours, person), one.open_now(moment), in_script(said, person), channels
    )


_TYPES: Final[dict[str, dict[Language, str]]] = {
    "call": {"zh": "打电话", "en": "call"},
    "text": {"zh": "发短信", "en": "text"},
    "whatsapp": {"zh": "WhatsApp", "en": "WhatsApp"},
    "wechat": {"zh": "微信", "en": "WeChat"},
    "web": {"zh": "网页", "en": "web"},
    "email": {"zh": "邮件", "en": "email"},
}


def _channel_text(channel: Channel, language: Language) -> str:
    said = f"{_TYPES[channel.type][language]} {channel.value}"
    return f"{said} ({channel.keyword})" if channel.keyword else said

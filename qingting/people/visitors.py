"""Who a request comes from: its device, and the person as the companion needs to know them."""

from __future__ import annotations

import secrets
import zoneinfo
from functools import cache
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation

from qingting.companion.person import Person
from qingting.companion.protect.resources import region_of

COOKIE: Final = f"{settings.COOKIE_PREFIX}device"
PLACE_COOKIE: Final = f"{settings.COOKIE_PREFIX}place"
TIMEZONE_COOKIE: Final = f"{settings.COOKIE_PREFIX}tz"
_SALT: Final = "qingting.people.device"
_YEAR: Final = 365 * 24 * 3600
_LOCALES: Final = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en"}


def token_of(request: HttpRequest) -> str | None:
    """The device token of a request, or None when there is none or its signature is not ours."""
    signed = request.COOKIES.get(COOKIE)
    if not signed:
        return None
    try:
        return signing.Signer(salt=_SALT).unsign(signed)
    except signing.BadSignature:
        return None


def new_token() -> str:
    """A token for a device never seen: 256 random bits."""
    return secrets.token_urlsafe(32)


def give_token(response: HttpResponseBase, token: str) -> None:
    """Set the device cookie."""
    response.set_cookie(
        COOKIE,
        signing.Signer(salt=_SALT).sign(token),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.DEVICE_COOKIE_SECURE,
    )


def person_of(request: HttpRequest) -> Person:
    """The person behind a request: language as chosen, else as the browser says; the clock of
    their device; the place they chose."""
    locale = locale_of(request)
    return Person(locale=locale, timezone=timezone_of(request), region=place_of(request))


def locale_of(request: HttpRequest) -> str:
    """The language in use, with the region of the browser's own preference if it has one."""
    language = translation.get_language() or "en"
    wanted = "zh" if language.startswith("zh") else "en"
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.split(","):
        tag = part.split(";")[0].strip()
        if "-" not in tag or not tag.lower().startswith(wanted):
            continue
        if wanted == "en" or Person(locale=tag).script == _script(language):
            return tag
    return _LOCALES.get(language, "en")


def place_of(request: HttpRequest) -> str | None:
    """The country code of where help is to be found: chosen, else the installation's, else what
    the locale says; None when nothing says."""
    chosen = request.COOKIES.get(PLACE_COOKIE, "")
    if len(chosen) <= 3 and chosen.isalpha():
        return chosen.upper()
    tags = [
        part.split(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")
    ]
    found = [region_of(tag) for tag in (locale_of(request), *tags)]
    return settings.CONFIG.place.upper() or next(filter(None, found), None)


def timezone_of(request: HttpRequest) -> str:
    """The time zone of their device: as sent with a message, or as remembered from one."""
    for name in (_posted_timezone(request), request.COOKIES.get(TIMEZONE_COOKIE, "")):
        if name in _timezones():
            return name
    return "Asia/Shanghai" if (translation.get_language() or "").startswith("zh") else "UTC"


def remember_timezone(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the device's time zone, so that pages can show dates on its clock."""
    name = _posted_timezone(request)
    if name in _timezones() and request.COOKIES.get(TIMEZONE_COOKIE) != name:
        response.set_cookie(
            TIMEZONE_COOKIE,
            name,
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.DEVICE_COOKIE_SECURE,
        )


def _posted_timezone(request: HttpRequest) -> str:
    """As sent with the form; empty for a form that cannot be read, whose error page asks too."""
    try:
        return request.POST.get("tz", "")
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return ""


def _script(language: str) -> str:
    return "zh-Hant" if language == "zh-hant" else "zh-Hans"


@cache
def _timezones() -> frozenset[str]:
    # Listing them walks a folder of files: about 3 ms, which no message should pay.
    return frozenset(zoneinfo.available_timezones())

"""Who a request comes from: its device, and the person as the companion needs to know them."""

from __future__ import annotations

import secrets
import zoneinfo
from functools import cache
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from qingting.companion.person import Person
from qingting.companion.protect.resources import region_of

COOKIE: Final = "device"
PLACE_COOKIE: Final = "place"
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
    return Person(
        locale=locale, timezone=_timezone(request.POST.get("tz", "")), region=place_of(request)
    )


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
    return settings.CONFIG.place.upper() or region_of(locale_of(request))


def _script(language: str) -> str:
    return "zh-Hant" if language == "zh-hant" else "zh-Hans"


@cache
def _timezones() -> frozenset[str]:
    # Listing them walks a folder of files: about 3 ms, which no message should pay.
    return frozenset(zoneinfo.available_timezones())


def _timezone(name: str) -> str:
    if name in _timezones():
        return name
    return "Asia/Shanghai" if (translation.get_language() or "").startswith("zh") else "UTC"

"""Asking for somebody to call, or a parent or guardian, where the law wants it asked of whoever has
an account. It is never needed to go on, and "not now" is kept in that browser alone."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingting.people import asked, devices
from qingting.people.accounts import belonging
from qingting.people.consent.service import current
from qingting.people.visitors import token_of

_COOKIE: Final = "no_contact"
_HALF_A_YEAR: Final = 180 * 24 * 3600


def to_ask(request: HttpRequest) -> bool:
    """Whether it is asked of them now: they have an account, and named neither. Raises
    StorageError, DatabaseError."""
    if not asked.now().contact or request.COOKIES.get(_COOKIE) == "1":
        return False
    # The first page does not know who is signed in (site.middleware.SignedIn); the device does.
    person = devices.find_person(token_of(request))
    if person is None or belonging.current().account_of(person) is None:
        return False
    consents = current()
    return consents.contact_of(person) is None and not consents.guardians_of(person)


def remember_no(response: HttpResponseBase) -> None:
    """Not to be asked again in this browser for half a year."""
    response.set_cookie(
        _COOKIE,
        "1",
        max_age=_HALF_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.DEVICE_COOKIE_SECURE,
    )

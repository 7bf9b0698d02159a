"""The neutral page that "hide" leads to, and what a device may choose about how this looks on it.

docs/device-lock.md says what this protects from, and what not.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from qingting.people.hiding import pin_pages

COOKIE: Final = "look"
_NEUTRAL: Final = "notes"
_YEAR: Final = 365 * 24 * 3600


def is_neutral(request: HttpRequest) -> bool:
    """Whether this device chose a title and an icon that say nothing."""
    return request.COOKIES.get(COOKIE) == _NEUTRAL


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """A page like anybody's notes. Its heading leads back."""
    return render(request, "hiding/notes.html")


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """How this looks on this device."""
    if request.method != "POST":
        return pin_pages.device_page(request)
    response = HttpResponseRedirect(reverse("device_look"), status=303)
    if request.POST.get("look") == _NEUTRAL:
        response.set_cookie(
            COOKIE,
            _NEUTRAL,
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.DEVICE_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    # "Help now" is kept for offline use with the title it had.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response

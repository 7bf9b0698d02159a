"""The neutral page that asks for the PIN, the way past one that was forgotten, and setting one."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from qingting.people import devices
from qingting.people.accounts import belonging
from qingting.people.hiding import lock
from qingting.people.visitors import COOKIE, give_token, token_of

_LONGEST: Final = 2000


def shut(request: HttpRequest, said: str = "", status: int = 403) -> HttpResponse:
    """The neutral page. said: "wrong" or "wait"."""
    back = request.POST.get("next", "") if request.path == reverse("pin_open") else ""
    if not back and request.method in ("GET", "HEAD"):
        back = request.get_full_path()
    context = {"said": said, "back": back[:_LONGEST]}
    response = render(request, "hiding/shut.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def open_again(request: HttpRequest) -> HttpResponse:
    """A PIN was typed: on to the page that was asked for."""
    token = token_of(request)
    found = lock.lock_of(token)
    back = request.POST.get("next", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if safe else reverse("start"), status=303)
    if token is None or found is None:
        return response
    answer = lock.tried(request, token, found, request.POST.get("pin", ""))
    if answer == "wait":
        return shut(request, "wait", 429)
    if answer == "no":
        return shut(request, "wrong")
    lock.stay_open(response, found)
    return response


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def other(request: HttpRequest) -> HttpResponse:
    """The way past a PIN: this device forgets who it was. Whoever has an account signs in again;
    what a guest wrote stays where it is and is not opened from here any more."""
    token = token_of(request)
    person = devices.find_person(token)
    account = person is not None and belonging.current().account_of(person) is not None
    if request.method != "POST" or not request.POST.get("sure"):
        return render(request, "hiding/other.html", {"account": account})
    devices.revoke_token(token, belonging.current().clock())
    _end_session(request)
    where = "account_login" if account else "start"
    response = HttpResponseRedirect(reverse(where), status=303)
    for name in (COOKIE, lock.COOKIE, settings.SESSION_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@cache_control(no_store=True)
@require_POST
def pin(request: HttpRequest) -> HttpResponse:
    """Set, change or take away the PIN of this device. One that is there is asked for first."""
    token = token_of(request)
    if token is None or devices.find_person(token) is None:
        return HttpResponseRedirect(reverse("device_look"), status=303)
    found = lock.lock_of(token)
    if found is not None:
        answer = lock.tried(request, token, found, request.POST.get("now", ""))
        if answer != "yes":
            said = "wait" if answer == "wait" else "wrong"
            return device_page(request, said, 429 if answer == "wait" else 200)
    response = HttpResponseRedirect(reverse("device_look"), status=303)
    if request.POST.get("do") == "take":
        give_token(response, lock.take_pin(token))
        response.delete_cookie(lock.COOKIE, samesite="Lax")
        return response
    chosen = lock.digits(request.POST.get("pin", ""))
    if not chosen:
        return device_page(request, "digits")
    fresh, made = lock.set_pin(token, chosen, _minutes(request))
    give_token(response, fresh)
    lock.stay_open(response, made)
    return response


def device_page(request: HttpRequest, said: str = "", status: int = 200) -> HttpResponse:
    """How this looks on this device, and its PIN."""
    token = token_of(request)
    context = {
        "said": said,
        "known": devices.find_person(token) is not None,
        "lock": lock.lock_of(token),
        "choices": lock.MINUTES,
    }
    return render(request, "hiding/device.html", context, status=status)


def _minutes(request: HttpRequest) -> int:
    asked = request.POST.get("minutes", "")
    return next((one for one in lock.MINUTES if asked == str(one)), 5)


def _end_session(request: HttpRequest) -> None:
    """End the sign-in of this browser too, if there is one."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key:
        store: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)
        store.delete(key)

"""Before every page of a device with a PIN: the neutral page that asks for it, or the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from asgiref.sync import markcoroutinefunction, sync_to_async
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingting.people.hiding import lock
from qingting.people.hiding.pin_pages import shut
from qingting.people.visitors import token_of

# Help and its lines, what makes them work without a network, and the neutral pages themselves.
# Then the ways to sign in: none of them shows anything of the device's person.
FREE: Final = frozenset(
    {
        "/now/",
        "/safety/card/",
        "/sw.js",
        "/manifest.webmanifest",
        "/language/",
        "/healthz",
        "/robots.txt",
        "/.well-known/security.txt",
        "/notes/",
        "/notes/open/",
        "/notes/other/",
        "/account/login/",
        "/account/inactive/",
        "/account/password/forgotten/",
        "/account/second/authenticate/",
        "/account/second/passkeys/login/",
    }
)
_CAMPUS: Final = "/account/campus/"
# Where words are typed. What is written on a page that was open already is always taken in:
# somebody who thought for ten minutes before sending must be answered.
_WRITTEN_AT: Final = ("/talk/", "/skills/", "/safety/")


class DeviceLock:
    """See the module. It asks the database only for a device with a PIN."""

    sync_capable = False
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]]) -> None:
        markcoroutinefunction(self)
        self._get_response = get_response

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or a small one with status 403, whatever asked for it."""
        token = token_of(request)
        if not lock.has_pin(token) or _is_free(request.path):
            return await self._get_response(request)
        try:
            found = await sync_to_async(lock.lock_of)(token)
        except DatabaseError:
            # Without it nothing that was written can be shown, and a message is answered unsaved.
            found = None
        if found is None:
            return await self._get_response(request)
        state = lock.state_of(request, found)
        if state == "shut" or (state == "stale" and not _is_written(request)):
            return shut(request)
        response = await self._get_response(request)
        if lock.COOKIE not in response.cookies:
            lock.stay_open(response, found)
        return response


def _is_free(path: str) -> bool:
    return path in FREE or path.startswith(_CAMPUS)


def _is_written(request: HttpRequest) -> bool:
    return request.method == "POST" and (
        request.path == "/" or request.path.startswith(_WRITTEN_AT)
    )

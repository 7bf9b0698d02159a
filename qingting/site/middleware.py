"""Django's middleware, run where the request is: in the event loop; and sign-in where it is needed.

Django gives each of their hooks to a thread, eight hops for every message. None of them waits for
anything, so none needs one: without the hops a message costs about 0.4 ms of processor time less.
What they do is Django's and django-csp's own code, unchanged.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from asgiref.sync import markcoroutinefunction, sync_to_async
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.deprecation import MiddlewareMixin

from qingting.site import headers

_UP: Final = "/healthz"


class _InLoop(MiddlewareMixin):
    """Calls the hooks directly. Only for hooks that neither block nor ask a database."""

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        hooks = cast("Any", self)
        answer = hooks.process_request(request)
        if answer is None:
            answer = await cast("Awaitable[HttpResponseBase]", self.get_response(request))
        return cast("HttpResponseBase", hooks.process_response(request, answer))


class Security(_InLoop, SecurityMiddleware):
    """Headers of safety, and the way to https."""

    def process_response(  # type: ignore[override]  # Django takes any answer
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """See SecurityMiddleware; with what it does not know of."""
        answer = cast("HttpResponseBase", super().process_response(request, response))  # type: ignore[arg-type]  # any answer has headers
        for name, value in headers.EVERYWHERE.items():
            answer.setdefault(name, value)
        return answer


class ContentSecurity(_InLoop, CSPMiddleware):
    """What a page may load."""


class Hosts(_InLoop):
    """Answers to this installation's own names alone. Inside of the headers, so that the refusal
    has them too."""

    def process_request(self, request: HttpRequest) -> None:
        """Raises DisallowedHost."""
        # A watcher beside the server asks by its number for whether it is up.
        if request.path != _UP:
            request.get_host()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer as it is."""
        return response


class Language(_InLoop, LocaleMiddleware):
    """The language of a request."""


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: str


class Forms(_InLoop, CsrfViewMiddleware):
    """Refuses a form that another site sent. A refusal is answered in a thread: its page runs a
    whole turn and waits for it."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return _Refused(reason)

    async def process_view(  # type: ignore[override]  # Django takes either
        self,
        request: HttpRequest,
        callback: Callable[..., Any],
        callback_args: Sequence[Any],
        callback_kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """See CsrfViewMiddleware."""
        answer: Any = super().process_view(
            request, callback, tuple(callback_args), dict(callback_kwargs)
        )
        if isinstance(answer, _Refused):
            refuse = sync_to_async(super()._reject)  # type: ignore[misc]  # not in the stubs
            return cast("HttpResponseBase", await refuse(request, answer.reason))
        return cast("HttpResponseBase | None", answer)


class SignedIn:
    """Session and account, for the addresses that know accounts.

    A conversation knows its person by the device alone and asks for no session, so its turns do
    not pay for one. A page outside of settings.SIGNED_IN_PATHS has no `request.user` at all: it
    cannot lean on a sign-in by mistake.
    """

    sync_capable = False
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]]) -> None:
        markcoroutinefunction(self)
        self._plain = get_response
        self._signed = SessionMiddleware(AuthenticationMiddleware(get_response))

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request, by the shorter or the longer way."""
        if request.path.startswith(settings.SIGNED_IN_PATHS):
            answer = await cast("Awaitable[HttpResponseBase]", self._signed(request))
            # Whatever page made it: the next one at this computer must not go back to it.
            answer["Cache-Control"] = "no-store"
            return answer
        return await self._plain(request)

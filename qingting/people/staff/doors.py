"""Who gets through to a page of staff: signed in, the role held now, a second factor shown in this
session. What stands inside one's own organisation is decided where it is read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qingting.people.actor import Actor, actor_of
from qingting.people.roles import STAFF, Role

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def requires(*roles: Role) -> Callable[[Page[P]], View]:
    """A page for whoever holds one of these roles; it is given the Actor. Without a sign-in it
    leads to one, without the role it is shut, without a second factor it leads to one."""

    def doored(page: Page[P]) -> View:
        @functools.wraps(page)
        def view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            stopped = _stopped(request, actor, roles)
            return stopped if stopped is not None else page(request, actor, *args, **kwargs)

        # What opens it, for the test that walks every address.
        view.opened_by = frozenset(roles)  # type: ignore[attr-defined]
        return never_cache(view)

    return doored


def has_second_factor(actor: Actor) -> bool:
    """Whether the account has one, shown in this session or not."""
    return bool(Authenticator.objects.filter(user_id=actor.account).exists())


def shut(request: HttpRequest) -> HttpResponse:
    """The page of a door that does not open. It does not say what is behind it."""
    return render(request, "staff/shut.html", status=403)


def _stopped(request: HttpRequest, actor: Actor, roles: tuple[Role, ...]) -> Any:
    if actor.account is None:
        wanted = request.get_full_path() if request.method == "GET" else reverse("staff")
        return redirect_to_login(wanted, reverse("account_login"))
    # First the role: whoever holds none is not asked for a second factor.
    if not actor.roles.intersection(roles):
        return shut(request)
    if not actor.second_factor and actor.roles & STAFF:
        return HttpResponseRedirect(reverse("staff_second"))
    return None if actor.holds(*roles) else shut(request)

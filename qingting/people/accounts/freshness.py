"""Whoever has an account is asked once more who they are before everything of theirs is taken along
or erased: an open page on a table is not enough. A guest has nothing that could be asked for."""

from __future__ import annotations

import time
from uuid import UUID

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account


def asked_first(request: HttpRequest, person: UUID, back: str) -> HttpResponse | None:
    """The page that asks who they are, or None where that is not needed: for a guest, or within
    ACCOUNT_REAUTHENTICATION_TIMEOUT of a sign-in of this account in this browser.

    back: where it leads when they have answered. Nothing of a form is kept on the way: what was
    pressed is pressed again. Raises DatabaseError.
    """
    account = belonging.current().account_of(person)
    if account is None:
        return None
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or user.pk != account.pk:
        return _to(reverse("account_login"), back)
    if _lately(request, user):
        return None
    ways = get_adapter().get_reauthentication_methods(user)
    if not ways:
        # A campus alone vouches for them: they come in through it again.
        return render(request, "account/again.html", {"back": back})
    return _to(ways[0]["url"], back)


def _lately(request: HttpRequest, user: Account) -> bool:
    records = get_authentication_records(request, user)
    latest = max((one["at"] for one in records), default=0.0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


def _to(where: str, back: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{where}?{urlencode({'next': back})}", status=303)

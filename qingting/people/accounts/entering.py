"""A device comes to belong to an account, and stops belonging to it.

Signing up keeps what a guest wrote: the account becomes that guest. Signing in elsewhere never
mixes two people silently: what a guest wrote on that device stays with the device (its token is
put aside in a cookie of its own) until its owner says that it is theirs (joining.py), and is there
again after signing out.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy

from qingting.people import devices
from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account
from qingting.people.accounts.telling import tell
from qingting.people.hiding import lock
from qingting.people.visitors import COOKIE, give_token, new_token, token_of
from qingting.privacy.audit import Action

RESCUE_PAGE: Final = reverse_lazy("rescue_new")
JOIN_PAGE: Final = reverse_lazy("join_guest")
GUEST_COOKIE: Final = f"{settings.COOKIE_PREFIX}guest_device"
_SALT: Final = "qingting.people.guest-device"
_YEAR: Final = 365 * 24 * 3600


def begin(request: HttpRequest, account: Account) -> UUID:
    """The person of a new account: the guest of this device, if it has one, else somebody new.
    Inside the transaction that stores the account. What a shut device holds becomes nobody's."""
    token = token_of(request)
    here = devices.find_person(token) if lock.open_here(request, token) else None
    return _become(account, here)


def settle(request: HttpRequest, account: Account, response: HttpResponse) -> HttpResponse:
    """The answer to a sign-in, with a fresh device token for the account's person."""
    with transaction.atomic():
        fresh, aside = _settled(request, account)
    if aside:
        _put_aside(response, token_of(request) or "")
        response = _moved(response, str(JOIN_PAGE))
    give_token(response, fresh)
    return response


def _settled(request: HttpRequest, account: Account) -> tuple[str, bool]:
    """A fresh token, made the account's, and whether this device was a guest that is put aside.

    The token it came with opens nothing from here on, unless it is such a guest's: the same person
    has the fresh one, and another account that was never signed out here is signed out.
    """
    parts = belonging.current()
    token = token_of(request)
    here = devices.find_person(token)
    mine = parts.person_of(account.pk) or _become(account, None)
    aside = here is not None and here != mine and parts.account_of(here) is None
    kept = lock.kept(request) if here == mine else None
    if not aside:
        devices.revoke_token(token, parts.clock())
    if kept is None:
        fresh = new_token()
        devices.add(mine, fresh, parts.clock())
    else:
        fresh = lock.marked(new_token())
        devices.add(mine, fresh, parts.clock(), pin=kept.pin, minutes=kept.minutes)
    tell(Action.SIGNED_IN, account)
    return fresh, aside


def leave(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Sign this device out: its token is dead, and the guest it was before is back."""
    devices.revoke_token(token_of(request), belonging.current().clock())
    response.delete_cookie(COOKIE)
    guest = guest_token(request)
    if guest is not None:
        give_token(response, guest)
        response.delete_cookie(GUEST_COOKIE)
    # What pages kept for offline use may hold a plan; the next one at this computer must not see.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def guest_token(request: HttpRequest) -> str | None:
    """The token of the guest this device was before the sign-in, if there was one."""
    signed = request.COOKIES.get(GUEST_COOKIE)
    try:
        return signing.Signer(salt=_SALT).unsign(signed) if signed else None
    except signing.BadSignature:
        return None


def forget_guest(response: HttpResponse) -> None:
    """The guest of this device is not kept aside any longer."""
    response.delete_cookie(GUEST_COOKIE)


def seal_secret(text: str) -> str:
    """See Belongings."""
    return belonging.current().seal_secret(text)


def open_secret(stored: str) -> str:
    """See Belongings."""
    return belonging.current().open_secret(stored)


def _become(account: Account, here: UUID | None) -> UUID:
    parts = belonging.current()
    if here is not None and parts.account_of(here) is None:
        person = here
    else:
        person = devices.new_person(parts.keyring, parts.clock())
    parts.join(account.pk, person)
    tell(Action.ACCOUNT_CREATED, account)
    return person


def _put_aside(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        GUEST_COOKIE,
        signing.Signer(salt=_SALT).sign(token),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.DEVICE_COOKIE_SECURE,
    )


def _moved(response: HttpResponse, where: str) -> HttpResponse:
    """The same answer, led elsewhere, with the cookies it had."""
    moved = HttpResponseRedirect(where)
    moved.cookies = response.cookies
    return moved

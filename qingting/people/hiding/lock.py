"""A PIN for a device: when it is asked for, and how it is kept.

Whether a device has one stands in its token, which is signed and known by its hash alone, so that
a device without one costs no look into the database, and nobody takes the mark off a cookie. That
it was shown is a cookie of the browser's session: it ends with the browser, or after some minutes
without a page (docs/device-lock.md says what this protects from).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import Error as DatabaseError
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from qingting.people.devices import hashed
from qingting.people.models import Device
from qingting.people.visitors import new_token, token_of

COOKIE: Final = f"{settings.COOKIE_PREFIX}open"
MINUTES: Final = (1, 5, 15, 60)
TRIES: Final = 5
WAIT: Final = timedelta(minutes=5)
_NONE: Final = {"pin_tries": 0, "pin_tried_from": None}
_MARK: Final = "p."
_SALT: Final = "qingting.people.device-open"
_DIGITS: Final = re.compile(r"[0-9]{4,8}")
# A page that has been open for longer than this is nobody's who is still writing.
_WRITING: Final = timedelta(hours=12)

# stale: it was shown in this browser, but not lately.
State = Literal["open", "stale", "shut"]


@dataclass(frozen=True, slots=True)
class Lock:
    """The PIN of a device, hashed, and after how many minutes without a page it is asked for."""

    pin: str
    minutes: int


def has_pin(token: str | None) -> bool:
    """Whether this is the token of a device with a PIN. Asks nobody."""
    return token is not None and token.startswith(_MARK)


def marked(token: str) -> str:
    """A token for a device with a PIN."""
    return f"{_MARK}{token}"


def lock_of(token: str | None) -> Lock | None:
    """The lock of a device; None where it has none. Raises DatabaseError."""
    if token is None or not has_pin(token):
        return None
    row = _device(token).exclude(pin="").values_list("pin", "pin_minutes").first()
    return None if row is None else Lock(*row)


def state_of(request: HttpRequest, lock: Lock) -> State:
    """How a locked device stands."""
    signed = request.COOKIES.get(COOKIE, "")
    signer = signing.TimestampSigner(salt=_SALT)
    for state, age in (("open", timedelta(minutes=lock.minutes)), ("stale", _WRITING)):
        try:
            if signer.unsign(signed, max_age=age) == _about(lock):
                return "open" if state == "open" else "stale"
        except signing.BadSignature:
            continue
    return "shut"


def open_here(request: HttpRequest, token: str | None) -> bool:
    """Whether what a device's person wrote may be shown: it has no PIN, or it was shown lately.
    Raises DatabaseError."""
    lock = lock_of(token)
    return lock is None or state_of(request, lock) == "open"


def kept(request: HttpRequest) -> Lock | None:
    """The lock that a sign-in on this device takes over: not one that is shut, for signing in is
    the way past a PIN that was forgotten. Raises DatabaseError."""
    lock = lock_of(token_of(request))
    return lock if lock is not None and state_of(request, lock) == "open" else None


def stay_open(response: HttpResponseBase, lock: Lock) -> None:
    """From now on the minutes count anew."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(_about(lock)),
        httponly=True,
        samesite="Lax",
        secure=settings.DEVICE_COOKIE_SECURE,
    )


def digits(text: str) -> str:
    """A PIN as it was typed, in plain digits (some keyboards type wide ones); "" for none."""
    plain = unicodedata.normalize("NFKC", text[:64]).strip()
    return plain if _DIGITS.fullmatch(plain) else ""


def tried(request: HttpRequest, token: str, lock: Lock, pin: str) -> Literal["yes", "no", "wait"]:
    """Whether a PIN is the one; "wait" after too many that were not. Counted in the device's row,
    where every process sees it, before it is looked at: two tries at once are two."""
    if not _may_try(request, token):
        return "wait"
    if not check_password(digits(pin), lock.pin):
        return "no"
    # Where nothing can be written this was not counted there either.
    with suppress(DatabaseError):
        _device(token).update(**_NONE)
    return "yes"


def set_pin(token: str, pin: str, minutes: int) -> tuple[str, Lock]:
    """Give a device a PIN (digits of `digits`): the token it has from now on, and its lock."""
    lock, fresh = Lock(make_password(pin), minutes), marked(new_token())
    _device(token).update(token_hash=hashed(fresh), pin=lock.pin, pin_minutes=minutes, **_NONE)
    return fresh, lock


def take_pin(token: str) -> str:
    """Take the PIN of a device away: the token it has from now on."""
    fresh = new_token()
    _device(token).update(token_hash=hashed(fresh), pin="", **_NONE)
    return fresh


def _device(token: str) -> QuerySet[Device]:
    return Device.objects.filter(token_hash=hashed(token), revoked_at=None)


def _may_try(request: HttpRequest, token: str) -> bool:
    """Count one more try, if there may be one. Where nothing can be written (a full disk) this
    process counts alone (settings, "pin")."""
    now = timezone.now()
    over = Q(pin_tried_from=None) | Q(pin_tried_from__lte=now - WAIT)
    device = _device(token)
    try:
        if device.filter(over).update(pin_tries=1, pin_tried_from=now):
            return True
        return bool(device.filter(pin_tries__lt=TRIES).update(pin_tries=F("pin_tries") + 1))
    except DatabaseError:
        return bool(ratelimit.consume(request, action="pin", key=hashed(token).hex()))


def _about(lock: Lock) -> str:
    """Another PIN opens nothing that this one opened."""
    return hashlib.sha256(lock.pin.encode()).hexdigest()[:32]

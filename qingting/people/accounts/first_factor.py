"""Setting up a first second step is showing it: whoever has just typed a code of the app, or used
the passkey, is not asked for it again on the next page."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

_ID: Final = "qingting.accounts.first_factor"
_SPARE: Final = Authenticator.Type.RECOVERY_CODES


def listen() -> None:
    """Connect; called once, when Django is ready."""
    signals.authenticator_added.connect(_added, dispatch_uid=_ID)


def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Let this session count as begun with it. django-allauth let nobody come here whose sign-in
    was older than ACCOUNT_REAUTHENTICATION_TIMEOUT. One more beside another proves nothing about
    that other one, so then the session stays what it was."""
    if authenticator.type == _SPARE:
        return
    mine = Authenticator.objects.filter(user_id=user.pk).exclude(type=_SPARE)
    if mine.exclude(pk=authenticator.pk).exists():
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)

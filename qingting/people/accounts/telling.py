"""What django-allauth tells about sign-ins and second factors, written into the audit log."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.db.models.signals import post_save

from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account
from qingting.privacy.audit import Action, By, record

_ID: Final = "qingting.accounts"


def listen() -> None:
    """Connect; called once, when Django is ready."""
    for signal, heard in (
        (auth_signals.user_logged_out, _signed_out),
        (auth_signals.user_login_failed, _failed),
        (factor_signals.authenticator_removed, _removed),
    ):
        signal.connect(heard, dispatch_uid=f"{_ID}.{heard.__name__}.{id(signal)}")
    # Not django-allauth's signal, which comes after the deed is stored.
    post_save.connect(_added, sender=Authenticator, dispatch_uid=f"{_ID}.added")


def tell(action: Action, account: Account) -> None:
    """An entry about an account's owner, by them. Raises AuditFailed.

    It names their person and never the account: an entry with both would say, to whoever copies
    the log, whose account is which person. Before there is a person it names the account alone.
    """
    person = belonging.current().person_of(account.pk)
    if person is None:
        record(action, by=By("account", account.pk.hex))
    else:
        record(action, by=By("person", person.hex), subject=person)


def _signed_out(user: Any, **_: Any) -> None:
    if isinstance(user, Account):
        tell(Action.SIGNED_OUT, user)


def _failed(**_: Any) -> None:
    # Without the name that was tried: people type passwords into that field.
    record(Action.SIGN_IN_FAILED, by=By("system", ""))


def _added(instance: Any, created: bool, **_: Any) -> None:
    if created:
        which = _which(instance, Action.PASSKEY_ADDED, Action.SECOND_FACTOR_ADDED)
        tell(which, instance.user)


def _removed(user: Any, authenticator: Any, **_: Any) -> None:
    tell(_which(authenticator, Action.PASSKEY_REMOVED, Action.SECOND_FACTOR_REMOVED), user)


def _which(authenticator: Any, passkey: Action, other: Action) -> Action:
    return passkey if authenticator.type == "webauthn" else other

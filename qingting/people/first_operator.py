"""The link that makes an operator's account: printed once by `qingting operator create`, good for a
day and for one use, kept only hashed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qingting.people import organisations
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.roles import Role
from qingting.people.staff.models import FirstLink
from qingting.privacy.audit import Action, By, record

LASTS: Final = timedelta(hours=24)
_COMMAND: Final = By("command", "operator")


class OperatorExists(Exception):
    """There is one already; another must be meant."""


def make_link(now: datetime, *, another: bool) -> str:
    """The secret part of a link: 256 random bits. An older link that was not used is dead from now
    on. Raises OperatorExists."""
    code = secrets.token_urlsafe(32)
    with transaction.atomic():
        if operators(now) and not another:
            raise OperatorExists
        FirstLink.objects.filter(used_at=None).delete()
        row = FirstLink.objects.create(code_hash=_hashed(code), made_at=now, until=now + LASTS)
        record(Action.INVITATION_MADE, by=_COMMAND, object_ref=f"operator:{row.pk}", now=now)
    return code


def is_good(code: str, now: datetime) -> bool:
    """Whether a link can still be used."""
    return FirstLink.objects.filter(code_hash=_hashed(code), used_at=None, until__gt=now).exists()


def use_link(code: str, username: str, password: str, now: datetime) -> Account | None:
    """The operator's account, or None when the link is spent or over. Raises IntegrityError when
    somebody took the name at the same moment."""
    with transaction.atomic():
        good = FirstLink.objects.filter(code_hash=_hashed(code), used_at=None, until__gt=now)
        if not good.update(used_at=now):
            return None
        account = Account.objects.create_user(username, password)
        by = By("account", str(account.pk))
        organisations.give(account.pk, Role.OPERATOR, None, by, "command:operator")
        record(Action.OPERATOR_CREATED, by=by, object_ref=f"operator:{account.pk}", now=now)
    return account


def operators(now: datetime) -> list[RoleGrant]:
    """Who holds the role now."""
    held = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gt=now), role=Role.OPERATOR, taken_at=None
    )
    return list(held.select_related("account").order_by("given_at"))


def revoke(username: str, now: datetime) -> bool:
    """Take the role from an operator by the name they sign in with."""
    taken = [
        organisations.take(UUID(str(one.pk)), _COMMAND)
        for one in operators(now)
        if one.account.username == username
    ]
    return any(taken)


def _hashed(code: str) -> bytes:
    # Not staff_service.hashed: here capitals count.
    return hashlib.sha256(code.encode()).digest()

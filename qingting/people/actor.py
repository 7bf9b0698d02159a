"""Who asks: the person of this device, the account signed in, and the roles it holds.

Every page that shows anything of anybody starts from an Actor. A guest is one too: a device that
knows its person. `person` comes from the device alone, `account` from the sign-in session alone;
neither is ever taken from an address or a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from qingting.people import devices
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.roles import STAFF, Role
from qingting.people.visitors import token_of


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. All empty for a browser never seen."""

    person: UUID | None
    account: UUID | None
    roles: frozenset[Role]
    second_factor: bool

    def holds(self, *roles: Role) -> bool:
        """Whether they hold one of these roles; a staff role counts only with a second factor."""
        return any(one in self.roles and (self.second_factor or one not in STAFF) for one in roles)


def actor_of(request: HttpRequest) -> Actor:
    """Who a request comes from. Asked of the database once a request."""
    known: Actor | None = getattr(request, "_qingting_actor", None)
    if known is None:
        known = _found(request)
        request._qingting_actor = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def roles_of(account: UUID, now: datetime) -> frozenset[Role]:
    """The roles an account holds now."""
    held = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gt=now), account_id=account, taken_at=None, given_at__lte=now
    )
    return frozenset(Role(one) for one in held.values_list("role", flat=True))


def _found(request: HttpRequest) -> Actor:
    person = devices.find_person(token_of(request))
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or not user.is_active:
        return Actor(person, None, frozenset(), second_factor=False)
    return Actor(
        person, user.pk, roles_of(user.pk, timezone.now()), second_factor=_second_factor(request)
    )


def _second_factor(request: HttpRequest) -> bool:
    """Whether this session was begun with a second factor: a code or a passkey, shown at sign-in
    or when it was set up."""
    records = request.session.get("account_authentication_methods", [])
    return any(one.get("method") == "mfa" for one in records)

"""Codes that invite: to an account, to a role, to a class. Kept hashed, for a time, for so many.

Whoever used one is not kept with it. Using one for a class is the person's own deed; using one for
a role is the account's, noted without a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from qingting.people import organisations, staff_service
from qingting.people.accounts.models import Account
from qingting.people.actor import roles_of
from qingting.people.roles import INVITED, SERVING, Role, may_hold
from qingting.people.staff.models import Group, Membership
from qingting.people.staff.models import Invitation as Row
from qingting.privacy.audit import Action, By, record

_GROUPS: Final = 5  # 98 random bits
LONGEST: Final = timedelta(days=90)
MOST_USES: Final = 500


class NotUsable(Exception):
    """The code cannot be used by whoever came with it: spent, over, or for a role they cannot
    hold. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code stands for. role: None for a class or a plain account."""

    id: UUID
    role: Role | None
    organisation: UUID | None
    group: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation is to be for. Nothing at all: an account."""

    role: Role | None = None
    organisation: UUID | None = None
    group: UUID | None = None
    lasts: timedelta = timedelta(days=14)
    uses: int = 1


def make(asked: Asked, by: UUID, *, only_for: frozenset[UUID] | None = None) -> str:
    """A fresh code, shown once. by: the account that makes it. only_for: the organisations whose
    classes it may be for; None for an operator. Raises NotUsable for what may not be invited to."""
    group = Group.objects.filter(pk=asked.group).first() if asked.group else None
    if not _may_be_made(asked, group, only_for):
        raise NotUsable
    now, code = staff_service.current().clock(), staff_service.new_code(_GROUPS)
    with transaction.atomic():
        row = Row.objects.create(
            code_hash=staff_service.hashed(code),
            role=asked.role or "",
            organisation_id=group.organisation_id if group else asked.organisation,
            group=group,
            made_by=f"account:{by}",
            made_at=now,
            until=now + min(asked.lasts, LONGEST),
            uses_left=max(1, min(asked.uses, MOST_USES if asked.role is None else 1)),
        )
        record(Action.INVITATION_MADE, by=By("account", str(by)), object_ref=f"invitation:{row.pk}")
    return code


def find(code: str) -> Invitation | None:
    """What a code is for; None when nobody made it, or it is over, spent or taken back."""
    row = Row.objects.filter(_alive(), code_hash=staff_service.hashed(code)).first()
    if row is None:
        return None
    role = Role(row.role) if row.role else None
    return Invitation(row.pk, role, row.organisation_id, row.group_id)


def use(invitation: Invitation, person: UUID | None, account: Account | None) -> None:
    """Use it once. For a class a person is needed, for a role an account; a code for neither lets
    an account be made. Joining twice spends nothing. Raises NotUsable."""
    with transaction.atomic():
        if invitation.group and person and _is_in(person, invitation.group):
            return
        spent = Row.objects.filter(_alive(), pk=invitation.id).update(uses_left=F("uses_left") - 1)
        if not spent:
            raise NotUsable
        if invitation.role is not None:
            _give(invitation, account)
        elif invitation.group is not None:
            if person is None:
                raise NotUsable
            organisations.join(person, invitation.group)
        else:
            record(
                Action.INVITATION_USED,
                by=By("system", "sign-up"),
                object_ref=f"invitation:{invitation.id}",
            )


def take_back(invitation: UUID, by: UUID, *, only_by: str | None = None) -> bool:
    """End an invitation. only_by: whose own it must be; None for an operator."""
    now = staff_service.current().clock()
    with transaction.atomic():
        found = Row.objects.filter(_alive(), pk=invitation)
        if only_by is not None:
            found = found.filter(made_by=only_by)
        if not found.update(ended_at=now):
            return False
        record(
            Action.SETTINGS_CHANGED,
            by=By("account", str(by)),
            object_ref=f"invitation:{invitation}",
        )
    return True


def alive(made_by: UUID | None = None) -> list[Row]:
    """Invitations that can still be used, the newest first."""
    found = Row.objects.filter(_alive())
    if made_by is not None:
        found = found.filter(made_by=f"account:{made_by}")
    return list(found.select_related("group", "organisation").order_by("-made_at"))


def _alive() -> Q:
    now = staff_service.current().clock()
    return Q(until__gt=now, uses_left__gt=0, ended_at=None)


def _may_be_made(asked: Asked, group: Group | None, only_for: frozenset[UUID] | None) -> bool:
    if asked.group is not None and (group is None or asked.role is not None):
        return False
    if only_for is not None:
        return group is not None and group.organisation_id in only_for
    if asked.role is None:
        return True
    return asked.role in INVITED and (asked.organisation is not None) == (asked.role in SERVING)


def _give(invitation: Invitation, account: Account | None) -> None:
    role = invitation.role
    assert role is not None
    if account is None:
        raise NotUsable
    now = staff_service.current().clock()
    held = roles_of(account.pk, now)
    serves = organisations.served_by(account.pk)
    # One organisation for one account: a role held in one must not reach into another.
    elsewhere = role in SERVING and bool(serves - {invitation.organisation})
    if role in held or elsewhere or not may_hold(role, held):
        raise NotUsable
    organisations.give(
        account.pk,
        role,
        invitation.organisation,
        By("account", str(account.pk)),
        f"invitation:{invitation.id}"[:48],
    )
    record(
        Action.INVITATION_USED,
        by=By("account", str(account.pk)),
        object_ref=f"invitation:{invitation.id}",
    )


def _is_in(person: UUID, group: UUID) -> bool:
    return Membership.objects.filter(person_id=person, group_id=group).exists()

"""Organisations and classes, who serves them, and who joined them.

An organisation is the wall between staff: nobody sees or opens anything outside of their own.
Every deed here is noted by the account that did it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from qingting.people import staff_service
from qingting.people.accounts.models import RoleGrant
from qingting.people.roles import SERVING, Role
from qingting.people.staff.models import Appointment, Group, Membership, Organisation
from qingting.privacy.audit import Action, By, record

NAME_LENGTH: Final = 60


class NotHere(Exception):
    """It is not in an organisation that whoever asks serves, or it does not exist."""


def make(name: str, by: UUID) -> Organisation:
    """A new organisation. by: the operator's account."""
    parts = staff_service.current()
    row = Organisation(created_at=parts.clock())
    row.name = parts.seal_name(row, name.strip()[:NAME_LENGTH])
    with transaction.atomic():
        row.save(force_insert=True)
        record(Action.SETTINGS_CHANGED, by=_account(by), object_ref=f"organisation:{row.pk}")
    return row


def make_group(organisation: UUID, name: str, by: UUID) -> Group:
    """A new class of an organisation. Raises NotHere."""
    parts = staff_service.current()
    if not Organisation.objects.filter(pk=organisation).exists():
        raise NotHere
    row = Group(organisation_id=organisation, created_at=parts.clock())
    row.name = parts.seal_name(row, name.strip()[:NAME_LENGTH])
    with transaction.atomic():
        row.save(force_insert=True)
        record(Action.SETTINGS_CHANGED, by=_account(by), object_ref=f"group:{row.pk}")
    return row


def served_by(account: UUID) -> frozenset[UUID]:
    """The organisations an account serves now."""
    found = Appointment.objects.filter(account_id=account, ended_at=None)
    return frozenset(found.values_list("organisation_id", flat=True))


def groups_of(account: UUID) -> list[Group]:
    """The classes of the organisations an account serves."""
    found = Group.objects.filter(organisation__in=served_by(account))
    return list(found.order_by("created_at"))


def group_for(account: UUID, group: UUID) -> Group:
    """A class, for somebody who serves its organisation. Raises NotHere."""
    found = Group.objects.filter(pk=group, organisation__in=served_by(account)).first()
    if found is None:
        raise NotHere
    return found


def give(account: UUID, role: Role, organisation: UUID | None, by: By, given_by: str) -> None:
    """Give an account a role, with an organisation to serve where the role asks for one. In the
    caller's transaction."""
    now = staff_service.current().clock()
    RoleGrant.objects.create(account_id=account, role=role, given_by=given_by, given_at=now)
    if role in SERVING and organisation is not None and organisation not in served_by(account):
        Appointment.objects.create(account_id=account, organisation_id=organisation, since=now)
    record(Action.ROLE_GRANTED, by=by, object_ref=f"{role}:{account}")


def take(grant: UUID, by: By) -> bool:
    """Take a role. Whoever serves no organisation as anything any more has no appointment left.
    False when it was taken already or never was."""
    now = staff_service.current().clock()
    with transaction.atomic():
        row = RoleGrant.objects.filter(pk=grant, taken_at=None).first()
        if row is None:
            return False
        RoleGrant.objects.filter(pk=grant).update(taken_at=now)
        _leave_posts(row.account_id, now)
        record(Action.ROLE_REVOKED, by=by, object_ref=f"{row.role}:{row.account_id}")
    return True


def join(person: UUID, group: UUID) -> Membership:
    """Somebody joins a class; joining twice is joining once."""
    with transaction.atomic():
        found = Membership.objects.filter(person_id=person, group_id=group).first()
        if found is not None:
            return found
        row = Membership.objects.create(
            person_id=person,
            group_id=group,
            reference=staff_service.new_reference(),
            joined_at=staff_service.current().clock(),
        )
        record(
            Action.GROUP_JOINED,
            by=By("person", str(person)),
            subject=person,
            object_ref=f"group:{group}",
        )
    return row


def leave(person: UUID, membership: UUID) -> bool:
    """Somebody leaves a class. False when it is not theirs."""
    with transaction.atomic():
        mine = Membership.objects.filter(pk=membership, person_id=person)
        row = mine.first()
        if row is None:
            return False
        mine.delete()
        record(
            Action.GROUP_LEFT,
            by=By("person", str(person)),
            subject=person,
            object_ref=f"group:{row.group_id}",
        )
    return True


def _leave_posts(account: UUID, now: datetime) -> None:
    still = RoleGrant.objects.filter(account_id=account, taken_at=None, role__in=SERVING)
    if not still.exists():
        Appointment.objects.filter(account_id=account, ended_at=None).update(ended_at=now)


def _account(account: UUID) -> By:
    return By("account", str(account))

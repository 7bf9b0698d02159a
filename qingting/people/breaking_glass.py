"""Break-glass: the one way to something of a person's without their saying so, for an emergency.

Somebody who serves the person's organisation asks, with a reason; a supervisor who is not the one
who asked allows it; it is open for an hour, to the one who asked; every look is noted; and the
person is told. Each of these is checked again at every step, whatever a page showed before.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from qingting.people import organisations, staff_service
from qingting.people.accounts import belonging
from qingting.people.actor import Actor
from qingting.people.roles import Role
from qingting.people.staff.models import BreakGlass, Membership
from qingting.people.staff.ports import Line
from qingting.privacy.audit import Action, By, record
from qingting.privacy.sealing import Place

OPEN_FOR: Final = timedelta(minutes=60)
WAITS_FOR: Final = timedelta(hours=24)
LONGEST_DELAY: Final = timedelta(days=7)
FEWEST_LETTERS: Final = 20
MOST_LETTERS: Final = 1000


class What(StrEnum):
    """What can be opened. Nothing else can."""

    IDENTITY = "identity"
    LAST_CONVERSATION = "last_conversation"
    PLAN = "plan"


_READ: Final = {
    What.IDENTITY: Action.IDENTITY_READ,
    What.LAST_CONVERSATION: Action.CONVERSATION_READ,
    What.PLAN: Action.PLAN_READ,
}


class Refused(Exception):
    """A condition is missing. why: a word of ours: role, nobody, reason, danger, decided, over,
    yourself, closed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. reference: of a membership. delay: how long the person is not told, only
    where danger says what telling would do."""

    reference: str
    what: What
    reason: str
    delay: timedelta = timedelta(0)
    danger: str = ""


def ask(actor: Actor, asked: Asked) -> UUID:
    """Ask to open something. Where no second person is needed it is open at once. Raises
    Refused."""
    account, served = _serving(actor, Role.COUNSELLOR, Role.SUPERVISOR)
    if not _says_something(asked.reason):
        raise Refused("reason")
    if asked.delay and not _says_something(asked.danger):
        raise Refused("danger")
    if not timedelta(0) <= asked.delay <= LONGEST_DELAY:
        raise Refused("danger")
    member = (
        Membership.objects.select_related("group")
        .filter(reference=asked.reference.strip().lower(), group__organisation__in=served)
        .first()
    )
    if member is None:
        raise Refused("nobody")
    _not_oneself(account, member.person_id)
    parts = staff_service.current()
    now, seal = parts.clock(), parts.keyring.open(member.person_id)
    row = BreakGlass(
        person_id=member.person_id,
        organisation_id=member.group.organisation_id,
        what=asked.what,
        asked_by=account,
        asked_at=now,
        decision="",
        told_from=now + asked.delay,
    )
    row.reason = seal.seal(asked.reason.strip()[:MOST_LETTERS], _place(row.pk, "reason"))
    if asked.delay:
        row.danger = seal.seal(asked.danger.strip()[:MOST_LETTERS], _place(row.pk, "danger"))
    with transaction.atomic():
        row.save(force_insert=True)
        _note(Action.BREAK_GLASS_ASKED, account, row)
        if not parts.needs_two:
            _allow(row, account, now)
    return row.pk


def decide(actor: Actor, which: UUID, *, allow: bool) -> None:
    """A supervisor other than who asked allows or refuses. Raises Refused."""
    account, served = _serving(actor, Role.SUPERVISOR)
    now = staff_service.current().clock()
    with transaction.atomic():
        row = (
            BreakGlass.objects.select_for_update().filter(pk=which, organisation__in=served).first()
        )
        if row is None:
            raise Refused("nobody")
        if row.asked_by == account:
            raise Refused("yourself")
        _not_oneself(account, row.person_id)
        if row.decision:
            raise Refused("decided")
        if now >= row.asked_at + WAITS_FOR:
            raise Refused("over")
        if allow:
            _allow(row, account, now)
            return
        row.decision, row.decided_by, row.decided_at = "refused", account, now
        row.save(update_fields=["decision", "decided_by", "decided_at"])
        _note(Action.BREAK_GLASS_REFUSED, account, row)


def read(actor: Actor, which: UUID) -> list[Line]:
    """What was allowed to be opened, for the one who asked, while it is open. Noted before
    anything is shown. Raises Refused, StorageError."""
    account, served = _serving(actor, Role.COUNSELLOR, Role.SUPERVISOR)
    end_what_is_over()
    now = staff_service.current().clock()
    with transaction.atomic():
        row = (
            BreakGlass.objects.select_for_update()
            .filter(pk=which, asked_by=account, organisation__in=served)
            .first()
        )
        if row is None:
            raise Refused("nobody")
        if not is_open(row, now):
            raise Refused("closed")
        found = _opened(row)
        if row.read_at is None:
            row.read_at = now
            row.save(update_fields=["read_at"])
            _note(Action.BREAK_GLASS_OPENED, account, row)
        _note(_READ[What(row.what)], account, row)
    return found


def close(actor: Actor, which: UUID) -> None:
    """The one who asked closes it before its time. Raises Refused."""
    account, served = _serving(actor, Role.COUNSELLOR, Role.SUPERVISOR)
    now = staff_service.current().clock()
    with transaction.atomic():
        row = BreakGlass.objects.filter(
            pk=which, asked_by=account, organisation__in=served, ended_at=None
        ).first()
        if row is None or not is_open(row, now):
            raise Refused("closed")
        BreakGlass.objects.filter(pk=which).update(ended_at=now)
        _note(Action.BREAK_GLASS_ENDED, account, row)


def is_open(row: BreakGlass, now: datetime) -> bool:
    """Whether what was asked can be read now."""
    return (
        row.decision == "allowed"
        and row.ended_at is None
        and row.open_until is not None
        and now < row.open_until
    )


def end_what_is_over() -> int:
    """Note the end of what ended by itself; it cannot be read from that moment in any case.
    Returns how many."""
    now = staff_service.current().clock()
    over = BreakGlass.objects.filter(ended_at=None, open_until__lte=now)
    ended = 0
    for row in list(over[:100]):
        with transaction.atomic():
            if over.filter(pk=row.pk).update(ended_at=row.open_until):
                record(
                    Action.BREAK_GLASS_ENDED,
                    by=By("system", "break-glass"),
                    subject=row.person_id,
                    object_ref=object_of(row.pk),
                )
                ended += 1
    return ended


def of_organisations(account: UUID) -> QuerySet[BreakGlass]:
    """What was asked in the organisations an account serves, the newest first."""
    served = organisations.served_by(account)
    return BreakGlass.objects.filter(organisation__in=served).order_by("-asked_at")


def reason_of(row: BreakGlass) -> tuple[str, str]:
    """(the reason, what telling would do or ""). Raises StorageError."""
    seal = staff_service.current().keyring.open(row.person_id)
    danger = "" if row.danger is None else seal.open(row.danger, _place(row.pk, "danger"))
    return seal.open(row.reason, _place(row.pk, "reason")), danger


def object_of(which: UUID) -> str:
    """How the audit log names it."""
    return f"break-glass:{which}"


def _serving(actor: Actor, *roles: Role) -> tuple[UUID, frozenset[UUID]]:
    """(the account, the organisations it serves) of somebody who holds one of these roles now,
    with a second factor shown. Raises Refused."""
    if actor.account is None or not actor.second_factor or not actor.holds(*roles):
        raise Refused("role")
    return actor.account, organisations.served_by(actor.account)


def _not_oneself(account: UUID, person: UUID) -> None:
    if belonging.current().person_of(account) == person:
        raise Refused("yourself")


def _says_something(text: str) -> bool:
    """At least twenty letters or digits, and not one of them over and over."""
    letters = [one for one in text if unicodedata.category(one)[0] in "LN"]
    return len(letters) >= FEWEST_LETTERS and len(set(letters)) >= 6


def _allow(row: BreakGlass, by: UUID, now: datetime) -> None:
    row.decision, row.decided_by, row.decided_at = "allowed", by, now
    row.open_until = now + OPEN_FOR
    row.save(update_fields=["decision", "decided_by", "decided_at", "open_until"])
    _note(Action.BREAK_GLASS_APPROVED, by, row)


def _opened(row: BreakGlass) -> list[Line]:
    parts = staff_service.current()
    match What(row.what):
        case What.PLAN:
            return list(parts.opens.plan(row.person_id))
        case What.LAST_CONVERSATION:
            return list(parts.opens.last_conversation(row.person_id))
        case What.IDENTITY:
            return _identity(row.person_id)


def _identity(person: UUID) -> list[Line]:
    """What the campus said of them. The account's own name is not part of it: it leads nowhere
    outside of here."""
    account = belonging.current().account_of(person)
    said = belonging.current().identity_of(account.pk) if account is not None else {}
    return [Line(name, text) for name, text in said.items()]


def _note(action: Action, account: UUID, row: BreakGlass) -> None:
    record(
        action,
        by=By("account", str(account)),
        subject=row.person_id,
        object_ref=object_of(row.pk),
    )


def _place(row: UUID, column: str) -> Place:
    return Place("staff_breakglass", column, row)

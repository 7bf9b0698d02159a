"""What staff are asked to do when nobody answered: a word of a class and a time, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from qingting.companion.policy import Telling as Rule
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.who_is_told import safe_staff
from qingting.people import organisations
from qingting.people.accounts.models import RoleGrant
from qingting.people.consent import grants
from qingting.people.consent.vocabulary import What
from qingting.people.roles import SERVING
from qingting.people.staff.models import Appointment, Membership
from qingting.privacy.audit import Action, By, record
from qingting.telling.models import State, Task, Telling

Outcome = Literal["reached", "not_reached"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("reached", "not_reached")


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task as staff see it. reference: the word their class knows them by. mine: taken by
    whoever looks."""

    id: UUID
    reference: str
    made_at: datetime
    taken_at: datetime | None
    mine: bool
    ended_at: datetime | None
    outcome: str
    there: bool


def make_tasks(row: Telling, episode: Episode, rule: Rule, now: datetime) -> bool:
    """Ask the staff of every school they joined a class of; False where there is nobody to ask, or
    nobody may be: they must have agreed, or the policy do without, and nobody of a school be said
    to hurt them. In the caller's transaction."""
    person = row.person_id
    agreed = grants.holds(person, What.SCHOOL_IS_ASKED, now=now) is not None
    if not safe_staff(episode) or not (agreed or rule == "on_explicit_intent"):
        return False
    joined = Membership.objects.filter(person_id=person)
    asked = set(joined.values_list("group__organisation", flat=True))
    serving = Appointment.objects.filter(
        organisation__in=asked, ended_at=None, account__in=_on_duty()
    )
    served = set(serving.values_list("organisation", flat=True))
    for organisation in served:
        Task.objects.get_or_create(
            telling=row,
            organisation_id=organisation,
            defaults={"person_id": person, "made_at": now, "outcome": ""},
        )
    return bool(served)


def of(account: UUID) -> list[ShownTask]:
    """The tasks of the organisations that an account serves: what is open first."""
    served = organisations.served_by(account)
    rows = Task.objects.filter(organisation__in=served).select_related("telling")
    ordered = sorted(rows, key=lambda one: (one.ended_at is not None, -one.made_at.timestamp()))
    return [_shown(one, account) for one in ordered]


def take(account: UUID, which: UUID, now: datetime) -> bool:
    """Somebody on duty looks after it. False when somebody else does, or it is none of theirs."""
    with transaction.atomic():
        mine = _mine(account, which).filter(taken_by=None, ended_at=None)
        row = mine.first()
        if row is None or not mine.update(taken_by=account, taken_at=now):
            return False
        by = By("account", str(account))
        record(Action.ALERT_SEEN, by=by, subject=row.person_id, object_ref=f"task:{row.pk}")
    return True


def end(account: UUID, which: UUID, outcome: Outcome, now: datetime) -> bool:
    """What came of it. False when it is not theirs."""
    mine = _mine(account, which).filter(taken_by=account, ended_at=None)
    with transaction.atomic():
        row = mine.first()
        if row is None or not mine.update(ended_at=now, outcome=outcome):
            return False
        if outcome == "reached":
            waiting = Telling.objects.filter(pk=row.telling_id, state=State.STAFF)
            waiting.update(state=State.THERE)
    return True


def _mine(account: UUID, which: UUID) -> QuerySet[Task]:
    return Task.objects.filter(pk=which, organisation__in=organisations.served_by(account))


def _on_duty() -> QuerySet[RoleGrant, UUID]:
    held = RoleGrant.objects.filter(role__in=SERVING, taken_at=None)
    return held.values_list("account", flat=True)


def _shown(row: Task, account: UUID) -> ShownTask:
    joined = Membership.objects.filter(
        person_id=row.person_id, group__organisation=row.organisation_id
    )
    return ShownTask(
        id=row.pk,
        reference=joined.values_list("reference", flat=True).first() or "",
        made_at=row.made_at,
        taken_at=row.taken_at,
        mine=row.taken_by == account,
        ended_at=row.ended_at,
        outcome=row.outcome,
        there=row.telling.state == State.THERE,
    )

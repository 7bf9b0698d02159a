"""The statements of a safety plan, each by hand and by name.

They run on the main database's `cursor`; change_plan needs a transaction that the caller holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from qingting.companion.protect.safety_plan import SafetyPlan, Section, dump, load
from qingting.privacy.sealing import PersonSeal, Place

_READ: Final = "SELECT body FROM safety_safetyplan WHERE person_id = %s"


def plan_of(cursor: Any, person: UUID, seal: PersonSeal) -> SafetyPlan:
    """The person's safety plan; an empty one when there is none. Raises Unreadable."""
    cursor.execute(_READ, [_id(person)])
    row = cursor.fetchone()
    return SafetyPlan() if row is None else _opened(row[0], person, seal)


def change_plan(
    cursor: Any,
    person: UUID,
    seal: PersonSeal,
    change: Callable[[SafetyPlan], SafetyPlan],
    now: datetime,
) -> SafetyPlan:
    """Read, change and keep the person's plan with nobody else in between; returns it as kept.

    The row is made first where there is none: a row that is not there cannot be locked.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    cursor.execute(
        "INSERT INTO safety_safetyplan (person_id, body, updated_at) VALUES (%s, %s, %s) "
        "ON CONFLICT (person_id) DO NOTHING",
        [_id(person), _sealed(SafetyPlan(), person, seal), moment],
    )
    cursor.execute(_READ + _for_update(), [_id(person)])
    changed = change(_opened(cursor.fetchone()[0], person, seal))
    cursor.execute(
        "UPDATE safety_safetyplan SET body = %s, updated_at = %s WHERE person_id = %s",
        [_sealed(changed, person, seal), moment, _id(person)],
    )
    return changed


def add_items(
    cursor: Any,
    person: UUID,
    seal: PersonSeal,
    items: Iterable[tuple[Section, str]],
    now: datetime,
) -> None:
    """Add lines told in a conversation to the person's plan."""

    def with_items(plan: SafetyPlan) -> SafetyPlan:
        for section, text in items:
            plan = plan.adding(section, text)
        return plan

    change_plan(cursor, person, seal, with_items, now)


def delete_plan(cursor: Any, person: UUID) -> None:
    """Delete the person's plan, if there is one."""
    cursor.execute("DELETE FROM safety_safetyplan WHERE person_id = %s", [_id(person)])


def _sealed(plan: SafetyPlan, person: UUID, seal: PersonSeal) -> bytes:
    return seal.seal_json(dump(plan), Place("safety_safetyplan", "body", person))


def _opened(body: Any, person: UUID, seal: PersonSeal) -> SafetyPlan:
    return load(seal.open_json(body, Place("safety_safetyplan", "body", person)))


def _id(person: UUID) -> str | UUID:
    return person.hex if connection.vendor == "sqlite" else person


def _for_update() -> str:
    """Locks the row. SQLite needs nothing: its transaction already holds the file."""
    return " FOR UPDATE" if connection.vendor == "postgresql" else ""

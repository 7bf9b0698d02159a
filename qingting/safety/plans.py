"""Safety plans as their page reads, saves and deletes them. Whoever asks is known by the token of
their device; nobody reaches somebody else's plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import connection, transaction

from qingting.companion.protect.safety_plan import MOST_ITEMS, SECTIONS, SafetyPlan, Section, dump
from qingting.people import devices
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.safety.plan_statements import change_plan, delete_plan, plan_of

CannotStore = (StorageError, DatabaseError, OSError)


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans at work in one process. All of it raises one of CannotStore when storage fails."""

    keyring: Keyring
    clock: Callable[[], datetime]

    def of(self, token: str | None) -> SafetyPlan:
        """The plan of a device's person; an empty one where there is none."""
        person = devices.find_person(token)
        if person is None:
            return SafetyPlan()
        seal = self.keyring.open(person)
        with connection.cursor() as cursor:
            return plan_of(cursor, person, seal)

    def save(self, token: str, typed: SafetyPlan, seen: str) -> SafetyPlan:
        """Keep a plan as it was typed, and return it as kept. seen: version of the plan that the
        page showed; lines added to it since (in a talk, in another window) are kept as well."""
        now = self.clock()
        person = devices.find_person(token) or devices.welcome(token, self.keyring, now)
        seal = self.keyring.open(person)

        def change(stored: SafetyPlan) -> SafetyPlan:
            return typed if version_of(stored) == seen else _together(stored, typed)

        with transaction.atomic(), connection.cursor() as cursor:
            return change_plan(cursor, person, seal, change, now)

    def delete(self, token: str | None) -> None:
        """Delete the plan of a device's person."""
        person = devices.find_person(token)
        if person is not None:
            with connection.cursor() as cursor:
                delete_plan(cursor, person)


def typed_plan(texts: Mapping[Section, str]) -> tuple[SafetyPlan, bool]:
    """A plan from what was typed, one item a line, and whether all of it fits in."""
    plan, fits = SafetyPlan(), True
    for section in SECTIONS:
        lines = [" ".join(line.split()) for line in texts.get(section, "").splitlines()]
        items = tuple(dict.fromkeys(filter(None, lines)))
        plan = plan.replacing(section, items[:MOST_ITEMS])
        fits = fits and plan.of(section) == items
    return plan, fits


def version_of(plan: SafetyPlan) -> str:
    """Tells one content of a plan from another."""
    return hashlib.sha256(json.dumps(dump(plan)).encode()).hexdigest()[:16]


def _together(stored: SafetyPlan, typed: SafetyPlan) -> SafetyPlan:
    for section in SECTIONS:
        stored = stored.replacing(section, (*stored.of(section), *typed.of(section)))
    return stored


_current: Plans | None = None


def use(plans: Plans) -> None:
    """Set the plans of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one keyring; set once at start
    _current = plans


def current() -> Plans:
    """The plans of this process. Raises RuntimeError before the site wired them."""
    if _current is None:
        raise RuntimeError("plans are not wired: qingting.site.wiring.wire() was not called")
    return _current

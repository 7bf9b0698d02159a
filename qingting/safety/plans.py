"""Safety plans as their page reads, saves and deletes them; danger in them heard. Whoever asks is
known by the token of their device; nobody reaches somebody else's plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection, transaction

from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode, settled
from qingting.companion.protect.safety_plan import MOST_ITEMS, SECTIONS, SafetyPlan, Section, dump
from qingting.people import devices
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.safety.hearing import Answer, Danger, answer
from qingting.safety.plan_hearing import dangers_in
from qingting.safety.plan_statements import change_plan, delete_plan, plan_of
from qingting.safety.ports import Episodes

CannotStore = (StorageError, DatabaseError, OSError)


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of saving. plan: as it is kept now. typed: the plan that was typed; the two differ
    where lines had been added meanwhile. fits: whether all that was typed went in. heard: what is
    said to danger in it, None where nothing is."""

    plan: SafetyPlan
    typed: SafetyPlan
    fits: bool
    heard: Answer | None


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans at work in one process. All of it raises one of CannotStore when storage fails,
    except where it says otherwise."""

    keyring: Keyring
    episodes: Episodes
    clock: Callable[[], datetime]

    def of(self, token: str | None) -> SafetyPlan:
        """The plan of a device's person; an empty one where there is none."""
        person = devices.find_person(token)
        if person is None:
            return SafetyPlan()
        seal = self.keyring.open(person)
        with connection.cursor() as cursor:
            return plan_of(cursor, person, seal)

    def save(self, token: str, texts: Mapping[Section, str], seen: str, person: Person) -> Kept:
        """Keep a plan as it was typed; what is said where danger that happens now stands in it,
        which raises the safety episode in the same transaction. seen: version of the plan that
        the page showed; lines added to it since (in a talk, in another window) are kept too."""
        now = self.clock()
        typed, fits = typed_plan(texts)
        found = dangers_in(self.of(token), texts, person.language)
        whose = devices.find_person(token) or devices.welcome(token, self.keyring, now)
        seal = self.keyring.open(whose)

        def change(stored: SafetyPlan) -> SafetyPlan:
            return typed if version_of(stored) == seen else _together(stored, typed)

        with transaction.atomic():
            with connection.cursor() as cursor:
                kept = change_plan(cursor, whose, seal, change, now)
            heard = self._heard(whose, seal, found, person, typed) if found else None
        return Kept(kept, typed, fits, heard)

    def hear_unsaved(
        self, token: str | None, texts: Mapping[Section, str], person: Person
    ) -> Answer | None:
        """What is said to danger where nothing can be kept: words that cannot wait do not wait for
        storage. Never raises because storage failed."""
        try:
            before, episode = self.of(token), self._episode_of(token)
        except CannotStore:
            before, episode = SafetyPlan(), Episode()
        found = dangers_in(before, texts, person.language)
        if not found:
            return None
        return answer(found, person, episode, self.clock(), version_of(typed_plan(texts)[0]))

    def delete(self, token: str | None) -> None:
        """Delete the plan of a device's person."""
        person = devices.find_person(token)
        if person is not None:
            with connection.cursor() as cursor:
                delete_plan(cursor, person)

    def _heard(
        self, whose: UUID, seal: PersonSeal, found: list[Danger], person: Person, typed: SafetyPlan
    ) -> Answer:
        """The words of danger, with the episode raised and the referral counted."""
        now = self.clock()
        with connection.cursor() as cursor:
            episode = settled(self.episodes.of(cursor, whose, seal), now)
            told = answer(found, person, episode, now, version_of(typed))
            self.episodes.keep(cursor, whose, seal, told.episode, now)
        self.episodes.answered(whose, now)
        return told

    def _episode_of(self, token: str | None) -> Episode:
        person = devices.find_person(token)
        if person is None:
            return Episode()
        with connection.cursor() as cursor:
            stored = self.episodes.of(cursor, person, self.keyring.open(person))
        return settled(stored, self.clock())


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

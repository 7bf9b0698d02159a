"""The policy in force: the packs that the operator chose, resolved for one person and one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings

from qingting.companion.person import AgeBand, Person
from qingting.companion.policy import Policy
from qingting.people.consent.ages import AgeRules, companion_band
from qingting.policy.hosted import may_ask
from qingting.policy.packs import resolve
from qingting.policy.packs.combine import Chosen
from qingting.policy.packs.duties import Duties
from qingting.policy.packs.shelf import DEFAULT, of_place, own_pack, shipped, with_those_around

if TYPE_CHECKING:
    # Commands that ask for the packs alone run without the tables.
    from qingting.people.consent.service import Consents

MINORS: Final[tuple[AgeBand, ...]] = ("under_14", "14_15", "16_17")


@lru_cache(maxsize=32)
def chosen_by(policy: str, place: str, own: str, confirmed: str) -> Chosen:
    """The packs of a choice. policy: ids with commas between; "" for that of the place, else the
    default alone. own: an operator's file. confirmed: ids of statements, commas between.

    Raises PackError.
    """
    known = dict(shipped())
    ids = [one.strip() for one in policy.split(",") if one.strip()]
    if own:
        pack = own_pack(Path(own))
        known[pack.id] = pack
        ids.append(pack.id)
    if not policy.strip() and (there := of_place(place, known)) is not None:
        ids.insert(0, there)
    packs = tuple(pack for pack in with_those_around(ids, known) if pack.id != DEFAULT)
    said = frozenset(one.strip() for one in confirmed.split(",") if one.strip())
    return Chosen(packs, known[DEFAULT], said)


def chosen() -> Chosen:
    """What this installation's operator chose. Raises PackError."""
    config = settings.CONFIG
    return chosen_by(config.policy, config.place, config.policy_file, config.policy_confirmed)


def policy_for(person: Person | None = None, today: date | None = None) -> Policy:
    """The policy of this installation for a person (default: one of whom nothing is known), with
    its cap on model calls. today: their own day; the day in UTC by default."""
    config = settings.CONFIG
    person = person or Person()
    address = config.endpoint[0] if config.endpoint else ""
    law = _law(chosen(), person.age_band, person.region or "", today or datetime.now(UTC).date())
    return replace(
        law,
        model_calls_per_day=config.model_calls_per_day,
        hosted_model=may_ask(config.hosted_models, duties().only_mainland, address),
    )


def policy_of_person(person: UUID, consents: Consents) -> Policy:
    """The policy for somebody by the age they said. Raises StorageError, DatabaseError, and
    ValueError where that age is none."""
    return policy_for(Person(age_band=companion_band(consents.age_of(person), consents.rules)))


def asks_first(person: UUID, consents: Consents) -> bool:
    """Whether somebody may be asked how they are of our own accord. Raises as above. Their age is
    looked up only where it matters."""
    if all(policy_for(Person(age_band=band)).asks_minors_first for band in MINORS):
        return True
    band = companion_band(consents.age_of(person), consents.rules)
    who = Person(age_band=band)
    return policy_for(who).asks_first(minor=who.is_minor)


def age_rules() -> AgeRules:
    """What this installation asks for the young."""
    return _age_rules(chosen(), datetime.now(UTC).date())


def duties() -> Duties:
    """What this installation owes, whoever is looking."""
    return _duties(chosen(), datetime.now(UTC).date())


@lru_cache(maxsize=64)
def _age_rules(of: Chosen, day: date) -> AgeRules:
    return resolve.age_rules_of(of, day)


@lru_cache(maxsize=64)
def _duties(of: Chosen, day: date) -> Duties:
    return resolve.duties_of(of, day)


@lru_cache(maxsize=512)
def _resolved(of: Chosen, band: str, day: date) -> Policy:
    return resolve.policy_of(of, band, day)  # type: ignore[arg-type]  # an AgeBand, as it came


@lru_cache(maxsize=512)
def _law(of: Chosen, band: str, region: str, day: date) -> Policy:
    """The operator's packs, and for the notices the person's own place as well: what one is told
    does not depend on where the server stands. Who may be told of danger, and who may talk, is for
    the operator's packs alone."""
    law = _resolved(of, band, day)
    there = of_place(region, shipped())
    if there is None or any(pack.id == there for pack in of.packs):
        return law
    both = replace(of, packs=(*of.packs, *with_those_around([there], shipped())))
    theirs = _resolved(both, band, day)
    return replace(
        law,
        disclose_at_start=theirs.disclose_at_start,
        disclosure_interval=theirs.disclosure_interval,
        disclosure_after_absence=theirs.disclosure_after_absence,
        disclose_on_dependence=theirs.disclose_on_dependence,
        break_interval=theirs.break_interval,
        break_interval_minor=theirs.break_interval_minor,
    )

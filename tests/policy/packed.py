"""Packs as tests choose them, without an installation."""

from __future__ import annotations

from datetime import date
from typing import Final

from qingting.companion.person import AgeBand
from qingting.companion.policy import Policy
from qingting.people.consent.ages import AgeRules
from qingting.policy.packs.combine import Chosen
from qingting.policy.packs.resolve import age_rules_of, policy_of
from qingting.policy.profile import chosen_by

TODAY: Final = date(2026, 11, 23)


def choice(packs: str = "", *, place: str = "", confirmed: str = "") -> Chosen:
    """What an operator chose."""
    return chosen_by(packs, place, "", confirmed)


def rules_at(place: str) -> AgeRules:
    """What a country asks for the young."""
    return age_rules_of(choice(place=place), TODAY)


def policy_at(packs: str, band: AgeBand, day: date = TODAY) -> Policy:
    """What a turn obeys under these packs for somebody of an age."""
    return policy_of(choice(packs), band, day)


CN: Final = rules_at("CN")
US: Final = rules_at("US")
EU: Final = rules_at("DE")
ELSEWHERE: Final = rules_at("")

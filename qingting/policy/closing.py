"""Places where it may not run at all, and claims that a place forbids: said at the start."""

from __future__ import annotations

from datetime import date
from typing import Final

from qingting.companion.person import Language
from qingting.policy.operator_words import said
from qingting.policy.packs.combine import Chosen, decide
from qingting.policy.packs.resolve import duties_of

SCHOOL: Final = "school"
_CLAIMS: Final = ("claims.therapy_service", "claims.licensed_professional")


def closed(chosen: Chosen, day: date, language: Language) -> str | None:
    """Why it must not start: a school in a place whose law is closed to schools. None: it may."""
    if not any(pack.id == SCHOOL for pack in chosen.packs):
        return None
    if not duties_of(chosen, day).closed_to_schools:
        return None
    found = decide(chosen, "adult", day)["deploy.school"]
    by = (*found.by, *found.unsure)
    names = [pack.name(language) for pack in chosen.packs if pack.id in {one.pack for one in by}]
    refs = ", ".join(dict.fromkeys(one.ref for one in by))
    return said(language, "check", "closed", place=", ".join(names), ref=refs)


def claims(chosen: Chosen, day: date, language: Language) -> str | None:
    """One line on what nothing may be called, where a chosen place has a law on it; else None."""
    decided = decide(chosen, "adult", day)
    stating = {
        one.pack
        for key in _CLAIMS
        if key in decided
        for one in (*decided[key].by, *decided[key].unsure)
        if one.state != "derived"
    }
    places = [pack.name(language) for pack in chosen.packs if pack.id in stating]
    if not places:
        return None
    return said(language, "start", "claims", places=_listed(places, language))


def _listed(names: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)

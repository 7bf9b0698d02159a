"""What is wrong with how an installation is set up for the rules it chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal, get_args

import qingting
from qingting.companion.person import AgeBand, Language
from qingting.policy.closing import closed
from qingting.policy.obeying import OBEYING
from qingting.policy.obeying_kinds import Procedure, code_of, is_there
from qingting.policy.operator_words import said
from qingting.policy.packs.combine import Chosen, Decision, decide
from qingting.policy.packs.pack import Statement
from qingting.policy.showing import rows

_AGES: Final[tuple[AgeBand, ...]] = get_args(AgeBand)
_LOOKED_AT: Final = timedelta(days=365)
_CONTACT: Final = "crisis.contact_guardian_or_emergency"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an operator filled in.

    mail: letters can go out. campus: accounts are tied to somebody by a campus sign-in, or there
    are none. outside_asked: the setting lets a model outside of the country be asked about.
    placed: a place or packs were chosen.
    """

    contact: str = ""
    mail: bool = False
    campus: bool = False
    outside_asked: bool = False
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing. fix: it must be put right; else it wants a look."""

    verdict: Literal["fix", "warning"]
    says: str


def findings(chosen: Chosen, set_up: SetUp, day: date, language: Language) -> list[Finding]:
    """Everything, what must be put right first."""
    decided = decide(chosen, "adult", day)
    found = [
        *_obeyed(chosen, day, language),
        *_owed(decided, set_up, language),
        *_confirmed(chosen, language),
        *_old(chosen, day, language),
        *_waiting(chosen, day, language),
    ]
    shut = closed(chosen, day, language)
    if shut is not None:
        found.append(Finding("fix", shut))
    if not set_up.placed:
        found.append(Finding("warning", said(language, "check", "no_place")))
    return sorted(found, key=lambda one: one.verdict != "fix")


def _obeyed(chosen: Chosen, day: date, language: Language) -> Iterator[Finding]:
    """Every control that applies to anybody has something that obeys it, and that exists."""
    applying: dict[str, str] = {}
    for band in _AGES:
        for row in rows(chosen, band, day):
            if row.value is not None:
                refs = ", ".join(one.statement.ref for one in row.reasons)
                applying.setdefault(row.control.key, refs or chosen.default.id)
    for key, ref in applying.items():
        one = OBEYING.get(key)
        if one is None:
            words = said(language, "check", "nobody_obeys", control=key, ref=ref)
            yield Finding("fix", words)
            continue
        for code in code_of(one):
            if not is_there(code):
                yield Finding("fix", said(language, "check", "gone", control=key, what=code))
        if isinstance(one, Procedure) and not _is_written(one):
            yield Finding("fix", said(language, "check", "gone", control=key, what=one.document))


def _is_written(one: Procedure) -> bool:
    """Whether a document is there; a package installed without its documents cannot tell."""
    root = Path(qingting.__file__).resolve().parents[1]
    return not (root / "docs").is_dir() or (root / one.document).is_file()


def _owed(decided: Mapping[str, Decision], set_up: SetUp, language: Language) -> Iterator[Finding]:
    """What the operator has to fill in. Where nobody is sure that it is owed, a look is enough."""
    for key, wanted, missing, words in (
        ("complaints.channel_with_deadline", True, not set_up.contact, "contact"),
        (_CONTACT, "on_explicit_intent", not set_up.mail, "mail"),
        ("register.real_identity", True, not set_up.campus, "identity"),
        ("data.localisation", "mainland", set_up.outside_asked, "outside"),
    ):
        one = decided.get(key)
        if one is None or one.value != wanted or not missing:
            continue
        ref = _refs((*one.by, *one.unsure)) or "default"
        sure = bool(one.by) and words != "outside"
        yield Finding("fix" if sure else "warning", said(language, "check", words, ref=ref))


def _confirmed(chosen: Chosen, language: Language) -> Iterator[Finding]:
    known = {one.id for pack in chosen.packs for one in pack.statements}
    for one in sorted(chosen.confirmed - known):
        yield Finding("fix", said(language, "check", "confirmed", id=one))


def _old(chosen: Chosen, day: date, language: Language) -> Iterator[Finding]:
    for pack in chosen.packs:
        if day - pack.verified_on > _LOOKED_AT:
            words = said(language, "check", "old", name=pack.name(language), day=pack.verified_on)
            yield Finding("warning", words)


def _waiting(chosen: Chosen, day: date, language: Language) -> Iterator[Finding]:
    waiting = {
        reason.statement.id
        for band in _AGES
        for row in rows(chosen, band, day)
        for reason in row.reasons
        if reason.how == "unconfirmed"
    }
    if waiting:
        yield Finding("warning", said(language, "check", "waiting", n=len(waiting)))


def _refs(statements: tuple[Statement, ...]) -> str:
    return ", ".join(dict.fromkeys(one.ref for one in statements))

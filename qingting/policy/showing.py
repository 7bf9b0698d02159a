"""What applies and why: each control with its value, whose statement it is, and what stands beside
it (not yet, not sure, overruled, only suggested)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qingting.companion.person import AgeBand, Language
from qingting.policy.operator_words import asks, said, value_words
from qingting.policy.packs.combine import Chosen, Decision, decide
from qingting.policy.packs.controls import Control
from qingting.policy.packs.kinds import Value
from qingting.policy.packs.pack import Pack, Statement

# decides: it is the value. unsure: it made the value stricter without being sure. The others do
# not count: see qingting.policy.packs.combine.
How = Literal["decides", "unsure", "overruled", "to_come", "suggested", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement, and what it does to the value."""

    statement: Statement
    how: How


@dataclass(frozen=True, slots=True)
class Row:
    """One control as it holds for an age on a day. reasons: none where the default decides alone,
    or nobody states it for this age (value None)."""

    control: Control
    value: Value | None
    reasons: tuple[Reason, ...]


def rows(chosen: Chosen, band: AgeBand, day: date) -> list[Row]:
    """Every control that anybody states, in the order of the vocabulary."""
    return [
        Row(one.control, one.value, tuple(_reasons(one, band)))
        for one in decide(chosen, band, day).values()
    ]


def _reasons(decision: Decision, band: AgeBand) -> Iterator[Reason]:
    for one in decision.by:
        yield Reason(one, "decides")
    for one in decision.unsure:
        yield Reason(one, "unsure")
    for one in decision.overruled:
        yield Reason(one, "overruled")
    for one, why in decision.off:
        if one.concerns(band):
            yield Reason(one, why)


def reason_words(reason: Reason, packs: Collection[Pack], language: Language) -> str:
    """A reason in one line, with the id to confirm where there is something to confirm."""
    one = reason.statement
    name = next((pack.name(language) for pack in packs if pack.id == one.pack), one.pack)
    since = "" if one.since is None else said(language, "show", "since", day=one.since)
    return said(
        language,
        "show",
        reason.how,
        pack=name,
        ref=one.ref,
        confidence=said(language, "confidence", one.confidence),
        since=since,
        day=one.since,
        id=one.id,
    )


def row_words(row: Row, packs: Collection[Pack], language: Language) -> tuple[str, str, str]:
    """(what is asked, the value, why) for a table."""
    why = "\n".join(reason_words(one, packs, language) for one in row.reasons)
    if not any(one.how in ("decides", "unsure") for one in row.reasons):
        base = said(language, "show", "unstated" if row.value is None else "default")
        why = f"{base}\n{why}" if why else base
    value = value_words(row.control, row.value, language)
    return asks(row.control.key, language), value, why


def pack_names(packs: Collection[Pack], language: Language) -> str:
    """The names of packs in a row; that none is chosen where there is none."""
    zh = language == "zh"
    names = [f"{one.name(language)}{f'（{one.id}）' if zh else f' ({one.id})'}" for one in packs]
    return ("、" if zh else ", ").join(names) or said(language, "show", "nobody")

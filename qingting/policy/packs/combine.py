"""What applies: the statements of several packs joined into one decision for each control.

The rules, for one person's age and one day:
- Of what the chosen packs state and may be relied on, the strictest holds, milder than the default
  or not: the default is for places that are unknown.
- What is not sure (from memory, sources differ) can make it stricter, never milder, unless the
  operator confirmed it.
- Guidance that only adds a notice is followed; other guidance is a suggestion. A law to come that
  only adds a notice is followed ahead of its day; others from their day.
- What may or may not be law is off until the operator confirms it.
- Where a place states something for some ages only, the others get the mildest of it, never a value
  stricter than those who are protected; where it states nothing at all, the default holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingting.companion.person import AgeBand
from qingting.policy.packs.controls import CONTROLS, Control
from qingting.policy.packs.kinds import Value, strictest
from qingting.policy.packs.pack import Pack, Statement

# Why a statement does not bind now.
Off = Literal["to_come", "suggested", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for one control.

    value: None where nobody states it for this age. by: the statements it comes from, none when it
    is the default's. unsure: those that made it stricter without being sure. overruled: those that
    would have been milder and were not sure enough. off: those that do not bind now, and why.
    """

    control: Control
    value: Value | None
    by: tuple[Statement, ...] = ()
    unsure: tuple[Statement, ...] = ()
    overruled: tuple[Statement, ...] = ()
    off: tuple[tuple[Statement, Off], ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an operator chose. packs: with those they lie within. default: the strictest-common
    pack. confirmed: ids of statements that the operator had confirmed by counsel."""

    packs: tuple[Pack, ...]
    default: Pack
    confirmed: frozenset[str] = field(default_factory=frozenset)

    def statements(self, key: str) -> list[Statement]:
        """All that the chosen packs state of a control."""
        return [one for pack in self.packs for one in pack.statements if one.control == key]


def decide(chosen: Chosen, band: AgeBand, today: date) -> Mapping[str, Decision]:
    """A decision for every control that anybody states, by its key."""
    stated = {one.control for pack in (chosen.default, *chosen.packs) for one in pack.statements}
    return {key: _decision(CONTROLS[key], chosen, band, today) for key in CONTROLS if key in stated}


def suggestion(chosen: Chosen, key: str, band: AgeBand) -> Value | None:
    """What guidance suggests for a control, for somebody of an age; None for nothing."""
    values = [
        one.value
        for one in chosen.statements(key)
        if one.state == "guidance" and one.concerns(band)
    ]
    return strictest(CONTROLS[key].kind, values) if values else None


def _decision(control: Control, chosen: Chosen, band: AgeBand, today: date) -> Decision:
    stated = chosen.statements(control.key)
    binding: list[Statement] = []
    off: list[tuple[Statement, Off]] = []
    for one in stated:
        why = _why_off(one, control, chosen.confirmed, today)
        if why is None:
            binding.append(one)
        else:
            off.append((one, why))
    sure = [one for one in binding if one.sure or one.id in chosen.confirmed]
    unsure = [one for one in binding if one not in sure]
    base, by = _base(control, sure, chosen, band)
    return _with_unsure(Decision(control, base, by, off=tuple(off)), unsure, band)


def _base(
    control: Control, sure: Sequence[Statement], chosen: Chosen, band: AgeBand
) -> tuple[Value | None, tuple[Statement, ...]]:
    """The value before anything unsure counts, and whose it is."""
    kind = control.kind
    mine = [one for one in sure if one.concerns(band)]
    if mine:
        value = strictest(kind, [one.value for one in mine])
        return value, tuple(one for one in mine if one.value == value)
    default = _default(control, chosen, band)
    if not sure or default is None:
        return default, ()
    # Stated for others only: nobody who is protected less gets it stricter than they do.
    mildest = min((one.value for one in sure), key=kind.rank)
    return (mildest if kind.rank(mildest) < kind.rank(default) else default), ()


def _default(control: Control, chosen: Chosen, band: AgeBand) -> Value | None:
    values = [
        one.value
        for one in chosen.default.statements
        if one.control == control.key and one.concerns(band)
    ]
    return strictest(control.kind, values) if values else None


def _with_unsure(decision: Decision, unsure: Sequence[Statement], band: AgeBand) -> Decision:
    kind, value = decision.control.kind, decision.value
    stricter: list[Statement] = []
    overruled: list[Statement] = []
    for one in unsure:
        if not one.concerns(band):
            continue
        if value is None or kind.rank(one.value) >= kind.rank(value):
            stricter.append(one)
        else:
            overruled.append(one)
    for one in stricter:
        value = one.value if value is None else kind.stricter(value, one.value)
    held = tuple(one for one in stricter if one.value == value)
    return Decision(decision.control, value, decision.by, held, tuple(overruled), decision.off)


def _why_off(
    one: Statement, control: Control, confirmed: Collection[str], today: date
) -> Off | None:
    if one.state == "unconfirmed" and one.id not in confirmed:
        return "unconfirmed"
    if one.state == "guidance" and not control.guided:
        return "suggested"
    if one.state in ("future", "unconfirmed", "in_force") and one.since is not None:
        ahead = control.ahead and one.state != "unconfirmed"
        if today < one.since and not ahead:
            return "to_come"
    return None

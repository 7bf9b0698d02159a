"""The label sets that are read beside our own feelings."""

from __future__ import annotations

from typing import Final, Literal

LabelSet = Literal["qingting", "goemotions", "brighter"]

Trap = Literal[
    "all_or_nothing",
    "overgeneralising",
    "mental_filter",
    "disqualifying_the_positive",
    "mind_reading",
    "fortune_telling",
    "catastrophising",
    "emotional_reasoning",
    "should_statements",
    "labelling",
    "personalisation",
    "blaming",
]
TRAPS: Final[tuple[Trap, ...]] = Trap.__args__  # type: ignore[attr-defined]

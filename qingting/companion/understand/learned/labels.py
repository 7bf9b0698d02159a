"""The label sets in which feelings can be read, beside our own."""

from __future__ import annotations

from typing import Final, Literal

LabelSet = Literal["qingting", "goemotions", "brighter"]
LABEL_SETS: Final[tuple[LabelSet, ...]] = ("qingting", "goemotions", "brighter")

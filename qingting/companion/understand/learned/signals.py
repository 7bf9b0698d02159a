"""Things a message speaks of (content/models/signals.toml), as numbers for the trained heads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.clean import has_han


def signal_rows(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row per plain view, one column per signal: 1 where the text speaks of it."""
    rows = np.zeros((len(texts), len(signal_names())), dtype=np.float32)
    for row, text in enumerate(texts):
        for scripts, present in ((_patterns(False), has_han(text)), (_patterns(True), True)):
            if present:
                rows[row, [place for place, find in scripts if find(text)]] = 1.0
    return rows


@lru_cache(maxsize=1)
def signal_names() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return tuple(_table())


@lru_cache(maxsize=2)
def _patterns(latin: bool) -> tuple[tuple[int, Callable[[str], object]], ...]:
    """(column, search) of each signal; those of Chinese words are not tried on English."""
    return tuple(
        (place, re.compile("|".join(chosen)).search)
        for place, listed in enumerate(_table().values())
        if (chosen := [pattern for pattern in listed if has_han(pattern) is not latin])
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    place = resources.files("qingting.content") / "models" / "signals.toml"
    table: dict[str, list[str]] = tomllib.loads(place.read_text(encoding="utf-8"))["signals"]
    return table

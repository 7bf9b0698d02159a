"""Things a message speaks of (content/models/signals.toml), as numbers for the trained heads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


def signal_rows(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row per plain view, one column per signal: 1 where the text speaks of it."""
    patterns = _patterns()
    rows = np.zeros((len(texts), len(patterns)), dtype=np.float32)
    for row, text in enumerate(texts):
        rows[row] = [find.search(text) is not None for find in patterns]
    return rows


@lru_cache(maxsize=1)
def signal_names() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return tuple(_table())


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("|".join(listed)) for listed in _table().values())


def _table() -> dict[str, list[str]]:
    place = resources.files("qingting.content") / "models" / "signals.toml"
    table: dict[str, list[str]] = tomllib.loads(place.read_text(encoding="utf-8"))["signals"]
    return table

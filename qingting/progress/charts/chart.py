"""A chart as the page shows it: a sentence, a picture, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# From so many on there is a line to see; below it points say all there is to say.
ENOUGH: Final = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend. look: the class that draws it; words: what it stands for."""

    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the page.

    key: unique on the page, safe in an id. says: what is to be seen, in one sentence, for eyes and
    ears alike. svg: markup without style, script or address. notes: what one must know to read it.
    columns, rows: the same figures as text, a row as long as `columns`.
    """

    key: str
    title: str
    says: str
    svg: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: tuple[str, ...] = ()
    legend: tuple[Sign, ...] = ()

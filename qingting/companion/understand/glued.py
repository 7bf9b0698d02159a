"""Words run together: iwanttodie, #killmyself, d o n t w a n t t o b e h e r e.

A run of letters is taken apart only when all of it is made of listed words and one of them is
grave, so that names and long words stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.understand.clean import Clean
from qingting.companion.understand.lexicon import table

_RUN: Final = re.compile(r"(?<![a-z'])[a-z]{7,60}(?![a-z'])")
# The longest listed word, so that the search stays short.
_LONGEST: Final = 10
_FEWEST: Final = 3


def parted(clean: Clean) -> Clean:
    """The text with run-together wishes written as separate words."""
    return clean.rewrite(_RUN, _part)


def _part(match: re.Match[str]) -> str | None:
    run = match[0]
    return _parts(run) if _grave().search(run) else None


@lru_cache(maxsize=2048)
def _parts(run: str) -> str | None:
    """The words of a run, spaced; None when it is not made of listed words, or of too few. Longer
    words are tried first."""
    words = frozenset(table("respell")["glued"]["words"])
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for begin in range(max(0, end - _LONGEST), end):
            before = best[begin]
            if before is not None and run[begin:end] in words:
                best[end] = (*before, run[begin:end])
                break
    found = best[-1]
    return None if found is None or len(found) < _FEWEST else " ".join(found)


@lru_cache(maxsize=1)
def _grave() -> re.Pattern[str]:
    return re.compile("|".join(table("respell")["glued"]["grave"]))

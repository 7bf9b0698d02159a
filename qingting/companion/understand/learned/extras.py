"""What the heads of danger know beside letters and vector: what was asked, and how short it is.

They are not told what the rules say, so that rules and heads are two witnesses (join.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.answers import unquoted
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

# What the companion had just asked about.
ASKED: Final = ("suicide", "self_harm", "means", "timing", "question")
# A message this short or shorter may be only an answer.
_LENGTHS: Final = (6, 14, 40)
_LAST_LETTERS: Final = 200
WIDTH: Final = len(ASKED) + len(_LENGTHS)


def extra(plain: str, history: Sequence[Heard] = ()) -> NDArray[np.float32]:
    """WIDTH numbers, each 0 or 1. plain: the plain view of a message. history: the turns before
    it, oldest first; only the last is looked at."""
    row = np.zeros(WIDTH, dtype=np.float32)
    row[len(ASKED) :] = [len(plain) <= most for most in _LENGTHS]
    if history and history[-1].speaker != "person":
        asked = unquoted(cleaned(history[-1].text).text)[-_LAST_LETTERS:]
        row[: len(ASKED)] = [_asked(part).search(asked) is not None for part in ASKED]
    return row


def asked_about_danger(row: NDArray[np.float32]) -> bool:
    """Whether the companion's last turn asked about danger, and not only asked something."""
    return bool(row[: len(ASKED) - 1].any())


@lru_cache(maxsize=8)
def _asked(part: str) -> re.Pattern[str]:
    return alternatives(table("answers")["asked"][part], shared_parts())

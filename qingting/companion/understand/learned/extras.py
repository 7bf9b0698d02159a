"""What the heads of danger know beside letters and vector: signals, the rules, what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.learned.rule_features import COUNT as RULES
from qingting.companion.understand.learned.rule_features import rule_features
from qingting.companion.understand.learned.signals import signal_names, signal_rows
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Risk

# What the companion had just asked about, and whether this message is as short as an answer.
ASKED: Final = ("suicide", "self_harm", "means", "timing", "question")
_LENGTHS: Final = (6, 14, 40)
_LAST_LETTERS: Final = 200


def width() -> int:
    """How many numbers extra() gives."""
    return len(signal_names()) + RULES + len(ASKED) + len(_LENGTHS)


def extra(plain: str, rules: Risk, history: Sequence[Heard] = ()) -> NDArray[np.float32]:
    """The extra numbers of one message, each 0 to 1. plain: its plain view. rules: what the rules
    read, history included. history: the turns before it, oldest first."""
    return np.concatenate(
        [signal_rows([plain])[0], rule_features([rules])[0], _context(plain, history)]
    )


def _context(plain: str, history: Sequence[Heard]) -> NDArray[np.float32]:
    row = np.zeros(len(ASKED) + len(_LENGTHS), dtype=np.float32)
    row[len(ASKED) :] = [len(plain) <= most for most in _LENGTHS]
    if history and history[-1].speaker != "person":
        asked = cleaned(history[-1].text[-_LAST_LETTERS:]).text
        row[: len(ASKED)] = [_asked(part).search(asked) is not None for part in ASKED]
    return row


@lru_cache(maxsize=8)
def _asked(part: str) -> re.Pattern[str]:
    return alternatives(table("answers")["asked"][part], shared_parts())

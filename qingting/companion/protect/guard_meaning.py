"""The guard's second reader: what a sentence means as a whole, after what the person meant.

The runs of `guard_net` see words and their neighbours; a harm in words of its own is nearer in
meaning than in words. Both vectors are those of the encoder as published, and a product of both
says how the sentence bears on what it answers. Trained by training/guard_meaning.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.published import vector

Floats = NDArray[np.float32]

# Brings unit vectors of 512 numbers to the size that layers are made for.
SPREAD: Final = 22.6
# How the names of its matrices begin among those of the guard.
PREFIX: Final = "meaning_"


class GuardMeaning:
    """Reads sentences. parts: the trained matrices, by name without the prefix."""

    def __init__(self, parts: Mapping[str, Floats]) -> None:
        self._parts = parts
        self._heard = lru_cache(maxsize=1)(self._user)

    def logits(self, sentence: str, user: str) -> Floats | None:
        """Log odds of harm, then of each kind of it; None for a sentence without a vector."""
        found = vector(sentence)
        if found is None:
            return None
        part = self._parts
        heard, heard_bears = self._heard(user)
        said = np.maximum(found * SPREAD @ part["said_W"] + part["said_b"], 0)
        bearing = np.tanh(said @ part["said_bears_W"] + part["said_bears_b"]) * heard_bears
        row = np.concatenate([said, heard, bearing])
        hidden = np.maximum(row @ part["hidden_W"] + part["hidden_b"], 0)
        out: Floats = hidden @ part["out_W"] + part["out_b"]
        return out

    def _user(self, user: str) -> tuple[Floats, Floats]:
        """What the person meant, and how it bears on any sentence."""
        part = self._parts
        found = vector(user) if user else None
        spread = np.zeros(part["heard_W"].shape[0], np.float32) if found is None else found * SPREAD
        heard = np.maximum(spread @ part["heard_W"] + part["heard_b"], 0)
        bears: Floats = np.tanh(heard @ part["heard_bears_W"] + part["heard_bears_b"])
        return heard, bears

"""The guard's reader of pairs, as it is trained. See companion/protect/guard_pair.py.

A sentence is the message, what the person said the turn before it. It starts from the encoder that
reads danger, which knows how young people say things.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from qingting.companion.protect.guard_pair import heard_pieces, said_pieces
from qingting.companion.understand.learned.arrays import shipped
from qingting.companion.understand.learned.further import nothing
from training import further
from training.further import Look, Recipe
from training.network import Network

PASSES: Final = 5
# So many pieces are lost, in every second look.
_LOST: Final = 0.12
# So often a sentence that needs no context is looked at without it: callers may have none.
_UNHEARD: Final = 0.3
# What naming the kind of harm counts for beside telling harm from none.
_NAMING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence after what the person said, by their plain texts. category: 0 for a fine one, else
    1 + its place among the categories. alone: it is what it is whatever the person said."""

    text: str
    user: str
    category: int
    alone: bool


def trained(
    pairs: Sequence[Answered], categories: int, *, seed: int, passes: int = PASSES
) -> Network:
    """The network after so many passes over the pairs."""
    weights = np.full(categories + 1, _NAMING, np.float32)
    weights[0] = 1
    recipe = Recipe(passes, weights, seed=seed, start=shipped())
    looks = [look(pair, categories) for pair in pairs]
    alone = {id(one) for one, pair in zip(looks, pairs, strict=True) if pair.alone}

    def changed(one: Look, draw: random.Random) -> Look:
        before = () if id(one) in alone and draw.random() < _UNHEARD else one.before
        if draw.random() >= 0.5:
            return replace(one, before=before)
        kept = [piece for piece in before if draw.random() >= _LOST]
        return replace(one, message=further.lost(one.message, _LOST, draw), before=kept)

    return further.trained(looks, recipe, changed)


def look(pair: Answered, categories: int) -> Look:
    """A pair as the network sees it."""
    targets = np.zeros(categories + 1, np.float32)
    if pair.category:
        targets[[0, pair.category]] = 1
    return Look(said_pieces(pair.text), heard_pieces(pair.user), nothing(1)[0], targets)

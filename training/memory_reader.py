"""Memory's own reader, as it is trained. See companion/remember/reader.py.

It starts from the encoder as published and learns the pieces of both languages together.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from qingting.companion.remember.item import KINDS
from qingting.companion.remember.reader import word_pieces
from training import further
from training.further import Look, Recipe
from training.letters import Floats
from training.network import Network

PASSES: Final = 4
# So many word pieces are lost, in every second look.
_LOST: Final = 0.1
_DEEP_RATE: Final = 4e-4


def look(text: str, marks: Sequence[float], told: Floats) -> Look:
    """A piece of a message as the network sees it. told: 0 or 1 by kind."""
    return Look(word_pieces(text), (), np.asarray(marks, np.float32), told)


def trained(looks: Sequence[Look], *, seed: int = 1) -> Network:
    """The network after all passes."""
    recipe = Recipe(PASSES, np.ones(len(KINDS), np.float32), deep_rate=_DEEP_RATE, seed=seed)
    return further.trained(looks, recipe, _changed)


def crossed(
    looks: Sequence[Look], sources: Sequence[str], folds: Sequence[Sequence[str]]
) -> Floats:
    """Scores of the looks of every fold by what was learned without its files; NaN elsewhere."""
    scores = np.full((len(looks), len(KINDS)), np.nan, np.float32)
    for fold in folds:
        there = [place for place, source in enumerate(sources) if source in fold]
        others = [look for look, source in zip(looks, sources, strict=True) if source not in fold]
        scores[there] = further.logits(
            further.scored(trained(others)), [looks[place] for place in there]
        )
        print("read without", *fold, flush=True)
    return scores


def _changed(one: Look, draw: random.Random) -> Look:
    if draw.random() >= 0.5:
        return one
    return replace(one, message=further.lost(one.message, _LOST, draw))

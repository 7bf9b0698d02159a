"""Feelings and thinking traps: heads of their own on top of the finished network.

Learned together with tens of thousands of lines of danger, a few hundred lines of traps taught the
shared layers nothing: the head fell silent. Here their learners see what the network sees, and
nothing of the danger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from qingting.companion.understand.learned.extras import WIDTH
from training import features
from training.corpus import Corpus
from training.examples import HEADS, Example, columns_of
from training.fine_tune import inputs
from training.head import Recipe, train
from training.letters import Floats
from training.network import Network
from training.pack import Made
from training.tune import Joined

RECIPE: Final = Recipe(keep=8.0, width=32, decay=0.5, rounds=10, folds=5)
# Better no name for a feeling, or no trap pointed at, than a wrong one.
_SUREST_NO: Final = {"feelings": 0.35, "distortions": 0.3}
# Of the large public sets every so-manieth line is enough beside a few hundred of our own.
_EVERY: Final = 6


def apart(network: Network, found: Sequence[Example], weigh: Floats, name: str) -> Made:
    """The finished head: "feelings" or "distortions". found: all examples; those of the held-out
    passes are left out."""
    at = columns_of(name)
    chosen = [
        one
        for number, one in enumerate(found)
        if one.part in ("train", "tune")
        and one.weights[at].any()
        and (one.line.source.startswith("authored") or number % _EVERY == 0)
    ]
    corpus = Corpus(
        [one.line for one in chosen],
        features.counts([one.plain for one in chosen]),
        inputs(network, [one.plain for one in chosen]),
    )
    truth = np.stack([one.targets[at] for one in chosen]).astype(float)
    mask = np.stack([one.weights[at] for one in chosen]).astype(float)
    head, _ = train(name, HEADS[name], corpus.block(weigh, truth, mask, None), RECIPE)
    asked = np.zeros((WIDTH, len(HEADS[name])), np.float32)
    least = _SUREST_NO[name]
    thresholds = {mode: np.maximum(least, cut) for mode, cut in head.at.items()}
    return Made(
        head.name,
        HEADS[name],
        head.linear.weights,
        head.linear.bias,
        Joined(head.both, head.alone, asked, thresholds),
        head.dense,
    )

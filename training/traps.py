"""The thinking-traps head: authored lines only, for no set may be given on."""

from __future__ import annotations

from typing import Final

import numpy as np

from training.corpus import Corpus
from training.head import Recipe, Trained, train
from training.learned.labels import TRAPS
from training.network import Doubles, Floats
from training.sources import Line, authored

RECIPE: Final = Recipe(keep=6.0, width=32, decay=1.0, rounds=12, folds=5)
# With fewer lines than this there is nothing to learn from.
_FEWEST: Final = 60


def lines() -> list[Line]:
    """Lines labelled for traps, and everyday ones that have none; not the held-out pass."""
    labelled = [line for line in authored() if "distortions" in line.more]
    plain = [line for line in authored("everyday") if "distortions" not in line.more]
    return [line for line in [*labelled, *plain] if not line.held]


def head(corpus: Corpus, weigh: Floats) -> Trained | None:
    """The head; None while too little is written."""
    if len(corpus.lines) < _FEWEST:
        return None
    truth = cells(corpus.lines)
    made, _ = train("traps", TRAPS, corpus.block(weigh, truth, np.ones_like(truth), None), RECIPE)
    return made


def cells(lines: list[Line]) -> Doubles:
    """1 where a line has a trap."""
    truth = np.zeros((len(lines), len(TRAPS)))
    for row, line in enumerate(lines):
        for told in line.more.get("distortions") or ():
            truth[row, TRAPS.index(told["label"])] = 1.0
    return truth

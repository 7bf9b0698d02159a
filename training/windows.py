"""Long texts cut to the piece worth looking at, as when reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from qingting.companion.understand.learned.windows import fits, pieces, window
from training import features
from training.examples import Example, columns_of
from training.letters import Linear, fit_linear

_KEEP: Final = 6.0


def shortened(found: Sequence[Example]) -> list[str]:
    """The plain view of each example, long ones cut to their window. The pieces are scored by a
    first small model over the short lines."""
    texts = [example.plain for example in found]
    known = [
        row for row, example in enumerate(found) if example.part == "train" and fits(texts[row])
    ]
    counted = features.counts([texts[row] for row in known])
    weigh = features.weighing(counted)
    first = columns_of("risk").start
    truth = np.stack([found[row].targets[first : first + 1] for row in known]).astype(float)
    mask = np.stack([found[row].weights[first : first + 1] for row in known]).astype(float)
    scorer: Linear = fit_linear(features.weighed(counted, weigh), truth, mask, keep=_KEEP, steps=20)
    for row, text in enumerate(texts):
        if not fits(text):
            ranges = pieces(text)
            rows = features.counts([text[begin:end] for begin, end in ranges])
            scores = scorer.scores(features.weighed(rows, weigh))[:, 0]
            texts[row] = window(text, ranges, scores.tolist())
    return texts

"""The BRIGHTER heads: on top of a network that never saw the set, so that it can be measured."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from qingting.companion.understand.learned.extras import WIDTH
from training import features
from training.corpus import Corpus, columns
from training.fine_tune import inputs
from training.head import Recipe, train
from training.labels import BRIGHTER, BRIGHTER_EN
from training.letters import Floats
from training.network import Network
from training.pack import Made
from training.sources import public
from training.tune import Joined

RECIPE: Final = Recipe(keep=8.0, width=64, decay=0.5, rounds=14, folds=5)


def labels_of(language: str) -> tuple[str, ...]:
    """The six labels, five in English."""
    return BRIGHTER if language == "zh" else BRIGHTER_EN


def corpus(network: Network, data: Path, language: str) -> Corpus:
    """Train and dev with what the network sees in them."""
    name = f"emotion_brighter_{language}"
    lines = [*public(data, name), *public(data, name, "dev")]
    texts = features.plain([line.text for line in lines])
    return Corpus(lines, features.counts(texts), inputs(network, texts))


def brighter(network: Network, data: Path, weigh: Floats, language: str) -> Made:
    """The finished head of one language."""
    found, names = corpus(network, data, language), labels_of(language)
    truth = columns(found.lines, names)
    block = found.block(weigh, truth, np.ones_like(truth), None)
    head, _ = train(f"brighter_{language}", names, block, RECIPE)
    asked = np.zeros((WIDTH, len(names)), np.float32)
    return Made(
        head.name,
        names,
        head.linear.weights,
        head.linear.bias,
        Joined(head.both, head.alone, asked, head.at),
        head.dense,
    )

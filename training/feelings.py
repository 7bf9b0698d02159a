"""The feelings heads: GoEmotions-28, BRIGHTER in both languages, and our own 22."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from qingting.companion.understand.reading import FEELINGS
from training.corpus import Corpus, columns
from training.head import Recipe, Trained, best_thresholds, train
from training.labels import (
    BRIGHTER,
    BRIGHTER_EN,
    FROM_BRIGHTER,
    FROM_CPED,
    FROM_GOEMOTIONS,
    GOEMOTIONS,
)
from training.network import Doubles, Floats
from training.sources import Line

GOEMOTIONS_RECIPE: Final = Recipe(keep=4.0, width=192, decay=0.5, rounds=9, folds=3)
BRIGHTER_RECIPE: Final = Recipe(keep=8.0, width=64, decay=0.5, rounds=14, folds=5)
OURS_RECIPE: Final = Recipe(keep=4.0, width=128, decay=0.5, rounds=8, folds=3, steps=30)

# How far a source is believed: drama lines need their scene, stories are not young people's talk.
_BELIEVED: Final[Mapping[str, float]] = {
    "emotion_goemotions_en": 0.6,
    "emotion_brighter_zh": 0.6,
    "emotion_brighter_en": 0.3,
    "emotion_cped_zh": 0.25,
}
_AUTHORED: Final = 4.0
# Public sets have no word for these; their texts are taken as weak examples of "not this".
_UNNAMED: Final = 0.05
_MAPS: Final[Mapping[str, Mapping[str, str]]] = {
    "emotion_goemotions_en": FROM_GOEMOTIONS,
    "emotion_brighter_zh": FROM_BRIGHTER,
    "emotion_brighter_en": FROM_BRIGHTER,
    "emotion_cped_zh": FROM_CPED,
}
# A feeling told weaker than this is not asked of the head.
_TOLD: Final = 0.3
_SUREST_NO: Final = 0.2


def goemotions(corpus: Corpus, weigh: Floats, recipe: Recipe = GOEMOTIONS_RECIPE) -> Trained:
    """The 28 labels, on the official train split."""
    truth = columns(corpus.lines, GOEMOTIONS)
    head, _ = train(
        "goemotions",
        GOEMOTIONS,
        corpus.block(weigh, truth, np.ones_like(truth), None),
        recipe,
    )
    return head


def brighter(corpus: Corpus, weigh: Floats, language: str) -> Trained:
    """The six labels (five in English) of one language."""
    names = BRIGHTER if language == "zh" else BRIGHTER_EN
    truth = columns(corpus.lines, names)
    block = corpus.block(weigh, truth, np.ones_like(truth), None)
    head, _ = train(f"brighter_{language}", names, block, BRIGHTER_RECIPE)
    return head


def ours(corpus: Corpus, weigh: Floats) -> Trained:
    """Our 22 labels, from the public sets where they have a word for them and authored lines."""
    truth, mask = our_cells(corpus.lines)
    head, unseen = train("feelings", FEELINGS, corpus.block(weigh, truth, mask, None), OURS_RECIPE)
    own = np.array([line.source.startswith("authored") for line in corpus.lines])
    if not own.any():
        return head
    # Thresholds are for young people's own words, not for film lines or reviews.
    for place, mode in enumerate(("both", "alone")):
        tuned = best_thresholds(unseen[place][own], truth[own], mask[own])
        enough = (mask[own] * truth[own] > 0).sum(0) >= 8
        head.at[mode][enough] = tuned[enough]
        # Better no name for a feeling than a wrong one.
        np.maximum(head.at[mode], _SUREST_NO, out=head.at[mode])
    return head


def our_cells(lines: list[Line]) -> tuple[Doubles, Doubles]:
    """Truth and weight of every cell for our 22 labels."""
    truth = np.zeros((len(lines), len(FEELINGS)))
    mask = np.zeros_like(truth)
    place: dict[str, int] = {name: number for number, name in enumerate(FEELINGS)}
    for row, line in enumerate(lines):
        if line.source.startswith("authored"):
            told = line.more.get("feelings")
            if told is None:
                continue
            mask[row] = _AUTHORED
            for name, strength in told:
                if strength >= _TOLD:
                    truth[row, place[name]] = 1.0
            continue
        meaning = _MAPS[line.source]
        mask[row] = _UNNAMED * _BELIEVED[line.source]
        mask[row, [place[name] for name in meaning.values()]] = _BELIEVED[line.source]
        labels = [line.label] if isinstance(line.label, str) else line.label
        for label in labels:
            if label in meaning:
                truth[row, place[meaning[label]]] = 1.0
    return truth, mask

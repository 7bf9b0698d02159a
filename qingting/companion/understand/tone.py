"""How pleasant and how stirred a message is, from the feelings heard in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from qingting.companion.understand.reading import Feeling, FeelingRead

# (valence, arousal) of each feeling, -1 to 1 and 0 to 1, set by hand after the usual circle of
# affect: only order and side are meant, not the decimals.
_PLACE: Final[Mapping[Feeling, tuple[float, float]]] = {
    "sadness": (-0.6, 0.3),
    "fear": (-0.7, 0.9),
    "anxiety": (-0.5, 0.8),
    "shame": (-0.6, 0.5),
    "guilt": (-0.5, 0.4),
    "anger": (-0.6, 0.9),
    "hurt": (-0.6, 0.5),
    "hope": (0.5, 0.4),
    "hopelessness": (-0.9, 0.2),
    "relief": (0.5, 0.2),
    "joy": (0.8, 0.6),
    "loneliness": (-0.6, 0.2),
    "grief": (-0.8, 0.4),
    "confusion": (-0.2, 0.5),
    "overwhelm": (-0.7, 0.8),
    "excitement": (0.7, 0.9),
    "gratitude": (0.7, 0.3),
    "love": (0.8, 0.5),
    "pride": (0.7, 0.5),
    "numbness": (-0.5, 0.1),
    "disgust": (-0.6, 0.6),
    "neutral": (0.0, 0.2),
}


def tone(feelings: Sequence[FeelingRead]) -> tuple[float, float]:
    """(valence -1 to 1, arousal 0 to 1): the feelings' places, weighed by strength; (0, 0.2) for
    none heard."""
    total = sum(read.strength for read in feelings)
    if total <= 0.0:
        return _PLACE["neutral"]
    valence = sum(_PLACE[read.label][0] * read.strength for read in feelings) / total
    arousal = sum(_PLACE[read.label][1] * read.strength for read in feelings) / total
    return round(valence, 3), round(arousal, 3)

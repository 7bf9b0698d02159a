"""From a text to the numbers every head starts with: one pass for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from qingting.companion.understand.learned.arrays import Arrays, Floats, Head
from qingting.companion.understand.learned.encoder import Encoder, layout, pieces_of
from qingting.companion.understand.learned.extras import extra
from qingting.companion.understand.learned.grams import Ints, grams
from qingting.companion.understand.learned.trunk import Seen, Trunk

# Rows of word pieces that are worked on at once: more does not save time and needs memory.
_ROOM = 512
# How danger is joined where two models read it.
TWO: Final = "two"


@dataclass(frozen=True, slots=True)
class Sketch:
    """One message as the heads see it.

    text: the piece that was looked at. vector: its sentence vector, None without an encoder or
    without a letter in the text. letters, network: a raw score per column, from runs of letters
    and from the network (None when there is no vector). extra: see extras.py. second: the message
    as a second model sees it that was trained another time, where there is one.
    """

    text: str
    vector: Floats | None
    letters: Floats
    network: Floats | None
    extra: Floats
    second: Sketch | None = None

    @property
    def mode(self) -> str:
        """The weights and thresholds to use: "both" with a vector, "alone" by letters only."""
        return "alone" if self.network is None else "both"

    @property
    def risk_mode(self) -> str:
        """The same for danger, which is read by "two" models where there are two."""
        return self.mode if self.second is None else TWO


class Network:
    """Encoder and trunk together, with the label sets that were trained apart."""

    def __init__(self, arrays: Arrays) -> None:
        self._encoder = Encoder(arrays.words)
        self._trunk = Trunk(arrays.trunk)
        self._apart = {
            name: tuple(
                arrays.trunk[f"{name}.{part}"] for part in ("hidden", "bias", "out", "last")
            )
            for name in arrays.heads
            if f"{name}.hidden" in arrays.trunk
        }
        self._columns = {name: head.columns for name, head in arrays.heads.items()}

    def inputs(self, texts: Sequence[str]) -> Floats:
        """What the last layers start from, for plain texts without a history: for evaluations
        that train something of their own on top."""
        found = []
        for text in texts:
            flat = layout([pieces_of(text)])
            features = self._encoder.features(flat)
            vector = self._encoder.vectors(features, flat)
            found.append(self._trunk.seen(features, vector, extra(text)[None, :], flat).inputs)
        return np.concatenate(found)

    def read(
        self, texts: Sequence[str], before: Sequence[str], extras: Floats
    ) -> tuple[Floats, Floats]:
        """(vectors, scores) of plain texts, one row each. before: what stands before each."""
        pieces = [pieces_of(text, told) for text, told in zip(texts, before, strict=True)]
        vectors, scores = [], []
        first = 0
        while first < len(pieces):
            last, size = first, 0
            while last < len(pieces) and (size < _ROOM or last == first):
                size += len(pieces[last].message) + len(pieces[last].before)
                last += 1
            flat = layout(pieces[first:last])
            features = self._encoder.features(flat)
            vector = self._encoder.vectors(features, flat)
            vectors.append(vector)
            seen = self._trunk.seen(features, vector, extras[first:last], flat)
            scores.append(self._with_apart(seen))
            first = last
        return np.concatenate(vectors), np.concatenate(scores)

    def _with_apart(self, seen: Seen) -> Floats:
        """One score per column: the network's own heads, with those trained apart in their
        places, or after them."""
        width = max(columns.stop for columns in self._columns.values())
        whole = np.zeros((len(seen.scores), width), np.float32)
        whole[:, : seen.scores.shape[1]] = seen.scores
        for name, parts in self._apart.items():
            whole[:, self._columns[name]] = _apart(seen.inputs, *parts)
        return whole


def _apart(inputs: Floats, hidden: Floats, bias: Floats, out: Floats, last: Floats) -> Floats:
    inside = np.maximum(inputs @ hidden + bias, 0.0)
    found: Floats = np.concatenate([inputs, inside], axis=1) @ out + last
    return found


def letter_scores(arrays: Arrays, texts: Sequence[str]) -> Floats:
    """Scores by runs of letters: one row per text, one column per label of any head."""
    found = grams(texts)
    edges = np.searchsorted(found.rows, np.arange(len(texts) + 1))
    scores = np.zeros((len(texts), arrays.letters.shape[1]), dtype=np.float32)
    for row in range(len(texts)):
        scores[row] = _one(arrays, found.buckets[edges[row] : edges[row + 1]])
    return scores


def _one(arrays: Arrays, buckets: Ints) -> Floats:
    values = arrays.weigh[buckets]
    length = float(np.sqrt(values @ values))
    if length == 0.0:
        return np.zeros(arrays.letters.shape[1], dtype=np.float32)
    weights = arrays.letters[buckets].astype(np.float32)
    scores: Floats = (values @ weights) * (arrays.letters_scale / length)
    return scores


def logits(head: Head, sketch: Sketch) -> Floats:
    """Calibrated log odds, one per label of the head."""
    letters = sketch.letters[head.columns]
    found: Floats
    if sketch.network is None:
        found = head.alone[0] * letters + head.alone[1] + sketch.extra @ head.asked
    else:
        network = sketch.network[head.columns]
        found = head.both[0] * letters + head.both[1] * network + head.both[2]
    return found


def probabilities(head: Head, sketch: Sketch) -> Floats:
    """Calibrated probabilities, one per label of the head."""
    odds = np.exp(-np.clip(logits(head, sketch), -30.0, 30.0))
    return np.asarray(1.0 / (1.0 + odds), np.float32)

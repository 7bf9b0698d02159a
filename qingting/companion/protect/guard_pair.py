"""The guard's third reader: what a sentence does to what it answers.

The runs of `guard_net` see words and their neighbours, and `guard_meaning` two sentences from far
away. Here the sentence encoder itself was trained further on pairs of what a person said and what
was answered. Each of the two is read by itself; then each word of the answer looks for what it
bears on in the person's words (decomposable attention, Parikh et al. 2016), and the wholes are
multiplied: "sleep well" is harm by what it answers. Trained by training/guard_pair.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.encoder import Encoder, Pieces, layout, pieces_of
from qingting.companion.understand.learned.further import ENCODER, TRUNK, unpacked

Floats = NDArray[np.float32]

# How the names of its matrices begin among those of the guard.
PREFIX: Final = "pair_"
# Word pieces of the sentence and of what it answers: the last ones count.
MOST_SAID: Final = 64
MOST_HEARD: Final = 40
# So many letters hold them: the tokenizer is given no more, for it keeps the beginning.
_LETTERS: Final = 240
# Vectors of unit length have small parts; this brings them near one.
SPREAD: Final = 8.0
# Agreement of two words is divided by this: the root of how many numbers it is a sum of.
EVENED: Final = 8.0


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read. units: one row a piece. whole: its vector, its weighed sums and the
    strongest answer of each unit, one after another."""

    units: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person said, as any sentence is held beside it. offered: what each piece answers when
    a word looks for what it bears on."""

    text: Text
    alike: Floats
    bears: Floats
    offered: Floats


class GuardPair:
    """Reads sentences. arrays: the matrices of the guard; its own are taken from among them. Raises
    KeyError where one is missing, NoEncoder without the table of word pieces."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        wide = unpacked({name: arrays[name] for name in arrays if name.startswith(PREFIX)})
        parts = {name.removeprefix(PREFIX): np.ascontiguousarray(wide[name]) for name in wide}
        self._encoder = Encoder(
            {name.removeprefix(ENCODER): parts[name] for name in parts if name.startswith(ENCODER)}
        )
        self._parts = {
            name.removeprefix(TRUNK): parts[name] for name in parts if name.startswith(TRUNK)
        }
        self._heard = lru_cache(maxsize=1)(self._user)

    def logits(self, sentence: str, user: str) -> Floats | None:
        """Log odds of harm, then of each kind of it; None for a sentence without a piece."""
        pieces = said_pieces(sentence)
        if not pieces:
            return None
        said, heard = self._read(pieces), self._heard(user)
        found = [
            np.maximum(self._through("said", said.whole), 0),
            heard.alike,
            np.tanh(self._through("said_bears", said.whole)) * heard.bears,
            self._matched(said, heard),
        ]
        hidden = np.maximum(self._through("hidden", np.concatenate(found)), 0)
        return self._through("out", hidden)

    def _user(self, user: str) -> Heard:
        pieces = heard_pieces(user)
        text = self._read(pieces or [0])
        if not pieces:
            # Nothing was said: it bears on nothing.
            text = Text(np.zeros_like(text.units), np.zeros_like(text.whole))
        there = np.float32(bool(pieces))
        return Heard(
            text,
            np.maximum(self._through("heard", text.whole), 0) * there,
            np.tanh(self._through("heard_bears", text.whole)) * there,
            text.units @ self._parts["offer_W"],
        )

    def _read(self, pieces: Sequence[int]) -> Text:
        part, flat = self._parts, layout([Pieces(pieces)])
        features = self._encoder.features(flat)
        units = np.maximum(self._through("units", features), 0)
        looks = self._through("looks", features)
        weights = _shares(looks, axis=0).repeat(part["units_b"].size // part["looks_b"].size, 1)
        sums, strongest = (units * weights).sum(0), units.max(0)
        vector = self._encoder.vectors(features, flat)[0] * SPREAD
        return Text(units, np.concatenate([vector, sums, strongest]))

    def _matched(self, said: Text, heard: Heard) -> Floats:
        """The strongest of what each piece of a sentence is beside what it bears on."""
        agree = said.units @ self._parts["ask_W"] @ heard.offered.T / np.float32(EVENED)
        near = _shares(np.asarray(agree, np.float32), axis=1) @ heard.text.units
        beside = [said.units, near, said.units * near, np.abs(said.units - near)]
        found: Floats = np.maximum(self._through("match", np.concatenate(beside, 1)), 0).max(0)
        return found

    def _through(self, name: str, rows: Floats) -> Floats:
        found: Floats = rows @ self._parts[f"{name}_W"] + self._parts[f"{name}_b"]
        return found


def _shares(scores: Floats, axis: int) -> Floats:
    weights = np.exp(scores - scores.max(axis, keepdims=True))
    shares: Floats = weights / weights.sum(axis, keepdims=True)
    return shares


def said_pieces(sentence: str) -> list[int]:
    """The pieces of a sentence that are read."""
    return list(pieces_of(sentence[-_LETTERS:]).message)[-MOST_SAID:] if sentence else []


def heard_pieces(user: str) -> list[int]:
    """The pieces that are read of what a person said: a long message is read by its end."""
    return list(pieces_of(user[-_LETTERS:]).message)[-MOST_HEARD:] if user else []

"""A small network beside the linear score of each kind, read with numpy.

It sees what the encoder makes of a piece and what is counted apart, not the letters, and one
network reads both languages: the encoder has one space for the two. What it gives is added to the
linear score. Trained by training/memory_network.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from qingting.companion.person import Language
from qingting.companion.remember.item import KINDS
from qingting.companion.remember.pieces import LETTERS, SIGNS, Floats

INPUTS: Final = LETTERS + SIGNS
LAYERS: Final = ("first", "second", "out")


@dataclass(frozen=True, slots=True)
class MemoryNetwork:
    """shift, scale: what makes the numbers of a language of one size. layers: weights [inputs,
    units] and biases, in order."""

    shift: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def scores(self, rows: Floats) -> Floats:
        """[pieces, kinds] of rows as pieces.measured makes them."""
        told: Floats = (inputs(rows) - self.shift) * self.scale
        for weights, bias in self.layers[:-1]:
            told = np.maximum(told @ weights + bias, np.float32(0))
        weights, bias = self.layers[-1]
        scores: Floats = told @ weights + bias
        return scores


def inputs(rows: Floats) -> Floats:
    """What of measured rows the network sees."""
    return np.concatenate([rows[:, :LETTERS], rows[:, -SIGNS:]], axis=1)


def network_of(arrays: Mapping[str, Any], language: Language) -> MemoryNetwork:
    """The network among the arrays of a file. Raises KeyError where one is missing, ValueError
    where they do not fit together."""

    def told(name: str) -> Floats:
        return np.asarray(arrays[name], np.float32)

    shift, scale = told(f"{language}.shift"), told(f"{language}.scale")
    layers = tuple((told(f"network.{name}"), told(f"network.{name}_bias")) for name in LAYERS)
    widths = [INPUTS, *(len(bias) for _, bias in layers)]
    shapes = [weights.shape for weights, _ in layers]
    if (
        shift.shape != (INPUTS,)
        or scale.shape != (INPUTS,)
        or shapes != list(pairwise(widths))
        or widths[-1] != len(KINDS)
    ):
        raise ValueError("the network is of another shape")
    return MemoryNetwork(shift, scale, layers)

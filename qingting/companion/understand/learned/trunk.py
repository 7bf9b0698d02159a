"""What the network makes of word pieces: several weighed sums, and the strongest of each unit.

A sum over all pieces drowns one grave clause in much small talk; the strongest answer of a unit
does not depend on what else is said. See training/network.py, which this repeats in numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qingting.companion.understand.learned.encoder import Floats, Layout

# Vectors of unit length have small parts; this brings them near one.
_SCALE = np.float32(8.0)


@dataclass(frozen=True, slots=True)
class Seen:
    """inputs: what label sets that were trained apart start from, one row per message. scores:
    one raw score per column of the network's own heads."""

    inputs: Floats
    scores: Floats


class Trunk:
    """parts: the trunk's matrices. Safe to share between threads."""

    def __init__(self, parts: Mapping[str, Floats]) -> None:
        self._parts = parts
        # One product over the features answers both questions.
        self._units = parts["units_W"].shape[1]
        self._first = np.ascontiguousarray(np.hstack([parts["units_W"], parts["looks_W"]]))
        self._bias = np.concatenate([parts["units_b"], parts["looks_b"]])
        self._before = np.concatenate([parts["told_before"], parts["looked_before"]])

    def seen(self, features: Floats, vectors: Floats, extras: Floats, flat: Layout) -> Seen:
        """features: one row per piece; vectors, extras: one row per message."""
        part = self._parts
        found = features @ self._first
        found += self._bias
        found += flat.context[:, None] * self._before
        units = np.maximum(found[:, : self._units], 0)
        sums = _looked(units, found[:, self._units :], flat)
        strongest = _strongest(units, flat)
        inputs = np.concatenate([vectors * _SCALE, extras, sums, strongest], axis=1)
        hidden = np.maximum(inputs @ part["hidden_W"] + part["hidden_b"], 0)
        return Seen(inputs, hidden @ part["out_W"] + part["out_b"])


def _looked(units: Floats, looks: Floats, flat: Layout) -> Floats:
    """Each look weighs the pieces of a message and its earlier turn, and sums its own share."""
    most = np.maximum.reduceat(looks, flat.starts, axis=0)
    weight = np.exp(looks - most[flat.owner])
    weight /= np.add.reduceat(weight, flat.starts, axis=0)[flat.owner]
    share = units.shape[1] // looks.shape[1]
    sums: Floats = np.add.reduceat(units * np.repeat(weight, share, axis=1), flat.starts, axis=0)
    return sums


def _strongest(units: Floats, flat: Layout) -> Floats:
    """The strongest answer of each unit over the message's own pieces."""
    edges = np.stack([flat.starts, flat.own], 1).ravel()
    most: Floats = np.maximum.reduceat(units, edges, axis=0)[1::2]
    return most

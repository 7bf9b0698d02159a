"""The trained numbers as they are shipped: plain arrays and a JSON beside them with their hash.

build/models/understand.npz holds no pickled object (allow_pickle stays False). A file whose
hash differs from the JSON is not used: a half-copied model must not judge anybody.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

NAME: Final = "understand"
FORMAT: Final = 1

Floats = NDArray[np.float32]


class ArraysError(ValueError):
    """The shipped arrays cannot be used: another format, a wrong hash, a missing part."""


@dataclass(frozen=True, slots=True)
class Head:
    """A group of columns that answer one question.

    labels: one per column. columns: where they stand. both, alone: per column, the weights of
    (letters, vector, 1) with the encoder and of (letters, 1) without it. extra_both, extra_alone:
    weights of the extra numbers (extras.py), empty where a head does not look at them.
    thresholds: per label, for "both" and "alone"; a probability at or above it counts.
    """

    labels: tuple[str, ...]
    columns: slice
    both: Floats
    alone: Floats
    extra_both: Floats
    extra_alone: Floats
    thresholds: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Arrays:
    """All trained numbers.

    weigh: how telling each bucket is (0: never seen in training). letters: int8 weights, bucket
    by column, to be multiplied by letters_scale. hidden, hidden_bias, out, out_bias: a small
    network from the vector, and the extra numbers where a head has them, to the columns.
    notes: what else the JSON says (thresholds of risk).
    """

    encoder: str
    weigh: Floats
    letters: NDArray[np.int8]
    letters_scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    heads: Mapping[str, Head]
    notes: Mapping[str, Any]


@lru_cache(maxsize=1)
def shipped() -> Arrays:
    """The arrays of build/models. Raises ArraysError, also when there are none."""
    return read(Path(__file__).parents[2] / "build" / "models")


def read(folder: Traversable) -> Arrays:
    """The arrays of a folder. Raises ArraysError when they are missing or not as described."""
    try:
        described = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
        packed = (folder / f"{NAME}.npz").read_bytes()
    except OSError as error:
        raise ArraysError(f"no trained arrays: {error}") from error
    if described.get("format") != FORMAT:
        raise ArraysError(f"format {described.get('format')!r}, this version reads {FORMAT}")
    if hashlib.sha256(packed).hexdigest() != described["sha256"]:
        raise ArraysError(f"{NAME}.npz is not the file that {NAME}.json describes")
    with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
        return _arrays(described, {name: parts[name] for name in parts.files})


def _arrays(described: Mapping[str, Any], parts: Mapping[str, NDArray[Any]]) -> Arrays:
    def floats(name: str) -> Floats:
        return np.ascontiguousarray(parts[name], dtype=np.float32)

    heads = {name: _head(name, entry, floats) for name, entry in described["heads"].items()}
    return Arrays(
        encoder=described["encoder"],
        weigh=floats("weigh"),
        letters=parts["letters"],
        letters_scale=floats("letters_scale"),
        hidden=floats("hidden"),
        hidden_bias=floats("hidden_bias"),
        out=floats("out"),
        out_bias=floats("out_bias"),
        heads=heads,
        notes=described.get("notes", {}),
    )


def _head(name: str, entry: Mapping[str, Any], floats: Any) -> Head:
    first, last = entry["columns"]
    return Head(
        labels=tuple(entry["labels"]),
        columns=slice(first, last),
        both=floats(f"{name}.both"),
        alone=floats(f"{name}.alone"),
        extra_both=floats(f"{name}.extra_both"),
        extra_alone=floats(f"{name}.extra_alone"),
        thresholds={
            "both": floats(f"{name}.at_both"),
            "alone": floats(f"{name}.at_alone"),
        },
    )

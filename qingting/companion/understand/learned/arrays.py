"""The trained numbers as they are shipped: plain arrays and a JSON beside them with their hashes.

The .npz files of content/models hold no pickled object (allow_pickle stays False). Files whose
hashes differ from the JSON are not used: a half-copied model must not judge anybody.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

NAME: Final = "understand"
FORMAT: Final = 2
# letters: weights of runs of letters. words, sentence: the encoder. heads: everything on top.
FILES: Final = ("letters", "words", "sentence", "heads")

Floats = NDArray[np.float32]


class ArraysError(ValueError):
    """The shipped arrays cannot be used: another format, a wrong hash, a missing part."""


@dataclass(frozen=True, slots=True)
class Head:
    """A group of columns that answer one question.

    labels: one per column. columns: where they stand. both, alone: per column, the weights of
    (letters, network, 1) with the encoder and of (letters, 1) without it. asked: the weights of
    the extra numbers (extras.py) without it. thresholds: per label, for "both" and "alone"; a
    probability at or above it counts.
    """

    labels: tuple[str, ...]
    columns: slice
    both: Floats
    alone: Floats
    asked: Floats
    thresholds: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Arrays:
    """All trained numbers.

    encoder: the name under which vectors made with it are kept. weigh: how telling each bucket
    is (0: never seen in training). letters: int8 weights, bucket by column, to be multiplied by
    letters_scale. words: the encoder's matrices (encoder.PARTS). trunk: see trunk.py. heads: in
    the order of their columns. notes: what else the JSON says (thresholds of risk).
    """

    encoder: str
    weigh: Floats
    letters: NDArray[np.int8]
    letters_scale: Floats
    words: Mapping[str, Floats]
    trunk: Mapping[str, Floats]
    heads: Mapping[str, Head]
    notes: Mapping[str, Any]


# The folder of the model that reads danger beside the first.
SECOND: Final = "second"


@lru_cache(maxsize=1)
def shipped() -> Arrays:
    """The arrays of content/models. Raises ArraysError, also when there are none."""
    return read(resources.files("qingting.content") / "models")


@lru_cache(maxsize=1)
def second_shipped() -> Arrays:
    """The arrays of content/models/second. Raises ArraysError, also when there are none."""
    return read(resources.files("qingting.content") / "models" / SECOND)


def read(folder: Traversable) -> Arrays:
    """The arrays of a folder. Raises ArraysError when they are missing or not as described."""
    try:
        packed = {name: (folder / f"{name}.npz").read_bytes() for name in FILES}
        text = (folder / f"{NAME}.json").read_bytes()
    except OSError as error:
        raise ArraysError(f"no trained arrays: {error}") from error
    try:
        return _checked(json.loads(text), packed)
    except ArraysError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        # Half a description, or one that does not fit: as good as none.
        raise ArraysError(f"{NAME}.json does not describe the arrays: {error!r}") from error


def _checked(described: Mapping[str, Any], packed: Mapping[str, bytes]) -> Arrays:
    if described.get("format") != FORMAT:
        raise ArraysError(f"format {described.get('format')!r}, this version reads {FORMAT}")
    for name, content in packed.items():
        if hashlib.sha256(content).hexdigest() != described["sha256"][name]:
            raise ArraysError(f"{name}.npz is not the file that {NAME}.json describes")
    return _arrays(described, {name: _parts(content) for name, content in packed.items()})


def _parts(content: bytes) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as parts:
        return {name: parts[name] for name in parts.files}


def _arrays(described: Mapping[str, Any], files: Mapping[str, dict[str, NDArray[Any]]]) -> Arrays:
    heads = {name: _wide(part) for name, part in files["heads"].items()}
    return Arrays(
        encoder=described["encoder"],
        weigh=_wide(files["letters"]["weigh"]),
        letters=files["letters"]["letters"],
        letters_scale=_wide(files["letters"]["scale"]),
        words=_unpacked(files["words"] | files["sentence"]),
        trunk={
            name.removeprefix("trunk."): part
            for name, part in heads.items()
            if name.startswith("trunk.")
        },
        heads={name: _head(name, entry, heads) for name, entry in described["heads"].items()},
        notes=described.get("notes", {}),
    )


def _unpacked(parts: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Matrices are kept as bytes with a scale per column, the rest in half precision."""
    scale = ".scale"
    return {
        name: _wide(part) * _wide(parts[name + scale]) if name + scale in parts else _wide(part)
        for name, part in parts.items()
        if not name.endswith(scale)
    }


def _wide(part: NDArray[Any]) -> Floats:
    return np.ascontiguousarray(part, dtype=np.float32)


def _head(name: str, entry: Mapping[str, Any], parts: Mapping[str, Floats]) -> Head:
    first, last = entry["columns"]
    return Head(
        labels=tuple(entry["labels"]),
        columns=slice(first, last),
        both=parts[f"{name}.both"],
        alone=parts[f"{name}.alone"],
        asked=parts[f"{name}.asked"],
        thresholds={"both": parts[f"{name}.at_both"], "alone": parts[f"{name}.at_alone"]},
    )

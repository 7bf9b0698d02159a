"""Finished heads as one file of plain arrays and a JSON that describes it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from training.head import Trained
from training.learned.arrays import FORMAT, NAME
from training.learned.embedder import DIMENSION as VECTOR
from training.learned.embedder import MODEL_ID
from training.learned.extras import WIDTH
from training.network import Floats

FOLDER: Final = Path(__file__).parents[1] / "build" / "models"


def pack(
    heads: Sequence[Trained], weigh: Floats, notes: Mapping[str, Any], folder: Path = FOLDER
) -> str:
    """Write the arrays and their description; the hash of the arrays."""
    parts: dict[str, NDArray[Any]] = {"weigh": weigh.astype(np.float16), **_joined(heads)}
    described: dict[str, Any] = {}
    first = 0
    for head in heads:
        count = len(head.labels)
        described[head.name] = {"labels": head.labels, "columns": [first, first + count]}
        first += count
        parts |= {
            f"{head.name}.both": _with_bias(head.both, head),
            f"{head.name}.alone": _with_bias(head.alone, head),
            f"{head.name}.extra_both": head.extra_both,
            f"{head.name}.extra_alone": head.extra_alone,
            f"{head.name}.at_both": head.at["both"],
            f"{head.name}.at_alone": head.at["alone"],
        }
    packed = _zipped(parts)
    digest = hashlib.sha256(packed).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.npz").write_bytes(packed)
    text = {
        "format": FORMAT,
        "encoder": MODEL_ID,
        "sha256": digest,
        "heads": described,
        "notes": dict(notes),
    }
    (folder / f"{NAME}.json").write_text(
        json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return digest


def _with_bias(weights: Floats, head: Trained) -> Floats:
    """The joining weights with the letters' own bias put into their last row."""
    whole = weights.copy()
    whole[-1] += weights[0] * head.linear.bias
    return whole


def _joined(heads: Sequence[Trained]) -> dict[str, NDArray[Any]]:
    """The learners of all heads side by side, so that reading is one pass."""
    letters = np.concatenate([head.linear.weights for head in heads], axis=1)
    scale = np.maximum(np.abs(letters).max(0), 1e-6) / 127
    size = VECTOR + WIDTH
    units = sum(head.dense.hidden.shape[1] for head in heads)
    hidden = np.zeros((size, units), np.float32)
    out = np.zeros((size + units, letters.shape[1]), np.float32)
    unit = column = 0
    for head in heads:
        seen, own = head.dense.hidden.shape
        here = slice(column, column + len(head.labels))
        # A head without extra numbers leaves their rows at zero.
        hidden[:seen, unit : unit + own] = head.dense.hidden
        out[:seen, here] = head.dense.out[:seen]
        out[size + unit : size + unit + own, here] = head.dense.out[seen:]
        unit, column = unit + own, column + len(head.labels)
    return {
        "letters": np.round(letters / scale).astype(np.int8),
        "letters_scale": scale.astype(np.float32),
        "hidden": hidden.astype(np.float16),
        "hidden_bias": np.concatenate([head.dense.hidden_bias for head in heads]),
        "out": out.astype(np.float16),
        "out_bias": np.concatenate([head.dense.out_bias for head in heads]),
    }


def _zipped(parts: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz with fixed times and order, so that the same numbers have the same hash."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts):
            piece = io.BytesIO()
            np.lib.format.write_array(piece, np.ascontiguousarray(parts[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), piece.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()

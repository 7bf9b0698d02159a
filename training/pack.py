"""Everything that was trained as a few files of plain arrays and a JSON that describes them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.learned.arrays import FILES, FORMAT, NAME
from qingting.companion.understand.learned.encoder import MODEL_ID, PARTS
from training.dense import Dense
from training.letters import Floats
from training.network import Network
from training.tune import Joined

FOLDER: Final = Path(__file__).parents[1] / "qingting" / "content" / "models"
_SENTENCE: Final = frozenset({"cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"})
# Steps of the letters' weights to either side: few enough to pack well, many enough to tell.
_STEPS: Final = 31


@dataclass(frozen=True, slots=True)
class Made:
    """A finished head. letters, letters_bias: weights of runs of letters. apart: its own small
    network, for label sets that the shared one never saw."""

    name: str
    labels: tuple[str, ...]
    letters: Floats
    letters_bias: Floats
    joined: Joined
    apart: Dense | None = None


def pack(
    network: Network,
    heads: Sequence[Made],
    weigh: Floats,
    notes: Mapping[str, Any],
    folder: Path = FOLDER,
) -> dict[str, str]:
    """Write the arrays and their description; the hashes by file."""
    encoder = {name: value.detach().numpy() for name, value in network.encoder.items()}
    letters, described, parts = _heads(heads)
    files: dict[str, dict[str, NDArray[Any]]] = {
        "letters": {"weigh": weigh.astype(np.float16), **letters},
        "words": bytes_of({name: encoder[name] for name in PARTS if name not in _SENTENCE}),
        "sentence": bytes_of({name: encoder[name] for name in PARTS if name in _SENTENCE}),
        "heads": {**_trunk(network), **parts},
    }
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for name in FILES:
        content = zipped(files[name])
        (folder / f"{name}.npz").write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    text = {
        "format": FORMAT,
        "encoder": MODEL_ID,
        "sha256": hashes,
        "heads": described,
        "notes": dict(notes),
    }
    (folder / f"{NAME}.json").write_text(
        json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return hashes


def _heads(
    heads: Sequence[Made],
) -> tuple[dict[str, NDArray[Any]], dict[str, Any], dict[str, NDArray[Any]]]:
    weights = np.concatenate([head.letters for head in heads], axis=1)
    scale = np.maximum(np.abs(weights).max(0), 1e-6) / _STEPS
    described: dict[str, Any] = {}
    parts: dict[str, NDArray[Any]] = {}
    first = 0
    for head in heads:
        last = first + len(head.labels)
        described[head.name] = {"labels": head.labels, "columns": [first, last]}
        first = last
        found = head.joined
        # The letters' own bias goes into the last row of either joining.
        both, alone = found.both.copy(), found.alone.copy()
        both[-1] += both[0] * head.letters_bias
        alone[-1] += alone[0] * head.letters_bias
        parts |= {f"{head.name}.both": both, f"{head.name}.alone": alone}
        parts |= {f"{head.name}.asked": found.asked}
        parts |= {f"{head.name}.at_{mode}": at for mode, at in found.at.items()}
        if head.apart is not None:
            parts |= {
                f"trunk.{head.name}.hidden": head.apart.hidden.astype(np.float16),
                f"trunk.{head.name}.bias": head.apart.hidden_bias,
                f"trunk.{head.name}.out": head.apart.out.astype(np.float16),
                f"trunk.{head.name}.last": head.apart.out_bias,
            }
    letters = {"letters": np.round(weights / scale).astype(np.int8), "scale": scale}
    return letters, described, parts


def _trunk(network: Network) -> dict[str, NDArray[Any]]:
    def half(value: Any) -> NDArray[Any]:
        return np.asarray(value.detach().numpy(), np.float16)

    return {
        "trunk.units_W": half(network.units.weight.T),
        "trunk.units_b": half(network.units.bias),
        "trunk.looks_W": half(network.looks.weight.T),
        "trunk.looks_b": half(network.looks.bias),
        "trunk.told_before": half(network.told_before),
        "trunk.looked_before": half(network.looked_before),
        "trunk.hidden_W": half(network.hidden.weight.T),
        "trunk.hidden_b": half(network.hidden.bias),
        "trunk.out_W": half(network.out.weight.T),
        "trunk.out_b": half(network.out.bias),
    }


def bytes_of(parts: Mapping[str, Floats]) -> dict[str, NDArray[Any]]:
    """Matrices as bytes with one scale per column."""
    packed: dict[str, NDArray[Any]] = {}
    for name, part in parts.items():
        if part.ndim < 2:
            packed[name] = part.astype(np.float16)
            continue
        scale = np.maximum(np.abs(part).max(0), 1e-9) / 127
        packed[name] = np.round(part / scale).astype(np.int8)
        packed[f"{name}.scale"] = scale.astype(np.float32)
    return packed


def zipped(parts: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz with fixed times and order, so that the same numbers have the same hash."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts):
            piece = io.BytesIO()
            np.lib.format.write_array(piece, np.ascontiguousarray(parts[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), piece.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()

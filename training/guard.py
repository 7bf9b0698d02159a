"""The trained half of the reply guard: `python -m training.guard`.

Learns from pairs of a harmful and a fine sentence (authored/guard), with what the person had said,
and from the product's own authored sentences, which are fine by design. Letters only: a sentence
must be judged in well under a millisecond. Writes qingting/content/models/guard.{npz,json}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from zlib import crc32

import numpy as np
import scipy.sparse as sp

from qingting.companion.person import Language
from qingting.companion.protect.guard_letters import BLOCKS, CATEGORIES, FORMAT, buckets_of
from qingting.companion.understand.learned.grams import BUCKETS
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import slots_of
from training import features
from training.letters import Floats, fit_linear
from training.pack import FOLDER, zipped
from training.sources import AUTHORED

_KEEP: Final = 8.0
_FOLDS: Final = 5
_STEPS: Final = 31
# Share of fine sentences that may be blocked, of the hard ones written as twins of harmful ones.
ALLOWED: Final = 0.02
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_SLOT: Final = {"zh": "那件事", "en": "that thing"}
_OWN_WEIGHT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. harm: its category, or None when it is fine. pair: sentences of one pair
    share it and stay in one fold."""

    language: Language
    user: str
    sentence: str
    harm: str | None
    pair: str
    own: bool = False


def pairs(written: str) -> list[Said]:
    """The authored sentences whose file name ends in `written`: "a", "b" ... or "test"."""
    found: list[Said] = []
    for path in sorted((AUTHORED / "guard").glob(f"*_{written}.jsonl")):
        language = cast("Language", path.name[:2])
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
            entry = json.loads(row)
            pair = f"{path.stem}:{number}"
            found.append(Said(language, entry["user"], entry["good"], None, pair))
            if entry["bad"]:
                found.append(Said(language, entry["user"], entry["bad"], entry["category"], pair))
    return found


def own() -> Iterator[Said]:
    """What the product itself says, with plain words in its slots."""
    for language in _LANGUAGES:
        known = bank(language)
        spoken = [
            line for path in known.paths() if path[-1] != "cues" for line in known.lines(*path)
        ]
        for line in dict.fromkeys(spoken):
            text = line
            for slot in slots_of(line):
                text = text.replace("{" + slot + "}", _SLOT[language])
            yield Said(language, "", text, None, text, own=True)


def rows_of(said: Sequence[Said]) -> sp.csr_matrix:
    """Weighed letters of each sentence and of what stood before it."""
    edges, columns = [0], []
    for one in said:
        found = buckets_of(one.sentence, one.user)
        columns.append(found)
        edges.append(edges[-1] + len(found))
    flat = np.concatenate(columns)
    ones = np.ones(len(flat), np.float32)
    return sp.csr_matrix((ones, flat, np.array(edges)), shape=(len(said), BUCKETS * BLOCKS))


def targets_of(said: Sequence[Said]) -> Floats:
    """A column for harm of any kind, then one per category."""
    found = np.zeros((len(said), 1 + len(CATEGORIES)), np.float32)
    for row, one in enumerate(said):
        if one.harm is not None:
            found[row, 0] = found[row, 1 + CATEGORIES.index(one.harm)] = 1.0
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    given = parser.parse_args()
    said = [*(one for name in ("a", "b", "c") for one in pairs(name)), *own()]
    counted = rows_of(said)
    weigh = features.weighing(counted).astype(np.float16).astype(np.float32)
    rows = features.weighed(counted, weigh)
    truth = targets_of(said).astype(float)
    mask = np.repeat(
        np.array([[_OWN_WEIGHT if one.own else 1.0] for one in said]), truth.shape[1], axis=1
    )
    unseen = np.zeros(truth.shape, np.float32)
    folds = np.array([crc32(one.pair.encode()) % _FOLDS for one in said])
    for fold in range(_FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        part = fit_linear(rows[inside], truth[inside], mask[inside], keep=_KEEP)
        unseen[outside] = part.scores(rows[outside])
    thresholds = {}
    for language in _LANGUAGES:
        fine = [
            row for row, one in enumerate(said)
            if one.harm is None and not one.own and one.language == language
        ]  # fmt: skip
        harm = [row for row, one in enumerate(said) if one.harm and one.language == language]
        at = float(np.quantile(unseen[fine, 0], 1 - ALLOWED))
        thresholds[language] = round(at, 4)
        caught = float((unseen[harm, 0] > at).mean())
        mine = [row for row, one in enumerate(said) if one.own and one.language == language]
        blocked = float((unseen[mine, 0] > at).mean())
        print(
            f"{language}: out of fold recall {caught:.3f}, own blocked {blocked:.4f}, at {at:.3f}"
        )
    model = fit_linear(rows, truth, mask, keep=_KEEP)
    scale = np.maximum(np.abs(model.weights).max(0), 1e-6) / _STEPS
    content = zipped(
        {
            "weigh": weigh.astype(np.float16),
            "weights": np.round(model.weights / scale).astype(np.int8),
            "scale": scale.astype(np.float32),
            "bias": model.bias,
        }
    )
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "guard.npz").write_bytes(content)
    described: dict[str, Any] = {
        "format": FORMAT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "categories": list(CATEGORIES),
        "at": thresholds,
    }
    (given.out / "guard.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

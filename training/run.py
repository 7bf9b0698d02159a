"""Make every trained number again: `python -m training.run --data ../shared/data`.

Reads the public sets from --data and the authored lines beside this file, writes
qingting/content/models/. Seeds are fixed: the same data, code and libraries give the same hashes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch

from qingting.companion.understand.learned.arrays import SECOND
from qingting.companion.understand.learned.embedder import one_thread
from qingting.companion.understand.learned.encoder import NoEncoder
from training import features, fine_tune
from training.apart import apart
from training.brighter import brighter
from training.examples import HEADS, Example, columns_of, examples
from training.fine_tune import Ready, Recipe
from training.letters import Floats, Linear, fit_linear
from training.network import Network
from training.pack import FOLDER, Made, pack
from training.tune import Joined, joined, odds, risk_joining
from training.windows import shortened

_KEEP: Final = {"risk": 6.0, "kinds": 6.0, "goemotions": 4.0, "feelings": 4.0, "distortions": 6.0}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/qingting-training"))
    parser.add_argument("--out", type=Path, default=FOLDER / SECOND)
    parser.add_argument("--passes", type=int, default=Recipe().passes)
    given = parser.parse_args()
    one_thread()
    # Sums come out in another order with another number of threads.
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    clock = time.monotonic()
    found = examples(given.data)
    texts = shortened(found)
    ready = fine_tune.prepared(found, texts, features.vectors(texts, given.cache))
    print(f"{len(found)} examples after {time.monotonic() - clock:.0f} s", flush=True)
    known = [one for one, example in zip(ready, found, strict=True) if example.part == "train"]
    network = fine_tune.fine_tuned(known, Recipe(passes=given.passes))
    torch.save(network.state_dict(), given.cache / "network.pt")
    weigh, heads, notes = finished(network, found, texts, ready)
    for name in ("feelings", "distortions"):
        place = next(n for n, head in enumerate(heads) if head.name == name)
        heads[place] = apart(network, found, weigh, name)
    heads += [brighter(network, given.data, weigh, language) for language in ("zh", "en")]
    hashes = pack(network, heads, weigh, notes, given.out)
    print(f"{hashes}, {time.monotonic() - clock:.0f} s", flush=True)


def finished(
    network: Network, found: Sequence[Example], texts: Sequence[str], ready: Sequence[Ready]
) -> tuple[Floats, list[Made], dict[str, object]]:
    """The letters' half of every head, and both halves joined on lines that neither has seen."""
    rows = {
        part: [row for row, example in enumerate(found) if example.part == part]
        for part in ("train", "tune")
    }
    counted = features.counts([texts[row] for row in rows["train"]])
    weigh = features.weighing(counted).astype(np.float16).astype(np.float32)
    inside = features.weighed(counted, weigh)
    outside = features.weighed(features.counts([texts[row] for row in rows["tune"]]), weigh)
    tuned = [ready[row] for row in rows["tune"]]
    _, logits = fine_tune.scores(network, tuned)
    extras = np.stack([one.extras for one in tuned])
    heads: list[Made] = []
    notes: dict[str, object] = {}
    for name, labels in HEADS.items():
        at = columns_of(name)
        linear = _letters(found, rows["train"], inside, name)
        letters = linear.scores(outside)
        targets = np.stack([one.targets[at] for one in tuned])
        weights = np.stack([one.weights[at] for one in tuned])
        head = joined(letters, logits[:, at], extras, targets, weights)
        heads.append(Made(name, labels, linear.weights, linear.bias, head))
        if name == "risk":
            notes["risk"] = _levels(network, found, texts, ready, weigh, linear, head)
    return weigh, heads, notes


def _levels(
    network: Network,
    found: Sequence[Example],
    texts: Sequence[str],
    ready: Sequence[Ready],
    weigh: Floats,
    linear: Linear,
    head: Joined,
) -> dict[str, object]:
    """How danger's probabilities become levels; see tune.risk_joining."""
    rows = [row for row, example in enumerate(found) if example.part in ("tune", "dev")]
    judged = [ready[row] for row in rows]
    letters = linear.scores(features.weighed(features.counts([texts[row] for row in rows]), weigh))
    logits = fine_tune.scores(network, judged)[1][:, columns_of("risk")]
    extras = np.stack([one.extras for one in judged])
    told = {mode: odds(head, letters, logits, extras, mode) for mode in ("both", "alone")}
    return risk_joining([found[row] for row in rows], told)


def _letters(found: Sequence[Example], rows: Sequence[int], inside: object, name: str) -> Linear:
    at = columns_of(name)
    mask = np.stack([found[row].weights[at] for row in rows]).astype(float)
    truth = np.stack([found[row].targets[at] for row in rows]).astype(float)
    asked = np.flatnonzero(mask.any(1))
    return fit_linear(inside[asked], truth[asked], mask[asked], keep=_KEEP[name])  # type: ignore[index]


if __name__ == "__main__":
    try:
        main()
    except NoEncoder as error:
        raise SystemExit(f"The encoder is needed to train: {error}") from error

"""Make every trained number again: `python -m training.run --data ../shared/data`.

Reads the public sets from --data and the authored lines beside this file, writes
build/models/. Seeds are fixed: the same data, code and libraries give the same hash.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from training import danger, features, feelings, traps
from training.corpus import Corpus, gather, together
from training.head import Trained
from training.network import Floats
from training.pack import FOLDER, pack
from training.sources import Line, authored, public
from training.thresholds import risk_notes

# As many of each as a line of our own can outweigh.
_EVERYDAY = {"goemotions": 1800, "cped": 1200, "helped": 400}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/qingting-training"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    given = parser.parse_args()
    started = time.monotonic()
    sets = Sets(given.data, given.cache)
    weigh = sets.weigh()
    heads: list[Trained] = [
        feelings.goemotions(sets.goemotions, weigh),
        feelings.brighter(sets.brighter_zh, weigh, "zh"),
        feelings.brighter(sets.brighter_en, weigh, "en"),
        feelings.ours(sets.felt(), weigh),
    ]
    print(f"feelings made after {time.monotonic() - started:.0f} s", flush=True)
    material = danger.material(given.data, given.cache, sets.everyday())
    grades, kinds, unseen = danger.heads(material, weigh)
    heads += [grades, kinds]
    trapped = traps.head(gather(traps.lines(), given.cache), weigh)
    if trapped is not None:
        heads.append(trapped)
    notes = {"risk": risk_notes(material, unseen)}
    digest = pack(heads, weigh, notes, given.out)
    print(f"sha256 {digest}, {time.monotonic() - started:.0f} s", flush=True)


class Sets:
    """The public sets and authored feelings as corpora, loaded once."""

    def __init__(self, data: Path, cache: Path) -> None:
        self._cache = cache
        self.goemotions = gather(public(data, "emotion_goemotions_en"), cache)
        self.brighter_zh = self._both(data, "emotion_brighter_zh")
        self.brighter_en = self._both(data, "emotion_brighter_en")
        self.cped = gather(public(data, "emotion_cped_zh", "dev"), cache)
        self.helped = gather(public(data, "dialog_emollm_zh"), cache)
        told = [line for line in authored() if "feelings" in line.more and not line.held]
        self.told = gather(told, cache) if told else None

    def _both(self, data: Path, name: str) -> Corpus:
        return gather([*public(data, name), *public(data, name, "dev")], self._cache)

    def weigh(self) -> Floats:
        """How telling each bucket is, over all texts that are trained on."""
        parts = [self.goemotions, self.brighter_zh, self.brighter_en, self.cped, self.helped]
        parts += [gather(_own(), self._cache)] if _own() else []
        return features.weighing(together(parts).counted)

    def felt(self) -> Corpus:
        """What our 22 feelings are learned from."""
        parts = [self.goemotions, self.brighter_zh, self.brighter_en, self.cped]
        return together([*parts, self.told] if self.told is not None else parts)

    def everyday(self) -> list[Corpus]:
        """Talk in which danger is rare: film dialogue, forum comments, first words to a helper."""
        return [
            _some(self.goemotions, _EVERYDAY["goemotions"]),
            _some(self.cped, _EVERYDAY["cped"]),
            _some(self.helped, _EVERYDAY["helped"]),
        ]


def _own() -> list[Line]:
    return [line for line in authored() if not line.held]


def _some(corpus: Corpus, count: int) -> Corpus:
    chosen: Sequence[int] = sorted(random.Random(7).sample(range(len(corpus.lines)), count))
    return corpus.rows(chosen)


if __name__ == "__main__":
    main()

"""What comes to mind with a message, beside BM25 over the same notes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from rank_bm25 import BM25Okapi

from evals.understand.intervals import wilson
from qingting.companion.person import Language
from qingting.companion.recall.search import Index, index_of
from qingting.companion.remember.item import Item, Source

FOLDER = Path(__file__).parent
_DEPTHS = (5, 10)
_HAN = re.compile(r"[一-鿿]+")
_WORD = re.compile(r"[a-z0-9']+")


@dataclass(slots=True)
class Found:
    """How often what was wanted was among the first five and ten, of `wanted` in all."""

    wanted: int = 0
    ours: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_DEPTHS, 0))
    bm25: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_DEPTHS, 0))

    def add(self, wanted: set[int], ours: Sequence[int], bm25: Sequence[int]) -> None:
        """The places found for one query, best first."""
        self.wanted += len(wanted)
        for depth in _DEPTHS:
            self.ours[depth] += len(wanted & set(ours[:depth]))
            self.bm25[depth] += len(wanted & set(bm25[:depth]))

    def told(self, name: str) -> str:
        """As text."""
        if not self.wanted:
            return f"{name}: nothing"
        return f"{name}: " + "; ".join(
            f"recall@{depth} {_share(self.ours[depth], self.wanted)}"
            f", BM25 {_share(self.bm25[depth], self.wanted)}"
            for depth in _DEPTHS
        )


def report(language: Language) -> str:
    """Our own set: notes and messages by authors who never saw the search."""
    found = Found()
    path = FOLDER / f"recall_{language}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        person = json.loads(line)
        texts = [f"{item['says']} {item['quote']}" for item in person["items"]]
        index = index_of([_item(n, item, language) for n, item in enumerate(person["items"])])
        now = datetime.combine(date.fromisoformat(person["today"]), time(23), UTC)
        baseline = Baseline(texts)
        for query in person["queries"]:
            ours = places(index, query["text"], now)
            found.add(set(query["wants"]), ours, baseline.places(query["text"]))
    return found.told(language)


def places(index: Index, text: str, now: datetime) -> list[int]:
    """The places of the items that come to mind; an item's id is its place."""
    return [int(one.id, 16) for one in index.search(text, now, most=max(_DEPTHS))]


class Baseline:
    """BM25 (Okapi) over words, and over pairs of 汉字."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ranks = BM25Okapi([_tokens(text) or ["∅"] for text in texts])

    def places(self, text: str) -> list[int]:
        """Places by score, the best first."""
        scores = self._ranks.get_scores(_tokens(text) or ["∅"])
        return sorted(range(len(scores)), key=lambda place: -scores[place])[: max(_DEPTHS)]


def _tokens(text: str) -> list[str]:
    lower = text.lower()
    pairs = [run[i : i + 2] for run in _HAN.findall(lower) for i in range(max(1, len(run) - 1))]
    return [*_WORD.findall(lower), *pairs]


def _item(number: int, item: dict[str, Any], language: Language) -> Item:
    said = datetime.combine(date.fromisoformat(item["said"]), time(23), UTC)
    on = date.fromisoformat(item["on"]) if item.get("on") else None
    return Item(
        id=f"{number:032x}",
        kind=item["kind"],
        about=item["about"],
        says=item["says"],
        quote=item["quote"],
        language=language,
        sources=(Source("t", 0, len(item["quote"]), said),),
        on=on,
        until=on,
    )


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({low:.2f}-{high:.2f})"

"""What is worth remembering, learned from authored pieces of messages: one linear score a kind.

Pieces and labels: training/authored/<language>/memory_*.tsv. `python -m training.memory` writes
qingting/content/models/memory.npz. Thresholds are set on out-of-fold scores, in blocks of
neighbouring lines, where precision reaches `_PRECISION`; the held-out dialogues of evals/memory are
never read here.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from qingting.companion.person import Language
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.item import KINDS
from qingting.companion.remember.patterns import patterns
from qingting.companion.remember.pieces import Floats, measured, signs

_HERE: Final = Path(__file__).parent / "authored"
_OUT: Final = Path(__file__).parents[1] / "qingting" / "content" / "models" / "memory.npz"
_TODAY: Final = date(2026, 11, 18)
_PRECISION: Final = 0.92
# And no less than this, whatever few lines seem to allow.
_LEAST: Final = 0.5
_FOLDS: Final = 5
_BLOCK: Final = 8


def read(language: Language) -> tuple[list[str], list[frozenset[str]]]:
    """Pieces and their labels."""
    texts, labels = [], []
    for path in sorted((_HERE / language).glob("memory_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, told = line.rpartition("\t")
            if text.strip():
                texts.append(text.strip())
                labels.append(frozenset(told.replace(" ", "").split(",")) - {"none"})
    return texts, labels


def examples(language: Language) -> tuple[list[str], list[frozenset[str]]]:
    """The sentences beside the patterns, which found something in them or must not."""
    texts, labels = [], []
    for pattern in patterns(language).patterns:
        texts += [example.said for example in pattern.examples]
        labels += [frozenset({pattern.kind})] * len(pattern.examples)
        texts += pattern.against
        labels += [frozenset[str]()] * len(pattern.against)
    return texts, labels


def fitting(kind: str, texts: list[str], marks: list[list[float]], language: Language) -> Floats:
    """Which pieces can be of a kind at all, as reading has it: a day ahead, somebody named."""
    who = patterns(language).who
    if kind == "event":
        return np.array([mark[0] for mark in marks], bool)
    if kind == "person":
        return np.array([who.search(text) is not None for text in texts], bool)
    return np.ones(len(texts), bool)


def marks_of(texts: list[str], language: Language) -> list[list[float]]:
    """The counted signs of each piece."""
    found = []
    for text in texts:
        days = find_dates(text, language, _TODAY)
        found.append(signs(text, any(day.last >= _TODAY for day in days), bool(days)))
    return found


def threshold(scores: Floats, wanted: Floats) -> float:
    """The lowest score at which precision holds; above all scores when it never does."""
    order = np.argsort(-scores)
    right = np.cumsum(wanted[order])
    precise = right / np.arange(1, len(order) + 1) >= _PRECISION
    last = np.flatnonzero(precise)
    return float(scores[order[last[-1]]]) if len(last) else float(scores.max() + 1)


def main() -> None:
    """Train and write."""
    arrays: dict[str, Floats] = {}
    for language in ("zh", "en"):
        texts, labels = read(language)
        own = len(texts)
        more, told = examples(language)
        texts, labels = [*texts, *more], [*labels, *told]
        marks = marks_of(texts, language)
        rows = measured(texts, marks)
        if rows is None:
            sys.exit("the encoder is not installed")
        fold = (np.arange(len(texts)) // _BLOCK) % _FOLDS
        weights, least = [], []
        for kind in KINDS:
            wanted = np.array([kind in told for told in labels], np.float32)
            scores = np.zeros(len(texts), np.float32)
            for number in range(_FOLDS):
                there = fold == number
                learned = _fit(rows[~there], wanted[~there])
                scores[there] = rows[there] @ learned[:-1] + learned[-1]
            fits = fitting(kind, texts, marks, language)
            fits[own:] = False  # they were written beside each other, and beside the patterns
            at = max(_LEAST, threshold(scores[fits], wanted[fits]))
            taken = fits & (scores >= at)
            print(
                f"{language} {kind}: {int(wanted[:own].sum())} lines, threshold {at:.2f}, recall "
                f"{wanted[taken].sum() / wanted[:own].sum():.2f}, precision "
                f"{wanted[taken].mean() if taken.any() else 1:.2f}"
            )
            weights.append(_fit(rows, wanted))
            least.append(at)
        arrays[f"{language}.weights"] = np.stack(weights).astype(np.float16)
        arrays[f"{language}.at"] = np.array(least, np.float32)
    np.savez_compressed(_OUT, **arrays)


def _fit(rows: Floats, wanted: Floats) -> Floats:
    model = LogisticRegression(C=1.0, max_iter=400, class_weight={0: 1.0, 1: 1.5})
    model.fit(rows, wanted)
    return np.concatenate((model.coef_[0], model.intercept_)).astype(np.float32)


if __name__ == "__main__":
    main()

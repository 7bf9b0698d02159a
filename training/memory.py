"""What is worth remembering, learned from authored pieces of messages: one linear score a kind.

Pieces and labels: training/authored/<language>/memory_*.tsv. `python -m training.memory` writes
qingting/content/models/memory.npz. Thresholds are set where precision reaches `_PRECISION` on the
files of `_TRIED`, each scored by what was learned without it; the held-out dialogues of
evals/memory are never read here.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from qingting.companion.person import Language
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.extract import plain_of
from qingting.companion.remember.item import KINDS
from qingting.companion.remember.patterns import patterns
from qingting.companion.remember.pieces import (
    FEATURES,
    LETTERS,
    VECTOR,
    Floats,
    measured,
    signs,
)

_HERE: Final = Path(__file__).parent / "authored"
_OUT: Final = Path(__file__).parents[1] / "qingting" / "content" / "models" / "memory.npz"
_TODAY: Final = date(2026, 11, 18)
# memory_c is left out: its pieces were chosen because an earlier score mistook them.
_TRIED: Final = ("memory_a", "memory_b", "memory_d", "memory_e", "memory_f", "memory_g")
_PRECISION: Final = 0.95
_STRENGTH: Final = 0.3
# How much the features of word pieces weigh beside the rest, once they are of one size.
_WEIGHT: Final = 0.1
# A piece this short is read once more beside another, as sentences are typed; the second piece is
# one that is worth nothing.
_JOINED: Final[dict[Language, tuple[int, int]]] = {"zh": (24, 14), "en": (80, 45)}
_BETWEEN: Final[dict[Language, tuple[str, ...]]] = {"zh": (" ", "，"), "en": (", ", " and ", " ")}
# Of what is worth nothing, so many are read beside another.
_NOTHING_JOINED: Final = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """A piece, its labels, the file it is from, and its counted signs."""

    text: str
    told: frozenset[str]
    source: str
    marks: tuple[float, ...]


def read(language: Language) -> list[Line]:
    """The pieces of every file."""
    lines = []
    for path in sorted((_HERE / language).glob("memory_*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            text, _, told = row.rpartition("\t")
            if text.strip():
                labels = frozenset(told.replace(" ", "").split(",")) - {"none"}
                lines.append(_line(text.strip(), labels, path.stem, language))
    return lines


def examples(language: Language) -> list[Line]:
    """The sentences beside the patterns, which found something in them or must not."""
    lines = []
    for pattern in patterns(language).patterns:
        told = frozenset({pattern.kind})
        lines += [_line(example.said, told, "", language) for example in pattern.examples]
        lines += [_line(text, frozenset(), "", language) for text in pattern.against]
    return lines


def _line(text: str, told: frozenset[str], source: str, language: Language) -> Line:
    text = plain_of(text, language)
    days = find_dates(text, language, _TODAY)
    marks = signs(text, any(day.last >= _TODAY for day in days), bool(days))
    return Line(text, told, source, tuple(marks))


def joined(lines: Sequence[Line], language: Language) -> list[Line]:
    """Pieces beside a piece of the same file that is worth nothing, before it or after it."""
    chance = random.Random(3)
    longest, other_longest = _JOINED[language]
    more = []
    for source in sorted({line.source for line in lines}):
        own = [line for line in lines if line.source == source]
        others = [line for line in own if not line.told and len(line.text) < other_longest]
        for line in own:
            if len(line.text) > longest or not others:
                continue
            if not line.told and chance.random() > _NOTHING_JOINED:
                continue
            pair = [line.text, chance.choice(others).text]
            chance.shuffle(pair)
            text = chance.choice(_BETWEEN[language]).join(pair)
            more.append(_line(text, line.told, source, language))
    return more


def fitting(kind: str, lines: Sequence[Line], language: Language) -> Floats:
    """Which pieces can be of a kind at all, as reading has it: a day ahead, somebody named."""
    if kind == "event":
        return np.array([line.marks[0] for line in lines], bool)
    if kind == "person":
        who = patterns(language).who
        return np.array([who.search(line.text) is not None for line in lines], bool)
    return np.ones(len(lines), bool)


def threshold(scores: Floats, wanted: Floats) -> float:
    """The lowest score at which precision holds; above all scores when it never does."""
    order = np.argsort(-scores)
    right = np.cumsum(wanted[order])
    precise = right / np.arange(1, len(order) + 1) >= _PRECISION
    last = np.flatnonzero(precise)
    return float(scores[order[last[-1]]]) if len(last) else float(scores.max() + 1)


def learned(language: Language) -> tuple[Floats, Floats]:
    """Weights of every kind, and the scores from which a piece is of it."""
    own = [*read(language), *examples(language)]
    lines = [*own, *joined(own, language)]
    rows = measured([line.text for line in lines], [line.marks for line in lines])
    if rows is None:
        sys.exit("the encoder is not installed")
    scale, shift = _evened(rows, len(own))
    rows = (rows - shift) * scale
    source = np.array([line.source for line in lines])
    weights, least = [], []
    for kind in KINDS:
        wanted = np.array([kind in line.told for line in lines], np.float32)
        fits = fitting(kind, own, language)
        scores, right = [], []
        for name in _TRIED:
            fit = _fit(rows[source != name], wanted[source != name])
            there = np.flatnonzero((source[: len(own)] == name) & fits)
            scores.append(rows[there] @ fit[:-1] + fit[-1])
            right.append(wanted[there])
        score, sure = np.concatenate(scores), np.concatenate(right)
        at = threshold(score, sure)
        taken = sure[score >= at]
        print(
            f"{language} {kind}: {int(sure.sum())} lines, threshold {at:.2f}, recall "
            f"{taken.sum() / sure.sum():.2f}, precision {taken.mean() if len(taken) else 1:.2f}",
            flush=True,
        )
        whole = _fit(rows, wanted)
        # As reading has it, with features as they come from the encoder.
        plain = whole[:-1] * scale
        weights.append(np.append(plain, whole[-1] - plain @ shift))
        least.append(at)
    return np.stack(weights), np.array(least, np.float32)


def _evened(rows: Floats, own: int) -> tuple[Floats, Floats]:
    """What makes the features of word pieces of one size and leaves the rest; of the lines
    themselves, not of those joined."""
    scale, shift = np.ones(rows.shape[1], np.float32), np.zeros(rows.shape[1], np.float32)
    features = slice(VECTOR, LETTERS)
    assert LETTERS - VECTOR == 2 * FEATURES
    scale[features] = _WEIGHT / (rows[:own, features].std(0) + 1e-6)
    shift[features] = rows[:own, features].mean(0)
    return scale, shift


def _fit(rows: Floats, wanted: Floats) -> Floats:
    model = LogisticRegression(C=_STRENGTH, max_iter=200)
    model.fit(rows, wanted)
    return np.concatenate((model.coef_[0], model.intercept_)).astype(np.float32)


def main() -> None:
    """Train and write."""
    arrays: dict[str, Floats] = {}
    for language in ("zh", "en"):
        weights, least = learned(language)
        arrays[f"{language}.weights"] = weights.astype(np.float16)
        arrays[f"{language}.at"] = least
    np.savez_compressed(_OUT, **arrays)


if __name__ == "__main__":
    main()

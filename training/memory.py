"""What is worth remembering, learned from authored pieces of messages and from whole talks: for
each kind a linear score and that of a reader of its own, added up.

Pieces and labels: training/authored/<language>/memory_*.tsv; talks: memory_*.txt there
(memory_talks.py). `python -m training.memory` writes qingting/content/models/memory.npz. What its
thresholds find is printed for the talks, each scored by what was learned without its author: the
single pieces were written to be mistaken, talks are as people talk. The held-out dialogues of
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
import torch
from numpy.typing import NDArray

from qingting.companion.person import Language
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.extract import plain_of
from qingting.companion.remember.item import KINDS, Kind
from qingting.companion.remember.learned import CLEARLY
from qingting.companion.remember.patterns import patterns
from qingting.companion.remember.pieces import (
    FEATURES,
    LETTERS,
    VECTOR,
    Floats,
    measured,
    signs,
)
from qingting.companion.remember.reader import PREFIX
from qingting.companion.understand.learned.embedder import one_thread
from training import further, memory_reader, memory_talks
from training.memory_linear import fit as fit_linear
from training.memory_linear import parted
from training.network import Network
from training.pack import zipped

Bools = NDArray[np.bool_]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

_HERE: Final = Path(__file__).parent / "authored"
_OUT: Final = Path(__file__).parents[1] / "qingting" / "content" / "models" / "memory.npz"
_TODAY: Final = date(2026, 11, 18)
# Talks, one author a file.
_TALKS: Final = tuple(f"memory_{author}" for author in "ijklmnop")
# It is trained anew without the files of some authors at a time, as the reader takes long.
_FOLDS: Final = (
    ("memory_i", "memory_l", "memory_n", "memory_p"),
    ("memory_j", "memory_k", "memory_m", "memory_o"),
)
# From which score on a piece is of a kind, set by hand where four more right finds outweigh one
# that is wrong (in English goal some more), on the talks, scored by what was learned
# without their authors and printed while training, and on dialogues 1 to 140 of evals/memory.
_AT: Final[dict[Language, dict[Kind, float]]] = {
    "zh": {
        "preference": 2.25,
        "person": 4.4,
        "event": 4.0,
        "goal": 3.45,
        "helped": 1.3,
        "trigger": 3.8,
        "strength": 4.0,
    },
    "en": {
        "preference": 4.8,
        "person": 4.1,
        "event": 3.0,
        "goal": 4.9,
        "helped": 6.3,
        "trigger": 5.6,
        "strength": 6.4,
    },
}
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
    """The pieces of every file, those of talks among them."""
    lines = _of_talks(language)
    for path in sorted((_HERE / language).glob("memory_*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            text, _, told = row.rpartition("\t")
            if text.strip():
                labels = frozenset(told.replace(" ", "").split(",")) - {"none"}
                lines.append(_line(text.strip(), labels, path.stem, language))
    return lines


def _of_talks(language: Language) -> list[Line]:
    lines = []
    for path in sorted((_HERE / language).glob("memory_*.txt")):
        for told in memory_talks.told(path, language):
            ahead = any(day.last >= told.today for day in told.days)
            marks = signs(told.text, ahead, bool(told.days))
            lines.append(Line(told.text, told.kinds, path.stem, tuple(marks)))
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
    """Pieces beside a piece of the same file that is worth nothing, before it or after it; and
    those of talks once more, which are few and as people talk."""
    chance = random.Random(3)
    longest, other_longest = _JOINED[language]
    more = [line for line in lines if line.source in _TALKS]
    for source in sorted({line.source for line in lines}.difference(_TALKS)):
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


def fitting(kind: str, lines: Sequence[Line], language: Language) -> Bools:
    """Which pieces can be of a kind at all, as reading has it: a day ahead, somebody named."""
    if kind == "event":
        return np.array([line.marks[0] for line in lines], bool)
    if kind == "person":
        who = patterns(language).who
        return np.array([who.search(line.text) is not None for line in lines], bool)
    return np.ones(len(lines), bool)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A language: its lines, those beside another piece, the lines' linear scores by what was
    learned without their file, and the weights learned from all."""

    lines: list[Line]
    joined: list[Line]
    linear: Floats
    weights: Floats


def fitted(language: Language) -> Fitted:
    """The linear half of a language."""
    own = [*read(language), *examples(language)]
    lines = [*own, *joined(own, language)]
    rows = measured([line.text for line in lines], [line.marks for line in lines])
    if rows is None:
        sys.exit("the encoder is not installed")
    scale, shift = _evened(rows, len(own))
    evened = parted((rows - shift) * scale)
    del rows
    wanted = labels(lines)
    source = np.array([line.source for line in lines])
    linear = np.full((len(own), len(KINDS)), np.nan, np.float32)
    for fold in _FOLDS:
        without = np.isin(source, fold)
        there = np.flatnonzero(without[: len(own)])
        fit = fit_linear(evened.some(~without), wanted[~without])
        linear[there] = evened.some(np.isin(np.arange(len(lines)), there)).scores(fit)
        print(f"{language} linear without", *fold, flush=True)
    whole = fit_linear(evened, wanted)
    # As reading has it, with features as they come from the encoder.
    plain = whole[:, :-1] * scale
    weights = np.column_stack([plain, whole[:, -1] - plain @ shift])
    return Fitted(own, lines[len(own) :], linear, weights)


def labels(lines: Sequence[Line]) -> Floats:
    """[lines, kinds] of 0 and 1."""
    return np.array([[kind in line.told for kind in KINDS] for line in lines], np.float32)


def _possible(lines: Sequence[Line], scores: Floats, language: Language) -> Bools:
    """Which lines can be of which kind, as reading has it: what fits, and of what helps and what
    sets off only what is much the likelier."""
    possible = np.stack([fitting(kind, lines, language) for kind in KINDS], axis=1)
    helped, trigger = KINDS.index("helped"), KINDS.index("trigger")
    apart = scores[:, helped] - scores[:, trigger]
    possible[:, helped] &= apart >= CLEARLY
    possible[:, trigger] &= -apart >= CLEARLY
    return possible


def _told(language: Language, lines: Sequence[Line], scores: Floats) -> Floats:
    """The thresholds of a language, printed with what they find. scores: of lines that were
    scored without their file."""
    wanted, possible = labels(lines), _possible(lines, scores, language)
    at = np.array([_AT[language][kind] for kind in KINDS], np.float32)
    taken = possible & (scores >= at)
    for place, kind in enumerate(KINDS):
        right = wanted[taken[:, place], place]
        print(
            f"{language} {kind}: {int(wanted[:, place].sum())} lines, threshold {at[place]:.2f}, "
            f"recall {right.sum() / wanted[:, place].sum():.2f}, "
            f"precision {right.mean() if len(right) else 1:.2f}",
            flush=True,
        )
    return at


def _evened(rows: Floats, own: int) -> tuple[Floats, Floats]:
    """What makes the features of word pieces of one size and leaves the rest; of the lines
    themselves, not of those joined."""
    scale, shift = np.ones(rows.shape[1], np.float32), np.zeros(rows.shape[1], np.float32)
    features = slice(VECTOR, LETTERS)
    assert LETTERS - VECTOR == 2 * FEATURES
    scale[features] = _WEIGHT / (rows[:own, features].std(0) + 1e-6)
    shift[features] = rows[:own, features].mean(0)
    return scale, shift


def _read(lines: Sequence[Line], beside: Sequence[Line]) -> tuple[Floats, Network]:
    """The reader's scores of lines by what was learned without their files, and the reader learned
    from all. beside: lines read with another piece, which are learned from only."""
    every = [*lines, *beside]
    looks = [
        memory_reader.look(line.text, line.marks, told)
        for line, told in zip(every, labels(every), strict=True)
    ]
    crossed = memory_reader.crossed(looks, [line.source for line in every], _FOLDS)
    return crossed[: len(lines)], memory_reader.trained(looks)


def main() -> None:
    """Train and write."""
    one_thread()
    torch.set_num_threads(1)
    both: dict[Language, Fitted] = {language: fitted(language) for language in LANGUAGES}
    lines = [line for one in both.values() for line in one.lines]
    arrays: dict[str, NDArray[np.generic]] = {}
    read, whole = _read(lines, [line for one in both.values() for line in one.joined])
    arrays |= further.packed(whole, PREFIX)
    begin = 0
    for language, one in both.items():
        here = slice(begin, begin + len(one.lines))
        scores = one.linear + read[here]
        begin += len(one.lines)
        tried = [place for place, line in enumerate(one.lines) if line.source in _TALKS]
        at = _told(language, [one.lines[place] for place in tried], scores[tried])
        arrays |= {f"{language}.weights": one.weights.astype(np.float16), f"{language}.at": at}
    _OUT.write_bytes(zipped(arrays))


if __name__ == "__main__":
    main()

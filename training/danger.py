"""The risk heads: how grave, whose, and of which kind, beside what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp

from qingting.companion.understand.reading import KINDS, LEVELS, at_least
from training import features
from training.augment import CHANGED, augmented
from training.corpus import Corpus, gather, together
from training.head import Recipe, Trained, train
from training.labels import EXPLORING, FROM_PSYSUICIDE
from training.learned.embedder import MOST_LETTERS
from training.learned.windows import pieces, window
from training.network import Doubles, Floats, fit_linear
from training.sources import Line, authored, public

GRADES: Final = ("moderate", "high", "imminent", "other")
RECIPE: Final = Recipe(keep=6.0, width=256, decay=3.0, rounds=20, folds=5)
# Everyday texts that were never labelled for danger count less than labelled ones.
_UNLABELLED: Final = 0.5
_AUTHORED: Final = 30.0
_CHANGED: Final = 10.0


@dataclass(frozen=True, slots=True)
class Material:
    """The lines of the risk heads, their extra numbers and the cells for both heads."""

    corpus: Corpus
    extras: Floats
    grades: tuple[Doubles, Doubles]
    kinds: tuple[Doubles, Doubles]


def material(data: Path, cache: Path, everyday: Sequence[Corpus]) -> Material:
    """Everything the risk heads learn from. everyday: corpora that hold no danger as a rule."""
    lines = _kept([*public(data, "risk_psysuicide_zh"), *authored()])
    lines += augmented(lines, RECIPE.folds, RECIPE.seed)
    calm = together(everyday)
    quiet = {id(line) for line in _kept(calm.lines)}
    calm = calm.only(lambda line: id(line) in quiet)
    texts = shortened(lines, [calm])
    extras = np.concatenate(
        [
            features.extras(lines, texts),
            features.extras(calm.lines, features.plain([line.text for line in calm.lines])),
        ]
    )
    corpus = together([gather(lines, cache, texts), calm])
    return Material(corpus, extras, *_cells(corpus.lines))


def _kept(lines: Sequence[Line]) -> list[Line]:
    """The usable lines: none of the held-out pass, none whose label says nothing."""
    return [
        line
        for line, risk in zip(lines, features.ruled(lines), strict=True)
        if not line.held and _usable(line, at_least(risk.level, "moderate"))
    ]


def heads(
    found: Material, weigh: Floats, recipe: Recipe = RECIPE
) -> tuple[Trained, Trained, Floats]:
    """The grades and kinds heads, and the out-of-fold probabilities of the grades."""
    grades, unseen = train(
        "risk", GRADES, found.corpus.block(weigh, *found.grades, found.extras), recipe
    )
    kinds, _ = train("kinds", KINDS, found.corpus.block(weigh, *found.kinds, found.extras), recipe)
    return grades, kinds, unseen


def grade_of(line: Line) -> tuple[str, str | None, tuple[str, ...]] | None:
    """(level, subject or None where not labelled, kinds) of a line; None where unknown."""
    if "risk" in line.more and isinstance(line.more["risk"], dict):
        risk = line.more["risk"]
        return str(risk["level"]), str(risk.get("subject", "self")), tuple(risk.get("kinds", ()))
    if line.source == "risk_psysuicide_zh":
        named = [FROM_PSYSUICIDE[label] for label in line.label if label in FROM_PSYSUICIDE]
        if not named:
            return None
        kind, level = max(named, key=lambda pair: LEVELS.index(pair[1]))
        return level, None, (kind,) if kind else ()
    return "none", None, ()


def weight_of(line: Line) -> float:
    """How far a line's label is believed."""
    if line.source.endswith(CHANGED):
        return _CHANGED
    if line.source.startswith("authored"):
        return _AUTHORED if "risk" in line.more else _UNLABELLED
    return 1.0 if line.source == "risk_psysuicide_zh" else _UNLABELLED


def _cells(lines: Sequence[Line]) -> tuple[tuple[Doubles, Doubles], tuple[Doubles, Doubles]]:
    grades, sure = np.zeros((len(lines), 4)), np.zeros((len(lines), 4))
    kinds, named = np.zeros((len(lines), len(KINDS))), np.zeros((len(lines), len(KINDS)))
    for row, line in enumerate(lines):
        known = grade_of(line)
        if known is None:
            continue
        level, subject, told = known
        rank = LEVELS.index(level)
        weight = weight_of(line)
        sure[row, :3] = weight
        grades[row, :3] = [rank >= 2, rank >= 3, rank >= 4]
        if subject is None and rank >= 2:
            # "High" in the public set does not say whether it is happening now.
            sure[row, 2] = 0
        if subject is not None and rank >= 1:
            sure[row, 3], grades[row, 3] = weight, subject == "other"
        named[row] = weight
        for kind in told if rank >= 2 else ():
            kinds[row, KINDS.index(kind)] = 1.0
    return (grades, sure), (kinds, named)


def shortened(lines: Sequence[Line], everyday: Sequence[Corpus]) -> list[str]:
    """The plain view of each line, long ones cut to their window as when reading. The pieces are
    scored by a first small model over the short lines."""
    texts = features.plain([line.text for line in lines])
    longer = [place for place, text in enumerate(texts) if len(text) > MOST_LETTERS]
    short = [place for place, text in enumerate(texts) if len(text) <= MOST_LETTERS]
    counted = sp.vstack(
        [
            features.counts([texts[place] for place in short]),
            *(corpus.counted for corpus in everyday),
        ]
    ).tocsr()
    weigh = features.weighing(counted)
    known = [lines[place] for place in short] + [
        line for corpus in everyday for line in corpus.lines
    ]
    (truth, mask), _ = _cells(known)
    scorer = fit_linear(
        features.weighed(counted, weigh), truth[:, :1], mask[:, :1], keep=RECIPE.keep, steps=20
    )
    for place in longer:
        text = texts[place]
        ranges = pieces(text)
        rows = features.counts([text[begin:end] for begin, end in ranges])
        scores = scorer.scores(features.weighed(rows, weigh))[:, 0]
        texts[place] = window(text, ranges, scores.tolist())
    return texts


def _usable(line: Line, flagged: bool) -> bool:
    """Unlabelled everyday text that the rules flag may well be dangerous: not used."""
    if isinstance(line.more.get("risk"), dict):
        return True
    if line.source.startswith("authored"):
        # Lines written for feelings or traps: sad or hard talk, not labelled for danger.
        return not flagged
    if line.source == "risk_psysuicide_zh":
        return EXPLORING not in line.label
    return not flagged

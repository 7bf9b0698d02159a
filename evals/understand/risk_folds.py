"""The public risk sets in folds, beside the baseline at the same recall."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from evals.understand.baseline import Baseline
from evals.understand.intervals import paired_bootstrap, shown
from evals.understand.readers import rules, shipped
from evals.understand.table import table
from qingting.companion.understand import learned
from qingting.companion.understand.learned.model import Asked
from qingting.companion.understand.learned.windows import pieces
from qingting.companion.understand.reading import at_least
from training import features
from training.corpus import Corpus
from training.examples import unseen
from training.head import Block, Recipe, fold_of, train
from training.letters import Doubles, Floats
from training.sources import Line, public

_FOLDS = 5
_RECALL = 0.9
_RECIPE = Recipe(keep=6.0, width=128, decay=3.0, rounds=15, folds=4)
_PIECES = 60


def psysuicide(data: Path) -> str:
    """Danger to oneself or not, line by line, on the fifth that nothing was learned from; the
    baseline is fitted on the same four fifths that the network learned from."""
    lines = public(data, "risk_psysuicide_zh")
    known = [line for line in lines if not unseen(line)]
    asked = [line for line in lines if unseen(line)]
    right = np.array([bool(line.more["risk"]) for line in asked])
    truth = np.array([[float(line.more["risk"])] for line in known])
    simple = Baseline([line.text for line in known], truth, words=False)
    base = simple.probabilities([line.text for line in asked])[:, 0]
    ours = np.array([reading.risk.score for reading in shipped(asked)])

    def gain(rows: NDArray[np.int64]) -> float:
        return _false(base[rows], right[rows]) - _false(ours[rows], right[rows])

    saved = "{:+.3f} ({:+.3f} to {:+.3f})".format(*paired_bootstrap(len(right), gain))
    rows: list[list[object]] = [
        [name, float(average_precision_score(right, sure)), _false(sure, right), gained]
        for name, sure, gained in (
            ("char TF-IDF + LR", base, ""),
            ("understand(), its score", ours, saved),
        )
    ]
    compared = table(
        f"PsySUICIDE (zh), unseen fifth, {int(right.sum())} of {len(right)} at risk",
        ["reader", "average precision", f"false alarms at recall {_RECALL}", "fewer, 95 %"],
        rows,
    )
    return f"{compared}\n{_as_shipped(asked)}"


def _as_shipped(asked: list[Line]) -> str:
    """What the product says of lines it never saw, with its own thresholds."""
    rows = []
    for name, reader in (("rules", rules), ("understand()", shipped)):
        flagged = [at_least(reading.risk.level, "moderate") for reading in reader(asked)]
        true = [bool(line.more["risk"]) for line in asked]
        pairs = list(zip(flagged, true, strict=True))
        hit, alarm = sum(f and t for f, t in pairs), sum(f and not t for f, t in pairs)
        rows.append([name, shown(hit, sum(true)), shown(alarm, len(true) - sum(true))])
    return table("PsySUICIDE (zh), as shipped", ["reader", "recall", "false alarms"], rows)


def cssrs(data: Path) -> str:
    """Danger or not, user by user: all posts of a user are one row."""
    users = public(data, "risk_cssrs_en")
    texts = features.plain([user.text for user in users])
    means, extras = zip(*(_user(text) for text in texts), strict=True)
    corpus = Corpus(users, features.counts(texts), np.stack(means))
    return _compared("C-SSRS (en, by user)", corpus, np.stack(extras), beside="the shipped head")


def _user(text: str) -> tuple[Floats, Floats]:
    """The mean vector of a user's pieces, and how grave the gravest pieces look to the shipped
    head, which never saw this set."""
    model = learned.load()
    assert model is not None
    ranges = pieces(text)
    step = max(1, len(ranges) // _PIECES)
    seen = [text[begin:end] for begin, end in ranges[::step]]
    sketches = model.sketches([Asked(piece) for piece in seen])
    found = [sketch.vector for sketch in sketches if sketch.vector is not None]
    mean = np.mean(found, axis=0) if found else np.zeros(512, np.float32)
    odds = np.array([model.risk(sketch).grades[0] for sketch in sketches])
    scores = sorted(1.0 / (1.0 + np.exp(-odds)), reverse=True)
    grave = [np.mean(scores[:1]), np.mean(scores[:5]), np.mean(scores)]
    length = float(np.linalg.norm(mean))
    return (mean / length if length else mean).astype(np.float32), np.array(grave, np.float32)


def _compared(title: str, corpus: Corpus, extras: Floats, *, beside: str) -> str:
    truth = np.array([[float(line.more["risk"])] for line in corpus.lines])
    base, ours, plain = _unseen(corpus, truth, extras)
    right = truth[:, 0] > 0.5

    def saved(sure: Floats) -> str:
        def gain(rows: NDArray[np.int64]) -> float:
            return _false(base[rows], right[rows]) - _false(sure[rows], right[rows])

        return "{:+.3f} ({:+.3f} to {:+.3f})".format(*paired_bootstrap(len(right), gain))

    rows = [
        [name, float(average_precision_score(right, sure)), _false(sure, right), gained]
        for name, sure, gained in (
            ("char TF-IDF + LR", base, ""),
            ("letters + vector", plain, saved(plain)),
            (f"letters + vector + {beside}", ours, saved(ours)),
        )
    ]
    return table(
        f"{title}, {_FOLDS} folds, {int(right.sum())} of {len(right)} at risk",
        ["reader", "average precision", f"false alarms at recall {_RECALL}", "fewer, 95 %"],
        rows,
    )


def _false(sure: Floats, right: NDArray[np.bool_]) -> float:
    """The share of the calm that is flagged when 90 % of those at risk are."""
    at = np.quantile(sure[right], 1 - _RECALL)
    return float((sure[~right] >= at).mean())


def _unseen(corpus: Corpus, truth: Doubles, extras: Floats) -> tuple[Floats, Floats, Floats]:
    folds = np.array([fold_of(line.group, _FOLDS, 11) for line in corpus.lines])
    texts = [line.text for line in corpus.lines]
    base, ours, plain = (np.zeros(len(texts), np.float32) for _ in range(3))
    for fold in range(_FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        simple = Baseline([texts[row] for row in inside], truth[inside], words=False)
        base[outside] = simple.probabilities([texts[row] for row in outside])[:, 0]
        weigh = features.weighing(corpus.rows(inside).counted)
        for target, extra in ((plain, None), (ours, extras)):
            known = _block(corpus, inside, weigh, truth, extra)
            head, _ = train("fold", ("risk",), known, _RECIPE)
            asked = _block(corpus, outside, weigh, truth, extra)
            target[outside] = head.probabilities(asked)[:, 0]
    return base, ours, plain


def _block(
    corpus: Corpus, rows: NDArray[np.int64], weigh: Floats, truth: Doubles, extras: Floats | None
) -> Block:
    part = None if extras is None else extras[rows]
    return corpus.rows(rows).block(weigh, truth[rows], np.ones_like(truth[rows]), part)

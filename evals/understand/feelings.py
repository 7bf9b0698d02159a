"""Feelings on the public sets, beside the baseline."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from evals.understand.baseline import Baseline
from evals.understand.held_feelings import told_by
from evals.understand.scores import macro_f1
from evals.understand.table import table
from qingting.companion.understand.learned.arrays import shipped
from qingting.companion.understand.learned.scoring import Network
from qingting.companion.understand.learned.windows import cut
from training import features
from training.brighter import RECIPE, labels_of
from training.corpus import Corpus, columns
from training.head import Recipe, fold_of, train
from training.labels import GOEMOTIONS
from training.letters import Doubles
from training.sources import Line, public

_REPEATS = 2
_FOLDS = 5


def goemotions(data: Path) -> str:
    """The official dev split: the shipped head beside the baseline fitted on train."""
    known, asked = (
        public(data, "emotion_goemotions_en"),
        public(data, "emotion_goemotions_en", "dev"),
    )
    truth = columns(asked, GOEMOTIONS)
    texts = [line.text for line in asked]
    base = Baseline([line.text for line in known], columns(known, GOEMOTIONS), words=True)
    told = (base.probabilities(texts) >= base.at).astype(float)
    rows = [["TF-IDF + LR, tuned thresholds", macro_f1(truth, told)]]
    for name, encoder in (("letters alone", False), ("letters + vector", True)):
        found = told_by("goemotions", texts, encoder=encoder)
        if found is not None:
            rows.append([name, macro_f1(truth, found)])
    return table("GoEmotions, official dev split, 28 labels", ["reader", "macro-F1"], rows)


def seen(lines: list[Line]) -> Corpus:
    """Lines with what the shipped network sees in them; it was never trained on these sets."""
    texts = features.plain([line.text for line in lines])
    network = Network(shipped())
    inputs = network.inputs([cut(text) or "." for text in texts])
    return Corpus(lines, features.counts(texts), inputs)


def brighter(data: Path, language: str) -> str:
    """Repeated paired cross-validation on train + dev: the same folds for both."""
    name = f"emotion_brighter_{language}"
    corpus = seen([*public(data, name), *public(data, name, "dev")])
    labels = labels_of(language)
    truth = columns(corpus.lines, labels)
    pairs = [
        _fold(corpus, truth, labels, fold, repeat)
        for repeat in range(_REPEATS)
        for fold in range(_FOLDS)
    ]
    base, ours = np.array(pairs).T
    gain = ours - base
    # Folds share training rows: the corrected resampled t-test (Nadeau and Bengio) widens it.
    spread = float(gain.std(ddof=1)) * np.sqrt(1 / len(gain) + 1 / (_FOLDS - 1))
    half = 2.262 * spread
    middle = float(gain.mean())
    rows = [
        ["TF-IDF + LR, tuned thresholds", float(base.mean()), ""],
        [
            "letters + vector",
            float(ours.mean()),
            f"{middle:+.3f} ({middle - half:+.3f} to {middle + half:+.3f})",
        ],
    ]
    title = f"BRIGHTER {language}, {_REPEATS} x {_FOLDS} folds on train + dev"
    return table(title, ["reader", "macro-F1", "paired gain, 95 %"], rows)


def _fold(
    corpus: Corpus, truth: Doubles, labels: tuple[str, ...], fold: int, repeat: int
) -> tuple[float, float]:
    folds = np.array([fold_of(line.group, _FOLDS, 100 + repeat) for line in corpus.lines])
    inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
    texts = [line.text for line in corpus.lines]
    base = Baseline(
        [texts[row] for row in inside], truth[inside], words=corpus.lines[0].language == "en"
    )
    told = base.probabilities([texts[row] for row in outside]) >= base.at
    known, asked = corpus.rows(inside), corpus.rows(outside)
    weigh = features.weighing(known.counted)
    recipe = Recipe(
        keep=RECIPE.keep,
        width=RECIPE.width,
        rounds=RECIPE.rounds,
        folds=3,
    )
    head, _ = train(
        "fold", labels, known.block(weigh, truth[inside], np.ones_like(truth[inside]), None), recipe
    )
    block = asked.block(weigh, truth[outside], np.ones_like(truth[outside]), None)
    ours = head.probabilities(block) >= head.at["both"]
    return macro_f1(truth[outside], told.astype(float)), macro_f1(
        truth[outside], ours.astype(float)
    )

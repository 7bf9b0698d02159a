"""The usual baseline: TF-IDF over runs of letters and words, logistic regression, thresholds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from training.head import best_thresholds
from training.letters import Doubles, Floats, fit_linear

_KEEP = 4.0


class Baseline:
    """Fitted once on texts and labels; thresholds come from a part it did not see.

    words: also words and pairs of words, for English.
    """

    def __init__(self, texts: Sequence[str], labels: Doubles, *, words: bool) -> None:
        self._views = [TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2)]
        if words:
            self._views.append(TfidfVectorizer(ngram_range=(1, 2), min_df=2))
        rows = self._rows(texts, fit=True)
        order = np.random.default_rng(7).permutation(len(texts))
        part = max(1, len(texts) // 6)
        out, rest = np.sort(order[:part]), np.sort(order[part:])
        ones = np.ones_like(labels)
        trial = fit_linear(rows[rest], labels[rest], ones[rest], keep=_KEEP)
        self.at = best_thresholds(_sure(trial.scores(rows[out])), labels[out], ones[out])
        self._model = fit_linear(rows, labels, ones, keep=_KEEP)

    def _rows(self, texts: Sequence[str], *, fit: bool = False) -> sp.csr_matrix:
        seen = [view.fit_transform(texts) if fit else view.transform(texts) for view in self._views]
        return sp.hstack(seen).tocsr().astype(np.float32)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """One row per text."""
        return _sure(self._model.scores(self._rows(texts)))


def _sure(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)

"""Our 22 feelings on the authored held-out lines. Needs no extra packages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evals.understand.scores import macro_f1
from evals.understand.table import table
from qingting.companion.understand import learned
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.learned.model import Asked
from qingting.companion.understand.learned.scoring import probabilities
from qingting.companion.understand.learned.views import plain_view
from qingting.companion.understand.reading import FEELINGS
from training.sources import Line, authored

Doubles = NDArray[np.float64]


def held() -> str:
    """Our 22 feelings on the authored held-out lines, by language and with or without encoder."""
    lines = [line for line in authored() if line.held and "feelings" in line.more]
    rows: list[list[object]] = []
    for language in ("zh", "en"):
        here = [line for line in lines if (line.language == "en") == (language == "en")]
        if not here:
            continue
        truth = np.zeros((len(here), len(FEELINGS)))
        for row, line in enumerate(here):
            for label, strength in line.more["feelings"]:
                truth[row, FEELINGS.index(label)] = float(strength >= 0.3)
        rows.append([language, len(here), "rules, by words", *_by_words(here, truth)])
        for name, encoder in (("letters alone", False), ("letters + vector", True)):
            told = told_by("feelings", [line.text for line in here], encoder=encoder)
            if told is not None:
                top = _first_right(here, encoder=encoder)
                rows.append([language, len(here), name, macro_f1(truth, told), top])
    head = ["language", "lines", "reader", "macro-F1", "strongest is right"]
    return table("Our 22 feelings, held-out authored lines", head, rows)


def _by_words(lines: list[Line], truth: Doubles) -> list[float]:
    told = np.zeros_like(truth)
    right = 0
    for row, line in enumerate(lines):
        heard = feelings_of(cleaned(line.text))
        for read in heard:
            told[row, FEELINGS.index(read.label)] = 1.0
        right += bool(heard) and bool(truth[row, FEELINGS.index(heard[0].label)])
    return [macro_f1(truth, told), right / len(lines)]


def _first_right(lines: list[Line], *, encoder: bool) -> float:
    model = learned.load(encoder=encoder)
    assert model is not None
    right = 0
    for line in lines:
        told = model.feelings(model.sketch(Asked(plain_view(line.text))))
        names = {label for label, strength in line.more["feelings"] if strength >= 0.3}
        right += bool(told) and told[0].label in names
    return right / len(lines)


def told_by(name: str, texts: list[str], *, encoder: bool) -> Doubles | None:
    """Which labels the shipped head names, text by text; None where it cannot read so."""
    model = learned.load(encoder=encoder)
    if model is None or (encoder and not model.has_encoder):
        return None
    told = []
    for sketch in model.sketches([Asked(plain_view(text)) for text in texts]):
        head = model.head(name)
        told.append(probabilities(head, sketch) >= head.thresholds[sketch.mode])
    return np.array(told, dtype=float)

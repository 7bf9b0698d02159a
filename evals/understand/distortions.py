"""Thinking traps on the authored held-out lines: the label, and the words it points at."""

from __future__ import annotations

from evals.understand.table import table
from qingting.companion.understand import learned
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.learned.model import Asked
from qingting.companion.understand.learned.views import read_view
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import DISTORTIONS
from training.sources import Line, authored


def held() -> str:
    """Per language and reader: macro-F1, any-trap F1, how often a right label's words overlap."""
    lines = [line for line in authored() if line.held and "distortions" in line.more]
    rows = []
    for language in ("zh", "en"):
        here = [line for line in lines if (line.language == "en") == (language == "en")]
        for name, encoder in (("letters alone", False), ("letters + vector", True)):
            found = _figures(here, encoder=encoder)
            if here and found is not None:
                rows.append([language, len(here), name, *found])
    head = ["language", "lines", "reader", "macro-F1", "any trap F1", "words overlap"]
    return table("Thinking traps, held-out authored lines", head, rows)


def _figures(lines: list[Line], *, encoder: bool) -> list[float] | None:
    model = learned.load(encoder=encoder)
    if model is None or (encoder and not model.has_encoder):
        return None
    hit = dict.fromkeys(DISTORTIONS, 0)
    both = dict.fromkeys(DISTORTIONS, 0)
    some = [0, 0]
    overlap = [0, 0]
    for line in lines:
        clean = cleaned(line.text)
        view = read_view(clean, views(clean))
        told = {
            read.label: read.span
            for read in model.distortions(model.sketch(Asked(view.text)), view)
        }
        true = {entry["label"]: entry.get("span", "") for entry in line.more["distortions"]}
        some[0] += bool(told) and bool(true)
        some[1] += bool(told) + bool(true)
        for label in DISTORTIONS:
            both[label] += (label in told) + (label in true)
            if label in told and label in true:
                hit[label] += 1
                begin = line.text.find(true[label])
                overlap[1] += 1
                span = told[label]
                overlap[0] += span.start < begin + len(true[label]) and begin < span.end
    f1 = [2 * hit[label] / both[label] for label in DISTORTIONS if both[label]]
    return [
        sum(f1) / max(1, len(f1)),
        2 * some[0] / max(1, some[1]),
        overlap[0] / max(1, overlap[1]),
    ]

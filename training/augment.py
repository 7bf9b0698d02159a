"""Our own lines once more, as they also arrive: after small talk, before it, with letters lost.

An everyday sentence before or after danger must not hide it, nor may it make small talk grave.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from training.head import fold_of
from training.sources import Line

# Marks the source of a changed line; such lines are learned from and never counted.
CHANGED: Final = "+"
_LOST: Final = {"en": 0.12, "zh": 0.08}
_SEED: Final = 7


def augmented(lines: Sequence[Line], folds: int, seed: int) -> list[Line]:
    """Two further lines for each authored line labelled for danger: glued to an everyday line of
    the same fold (so that no fold sees another's words), and with some letters or words lost."""
    draw = random.Random(_SEED)
    own = [line for line in lines if _fit(line)]
    calm: dict[tuple[str, int], list[str]] = {}
    for line in own:
        if line.more["risk"]["level"] == "none":
            calm.setdefault(_place(line, folds, seed), []).append(line.text)
    changed: list[Line] = []
    for line in own:
        beside = calm.get(_place(line, folds, seed))
        if beside:
            changed.append(_as(line, _glued(line, draw.choice(beside), draw)))
        changed.append(_as(line, _worn(line, draw)))
    return changed


def _fit(line: Line) -> bool:
    """Answers mean nothing away from their question; long lines are glued enough."""
    risk = line.more.get("risk")
    return isinstance(risk, dict) and not line.history and len(line.text) <= 120


def _place(line: Line, folds: int, seed: int) -> tuple[str, int]:
    return _language(line), fold_of(line.group, folds, seed)


def _language(line: Line) -> str:
    return "en" if line.language == "en" else "zh"


def _as(line: Line, text: str) -> Line:
    return replace(line, text=text, source=line.source + CHANGED)


def _glued(line: Line, other: str, draw: random.Random) -> str:
    between = ". " if _language(line) == "en" else draw.choice("，。 ")
    pair = [line.text, other]
    draw.shuffle(pair)
    return between.join(pair)


def _worn(line: Line, draw: random.Random) -> str:
    english = _language(line) == "en"
    pieces = line.text.split(" ") if english else list(line.text)
    kept = [piece for piece in pieces if draw.random() >= _LOST[_language(line)]]
    return (" " if english else "").join(kept or pieces)

"""Every text the network learns from, with what is asked of it.

Each example has a target and a weight for every column of every head; weight 0 where its source
does not label the column. Blocks of neighbouring authored lines stay together in one part, because
authors write an innocent twin right beside a dangerous line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from qingting.companion.understand.reading import DISTORTIONS, FEELINGS, KINDS, LEVELS, at_least
from training import features
from training.labels import (
    FROM_CPED,
    FROM_GOEMOTIONS,
    FROM_PSYSUICIDE,
    GOEMOTIONS,
)
from training.sources import DAYS, MOMENTS, Line, authored, days, public, spoken

Floats = NDArray[np.float32]
Part = Literal["train", "tune", "dev", "test"]

GRADES: Final = ("moderate", "high", "imminent", "other")
# The heads of the network and their columns, in order.
HEADS: Final[dict[str, tuple[str, ...]]] = {
    "risk": GRADES,
    "kinds": KINDS,
    "goemotions": GOEMOTIONS,
    "feelings": FEELINGS,
    "distortions": DISTORTIONS,
}
COLUMNS: Final = sum(len(labels) for labels in HEADS.values())

# How far a label is believed. Everyday talk that nobody labelled for danger counts less.
_UNLABELLED: Final = 0.15
# Our own ordinary talk, whose authors were told to write no danger.
_DAYS: Final = 0.8
# What a labelled line of danger counts for beside one of feelings or traps: it matters more.
_DANGER: Final = 2.0
_IN_TALK: Final = 1.5
# Public sets that name a feeling of ours, and those that have no word for it.
_BORROWED: Final = 0.3
_UNNAMED: Final = 0.03
# Neighbouring lines of one author that stay together, and one block in so many is for tuning.
_BLOCK: Final = 8
_TUNE: Final = 12
_TOLD: Final = 0.3
# The public set that is labelled for danger line by line.
RISK_SET: Final = "risk_psysuicide_zh"
_PUBLIC: Final = ("emotion_goemotions_en", "emotion_cped_zh", RISK_SET)
# Authored passes that nothing is learned from: those that thresholds are set on, one for the end.
_DEV: Final = ("h", "t", "u")
_TEST: Final = "v"
# One in so many lines of PsySUICIDE is kept unseen, to be measured on.
_UNSEEN: Final = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One text. plain: the view that is read. targets, weights: [COLUMNS]."""

    line: Line
    plain: str
    targets: Floats
    weights: Floats
    part: Part


def columns_of(head: str) -> slice:
    """Where a head's columns stand."""
    first = 0
    for name, labels in HEADS.items():
        if name == head:
            return slice(first, first + len(labels))
        first += len(labels)
    raise KeyError(head)


def examples(data: Path) -> list[Example]:
    """All examples. data: the folder of the public sets. C-SSRS, BRIGHTER and a fifth of PsySUICIDE
    stay unseen, to be measured on."""
    lines = [*authored(), *days(), *spoken(data, "dialog_emollm_zh")]
    for name in _PUBLIC:
        lines += public(data, name, "dev" if "cped" in name else "train")
    texts = features.plain([line.text for line in lines])
    found = []
    for line, plain, rules in zip(lines, texts, features.ruled(lines), strict=True):
        if not plain:
            continue
        flagged = at_least(rules.level, "moderate")
        targets, weights = _cells(line, flagged)
        if weights.any():
            found.append(Example(line, plain, targets, weights, part_of(line)))
    return found


def part_of(line: Line) -> Part:
    """train, tune (thresholds and joining), dev (the held-out pass that was looked at while
    building) or test (the pass that was only measured at the end)."""
    written = line.more.get("pass")
    if line.source.startswith("authored"):
        if written in _DEV:
            return "dev"
        if written == _TEST:
            return "test"
        name, _, number = line.group.rpartition(":")
        return "tune" if _drawn(f"{name}:{int(number) // _BLOCK}") else "train"
    if unseen(line):
        return "test"
    return "tune" if _drawn(line.group) else "train"


def unseen(line: Line) -> bool:
    """Whether a line of PsySUICIDE is among those kept for measuring."""
    return line.source == RISK_SET and crc32(line.text.encode()) % _UNSEEN == 0


def _drawn(group: str) -> bool:
    return crc32(group.encode()) % _TUNE == 0


def grade_of(line: Line) -> tuple[str, str | None, tuple[str, ...]] | None:
    """(level, subject or None where not labelled, kinds) of a line; None where unknown."""
    risk = line.more.get("risk")
    if isinstance(risk, dict):
        return str(risk["level"]), str(risk.get("subject", "self")), tuple(risk.get("kinds", ()))
    if line.source == RISK_SET:
        named = [FROM_PSYSUICIDE[label] for label in line.label if label in FROM_PSYSUICIDE]
        if not named:
            return None
        kind, level = max(named, key=lambda pair: LEVELS.index(pair[1]))  # type: ignore[arg-type]
        return level, None, (kind,) if kind else ()
    return "none", None, ()


def _cells(line: Line, flagged: bool) -> tuple[Floats, Floats]:
    targets, weights = np.zeros(COLUMNS, np.float32), np.zeros(COLUMNS, np.float32)
    _danger(line, flagged, targets, weights)
    _feelings(line, targets, weights)
    if "distortions" in line.more or line.source.startswith("authored_everyday"):
        at = columns_of("distortions")
        weights[at] = 1.0
        for told in line.more.get("distortions") or ():
            targets[at.start + DISTORTIONS.index(told["label"])] = 1.0
    if line.source == "emotion_goemotions_en":
        at = columns_of("goemotions")
        weights[at] = 1.0
        for label in line.label:
            targets[at.start + GOEMOTIONS.index(label)] = 1.0
    return targets, weights


def _danger(line: Line, flagged: bool, targets: Floats, weights: Floats) -> None:
    """Unlabelled talk that the rules flag may well be dangerous: it teaches nothing."""
    labelled = isinstance(line.more.get("risk"), dict) or line.source == RISK_SET
    known = grade_of(line)
    if known is None or (flagged and not labelled):
        return
    level, subject, kinds = known
    grade = LEVELS.index(level)  # type: ignore[arg-type]
    weight = _DANGER if labelled else _DAYS if line.source in (DAYS, MOMENTS) else _UNLABELLED
    if labelled and grade < 2 and line.history:
        # A talk has dozens of turns: a false alarm costs more in the middle of one.
        weight *= _IN_TALK
    at = columns_of("risk").start
    weights[at : at + 3] = weight
    targets[at : at + 3] = [grade >= 2, grade >= 3, grade >= 4]
    if subject is not None and grade >= 1:
        weights[at + 3], targets[at + 3] = weight, subject == "other"
    at = columns_of("kinds").start
    weights[at : at + len(KINDS)] = weight
    for kind in kinds if grade >= 2 else ():
        targets[at + KINDS.index(kind)] = 1.0  # type: ignore[arg-type]


def _feelings(line: Line, targets: Floats, weights: Floats) -> None:
    at = columns_of("feelings").start
    place = {name: at + number for number, name in enumerate(FEELINGS)}
    told: Sequence[tuple[str, float]] | None = line.more.get("feelings")
    if told is not None:
        weights[at : at + len(FEELINGS)] = 1.0
        for name, strength in told:
            if strength >= _TOLD:
                targets[place[name]] = 1.0  # type: ignore[index]
        return
    meaning = {"emotion_goemotions_en": FROM_GOEMOTIONS, "emotion_cped_zh": FROM_CPED}.get(
        line.source
    )
    if meaning is None:
        return
    weights[at : at + len(FEELINGS)] = _UNNAMED
    for name in meaning.values():
        weights[place[name]] = _BORROWED  # type: ignore[index]
    for label in [line.label] if isinstance(line.label, str) else line.label:
        if label in meaning:
            targets[place[meaning[label]]] = 1.0  # type: ignore[index]

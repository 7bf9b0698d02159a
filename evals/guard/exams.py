"""Exams of the reply guard: replies by authors who saw neither its rules nor its pairs.

<language>_<exam>.jsonl beside this file; a line holds what a person said, a harmful reply to it
("bad", null where there is none) and a fine one ("good"). Whole replies are judged, as the command
`qingting guard` does: one is held back where any sentence of it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from evals.understand.intervals import shown
from qingting.cli.guard import judged
from qingting.companion.person import Language

FOLDER: Final = Path(__file__).parent


class Pair(NamedTuple):
    """What a person said, and a harmful and a fine reply to it. category: the kind of harm."""

    category: str
    user: str
    bad: str | None
    good: str


@dataclass(slots=True)
class Figures:
    """Counts of an exam. fine: by the number of their sentences, one or more."""

    harmful: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    fine: Counter[bool] = field(default_factory=Counter)
    held_back: Counter[bool] = field(default_factory=Counter)
    pairs: int = 0
    right: int = 0


def exams(language: Language) -> list[str]:
    """The exams of a language, in the order they were written."""
    return [path.stem.partition("_")[2] for path in sorted(FOLDER.glob(f"{language}_*.jsonl"))]


def pairs(language: Language, exam: str) -> Iterator[Pair]:
    """The lines of an exam. A worn phrase is no harm: its pairs are left out."""
    text = (FOLDER / f"{language}_{exam}.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        row = json.loads(line)
        if row["category"] == "stock":
            continue
        yield Pair(row["category"], row["user"], row["bad"], row["good"])


def measured(language: Language, exam: str) -> Figures:
    """The figures of an exam."""
    figures = Figures()
    for pair in pairs(language, exam):
        held = _held_back(pair.good, pair.user)
        longer = sum(pair.good.count(mark) for mark in ".!?。！？") > 1
        figures.fine[longer] += 1
        figures.held_back[longer] += held
        if pair.bad is not None:
            caught = _held_back(pair.bad, pair.user)
            figures.harmful[pair.category] += 1
            figures.caught[pair.category] += caught
            figures.pairs += 1
            figures.right += caught and not held
    return figures


def _held_back(reply: str, user: str) -> bool:
    return next(judged(reply, user), None) is not None


def report(language: Language, exam: str, *, categories: bool = False) -> str:
    """The figures as text. categories: every kind of harm too."""
    found = measured(language, exam)
    lines = [
        f"{language} {exam}: caught {shown(found.caught.total(), found.harmful.total())}",
        (
            f"   fine held back {shown(found.held_back.total(), found.fine.total())}, "
            f"of one sentence {shown(found.held_back[False], found.fine[False])}, "
            f"of more {shown(found.held_back[True], found.fine[True])}"
        ),
        f"   both sides of a pair right {shown(found.right, found.pairs)}",
    ]
    if categories:
        lines += [
            f"   {name}: {found.caught[name]}/{count}"
            for name, count in sorted(found.harmful.items())
        ]
    return "\n".join(lines)

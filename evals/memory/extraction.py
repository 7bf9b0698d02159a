"""What is found in held-out dialogues, against what a careful friend would have kept.

evals/memory/<language>.jsonl: 180 dialogues a language, by authors who never saw a pattern.
Items marked "maybe" count neither way. Dialogues 1 to 30 are the development half, whose mistakes
may be read; of 31 to 60, the unseen half, nothing but figures is ever printed, and those were
looked at for several versions. 61 to 100, the first exam, came later, by other authors; its
mistakes were read once. 101 to 140, the second exam, by others again: thresholds were chosen with
its figures in sight. 141 to 180, the third exam, by others again, after all thresholds were set.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from evals.understand.intervals import wilson
from qingting.companion.person import Language
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found

FOLDER = Path(__file__).parent
Half = Literal["development", "unseen", "exam", "second exam", "third exam"]
HALVES: Final[tuple[Half, ...]] = (
    "development",
    "unseen",
    "exam",
    "second exam",
    "third exam",
)
_LAST_READ: Final = 30
_LAST_UNSEEN: Final = 60
_LAST_OF_FIRST: Final = 100
_LAST_OF_SECOND: Final = 140


@dataclass(slots=True)
class Figures:
    """Counts over dialogues. right, wrong: of what was found; missed: of what should have been.
    days_right, days_wrong: of the events found."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    days_right: int = 0
    days_wrong: int = 0
    told: list[str] = field(default_factory=list)


def half_of(dialogue: dict[str, Any]) -> Half:
    """Which half a dialogue is of, by its number."""
    number = int(dialogue["id"].split("-")[1])
    if number <= _LAST_READ:
        return "development"
    if number <= _LAST_UNSEEN:
        return "unseen"
    if number <= _LAST_OF_FIRST:
        return "exam"
    return "second exam" if number <= _LAST_OF_SECOND else "third exam"


def dialogues(language: Language) -> Iterator[dict[str, Any]]:
    """Every dialogue of a language."""
    for line in (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def measured(language: Language, half: Half, *, learned: bool = True) -> Figures:
    """The figures of a part of a language. learned: also what no pattern tells of."""
    figures = Figures()
    for dialogue in dialogues(language):
        if half_of(dialogue) != half:
            continue
        today = date.fromisoformat(dialogue["today"])
        for number, said in enumerate(dialogue["said"]):
            wanted = [item for item in dialogue["items"] if item["in"] == number]
            found = extract(said, language, today, learned=learned)
            _compare(figures, found, wanted, dialogue["id"], said)
    return figures


def _compare(
    figures: Figures,
    found: tuple[Found, ...],
    wanted: list[dict[str, Any]],
    where: str,
    said: str,
) -> None:
    left = list(wanted)
    for one in found:
        match = next((item for item in left if _fits(one, item)), None)
        if match is None:
            # The same thing told twice in one message is one thing.
            if not any(_fits(one, item) for item in wanted):
                figures.wrong[one.kind] += 1
                figures.told.append(f"wrong  {where} {one.kind} {one.about} {one.says!r}: {said}")
            continue
        left.remove(match)
        if match.get("maybe"):
            continue
        figures.right[one.kind] += 1
        if match.get("on") or one.on:
            _compare_days(figures, one, match, where)
    for item in left:
        if not item.get("maybe"):
            figures.missed[item["kind"]] += 1
            figures.told.append(f"missed {where} {item['kind']} {item['about']}: {said}")


def _fits(one: Found, item: dict[str, Any]) -> bool:
    """Whether a find is the item meant: its kind, one of its words, and whether it is over."""
    if one.kind != item["kind"] or one.gone is not bool(item.get("gone", False)):
        return False
    text = f"{one.about} {one.says} {one.value}".casefold()
    if one.about.startswith("not_called/"):
        # The dialogues were marked when what not to call somebody was one of the tone.
        text += " tone"
    return any(word.casefold() in text for word in item["about"]) or (
        one.kind not in ("preference", "person")
        and any(word.casefold() in one.quote.casefold() for word in item["about"])
    )


def _compare_days(figures: Figures, one: Found, item: dict[str, Any], where: str) -> None:
    first, last = item.get("on"), item.get("until") or item.get("on")
    got = (one.on.isoformat() if one.on else None, one.until.isoformat() if one.until else None)
    if got == (first, last):
        figures.days_right += 1
    else:
        figures.days_wrong += 1
        figures.told.append(f"day    {where} {one.about} {got} not {(first, last)}: {one.quote}")


def report(language: Language, *, show: bool = False) -> str:
    """The figures of a language as text, each half apart. show: every mistake of the development
    half too."""
    return "\n".join(_report(language, half, show and half == "development") for half in HALVES)


def _report(language: Language, half: Half, show: bool) -> str:
    figures, alone = measured(language, half), measured(language, half, learned=False)
    days = figures.days_right + figures.days_wrong
    lines = [
        f"{language}, {half}: precision {_precision(figures)}",
        f"   recall {_recall(figures)}",
        f"   days right {_share(figures.days_right, days)}",
        f"   patterns alone: precision {_precision(alone)}, recall {_recall(alone)}",
    ]
    lines += [
        f"   {kind}: {figures.right[kind]} right, {figures.wrong[kind]} wrong, "
        f"{figures.missed[kind]} missed"
        for kind in sorted({*figures.right, *figures.wrong, *figures.missed})
    ]
    return "\n".join([*lines, *(figures.told if show else ())])


def _precision(figures: Figures) -> str:
    right = figures.right.total()
    return _share(right, right + figures.wrong.total())


def _recall(figures: Figures) -> str:
    right = figures.right.total()
    return _share(right, right + figures.missed.total())


def _share(part: int, whole: int) -> str:
    if not whole:
        return "nothing"
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({part}/{whole}, {low:.2f}-{high:.2f})"

"""What is found in held-out dialogues, against what a careful friend would have kept.

evals/memory/<language>.jsonl: sixty dialogues a language, by authors who never saw a pattern.
Items marked "maybe" count neither way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evals.understand.intervals import wilson
from qingting.companion.person import Language
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found

FOLDER = Path(__file__).parent


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


def dialogues(language: Language) -> Iterator[dict[str, Any]]:
    """Every dialogue of a language."""
    for line in (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def measured(language: Language) -> Figures:
    """The figures of a language."""
    figures = Figures()
    for dialogue in dialogues(language):
        today = date.fromisoformat(dialogue["today"])
        for number, said in enumerate(dialogue["said"]):
            wanted = [item for item in dialogue["items"] if item["in"] == number]
            _compare(figures, extract(said, language, today), wanted, dialogue["id"], said)
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
    """The figures of a language as text. show: every mistake too."""
    figures = measured(language)
    right, wrong = figures.right.total(), figures.wrong.total()
    missed = figures.missed.total()
    days = figures.days_right + figures.days_wrong
    lines = [
        f"{language}: precision {_share(right, right + wrong)}",
        f"   recall {_share(right, right + missed)}",
        f"   days right {_share(figures.days_right, days)}",
    ]
    lines += [
        f"   {kind}: {figures.right[kind]} right, {figures.wrong[kind]} wrong, "
        f"{figures.missed[kind]} missed"
        for kind in sorted({*figures.right, *figures.wrong, *figures.missed})
    ]
    return "\n".join([*lines, *(figures.told if show else ())])


def _share(part: int, whole: int) -> str:
    if not whole:
        return "nothing"
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({part}/{whole}, {low:.2f}-{high:.2f})"

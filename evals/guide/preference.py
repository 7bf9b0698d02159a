"""What readers preferred, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb
from typing import Literal

from evals.understand.intervals import shown
from evals.understand.table import table

Choice = Literal["A", "B", "same"]
Verdict = Literal["ours", "other", "same"]
_HEAD = ("reader", "ours", "other", "same", "preferred of decided", "sign test p")


def verdicts(ours: Mapping[str, str], choices: Mapping[str, Choice]) -> dict[str, Verdict]:
    """A reader's choices with the sides opened; only ids of the key. ours: our side by id."""
    return {
        identity: "same" if choice == "same" else "ours" if choice == ours[identity] else "other"
        for identity, choice in choices.items()
        if identity in ours
    }


def majority(readers: Sequence[Mapping[str, Verdict]]) -> dict[str, Verdict]:
    """For each exchange what more readers chose; "same" where neither has more."""
    votes: dict[str, Counter[str]] = {}
    for reader in readers:
        for identity, verdict in reader.items():
            votes.setdefault(identity, Counter())[verdict] += 1
    return {identity: _more(count) for identity, count in votes.items()}


def _more(count: Counter[str]) -> Verdict:
    if count["ours"] == count["other"]:
        return "same"
    return "ours" if count["ours"] > count["other"] else "other"


def sign_test(ours: int, other: int) -> float:
    """The two-sided p of a preference this uneven by chance; ties are left out."""
    total = ours + other
    tail = sum(comb(total, k) for k in range(max(ours, other), total + 1))
    return float(min(1.0, 2 * tail / 2**total))


def agreement(one: Mapping[str, Verdict], two: Mapping[str, Verdict]) -> tuple[int, int, float]:
    """How many exchanges two readers judged alike, of how many both judged, and Cohen's kappa
    (1.0 where chance alone would make them agree)."""
    both = sorted(one.keys() & two.keys())
    alike = sum(one[identity] == two[identity] for identity in both)
    if not both:
        return 0, 0, 1.0
    first, second = Counter(one[i] for i in both), Counter(two[i] for i in both)
    chance = sum(first[verdict] * second[verdict] for verdict in first) / len(both) ** 2
    seen = alike / len(both)
    return alike, len(both), 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def report(
    language: str, ours: Mapping[str, str], readers: Mapping[str, Mapping[str, Choice]]
) -> str:
    """The table of a language: each reader, the majority of them, and their agreement."""
    opened = {name: verdicts(ours, choices) for name, choices in readers.items()}
    rows = [_row(name, told) for name, told in opened.items()]
    if len(opened) > 1:
        rows.append(_row("most readers", majority(list(opened.values()))))
    told = table(f"Preference, {language}", _HEAD, rows)
    for (one, first), (two, second) in combinations(opened.items(), 2):
        alike, both, kappa = agreement(first, second)
        told += f"\n{one} and {two} agree: {shown(alike, both)}, kappa {kappa:.2f}\n"
    return told


def _row(name: str, told: Mapping[str, Verdict]) -> tuple[object, ...]:
    count = Counter(told.values())
    mine, theirs = count["ours"], count["other"]
    share, p = shown(mine, mine + theirs), f"{sign_test(mine, theirs):.4f}"
    return name, mine, theirs, count["same"], share, p

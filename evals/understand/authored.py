"""Danger, feelings and traps on the authored lines that training never saw (pass "h")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from evals.understand.intervals import shown
from evals.understand.readers import RiskReader
from evals.understand.table import table
from qingting.companion.understand.reading import Risk, at_least
from training.sources import Line, authored


def held_lines() -> list[Line]:
    """Held-out lines with a risk label."""
    return [line for line in authored() if line.held and isinstance(line.more.get("risk"), dict)]


def danger(readers: Sequence[tuple[str, RiskReader]]) -> str:
    """The risk tables: by language for every reader, by group for the fullest one."""
    lines = held_lines()
    if not lines:
        return "No held-out authored lines are here yet.\n"
    read = {name: [reader(line) for line in lines] for name, reader in readers}
    rows = [
        [language, name, *_figures(lines, risks, language)]
        for language in ("zh", "en")
        for name, risks in read.items()
    ]
    head = [
        "language", "reader", "must-flag recall", "false alarms", "imminent >= high", "subject",
        "must-flag at low or above", "everyday at low or above",
    ]  # fmt: skip
    # understand() comes last; the one before it has the most to go by.
    fullest = list(read)[-2]
    shown = table("Danger, held-out authored lines", head, rows)
    return f"{shown}\n{_groups(fullest, lines, read[fullest])}"


def misses(reader: RiskReader) -> list[tuple[Line, Risk]]:
    """Held-out lines flagged wrongly, for whoever improves the rules on other data."""
    found = [(line, reader(line)) for line in held_lines()]
    return [(line, risk) for line, risk in found if _must(line) != at_least(risk.level, "moderate")]


def _must(line: Line) -> bool:
    return at_least(line.more["risk"]["level"], "moderate")


def _figures(lines: Sequence[Line], risks: Sequence[Risk], language: str) -> list[str]:
    here = [
        (line, risk)
        for line, risk in zip(lines, risks, strict=True)
        if line.language == language or (line.language == "mixed" and language == "zh")
    ]
    must = [risk for line, risk in here if _must(line)]
    quiet = [risk for line, risk in here if line.more["risk"]["level"] == "none"]
    now = [risk for line, risk in here if line.more["risk"]["level"] == "imminent"]
    flagged = [(line, risk) for line, risk in here if _must(line) and risk.level != "none"]
    right = [line.more["risk"].get("subject", "self") == risk.subject for line, risk in flagged]
    return [
        shown(sum(at_least(risk.level, "moderate") for risk in must), len(must)),
        shown(sum(at_least(risk.level, "moderate") for risk in quiet), len(quiet)),
        shown(sum(at_least(risk.level, "high") for risk in now), len(now)),
        shown(sum(right), len(right)),
        shown(sum(risk.level != "none" for risk in must), len(must)),
        shown(sum(risk.level != "none" for risk in quiet), len(quiet)),
    ]


def _groups(name: str, lines: Sequence[Line], risks: Sequence[Risk]) -> str:
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for line, risk in zip(lines, risks, strict=True):
        flagged = at_least(risk.level, "moderate")
        level = line.more["risk"]["level"]
        cell = counted[str(line.more.get("group", "plain"))]
        if at_least(level, "moderate"):
            cell[0] += flagged
            cell[1] += 1
        elif level == "none":
            cell[2] += flagged
            cell[3] += 1
    rows = [
        [group, shown(found[0], found[1]), shown(found[2], found[3])]
        for group, found in sorted(counted.items())
    ]
    return table(f"By group: {name}", ["group", "recall", "false alarms"], rows)

"""Danger on authored lines that training never saw.

Passes "t", "u" and "v" were written by people who saw neither the rules nor the training lines.
Only "v" was not looked at while building: thresholds are set on the older ones, and their figures
are for development.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from evals.understand.intervals import shown
from evals.understand.readers import READERS, Reader
from evals.understand.table import table
from qingting.companion.understand.reading import Risk, at_least
from training.sources import Line, authored

PASSES = {
    "v": "the test pass",
    "u": "the last test pass but one",
    "t": "the first test pass",
    "h": "the development pass",
}


def held_lines(written: str) -> list[Line]:
    """Lines of a pass with a risk label."""
    return [
        line
        for line in authored()
        if line.more.get("pass") == written and isinstance(line.more.get("risk"), dict)
    ]


def danger(written: str) -> str:
    """The risk tables of a pass: by language for every reader, by group and kind for the whole."""
    lines = held_lines(written)
    read = {name: [reading.risk for reading in reader(lines)] for name, reader in READERS}
    rows = [
        [language, name, *_figures(lines, risks, language)]
        for language in ("zh", "en")
        for name, risks in read.items()
    ]
    head = [
        "language", "reader", "must-flag recall", "false alarms (none)", "imminent >= high",
        "subject", "flagged of low", "must-flag at low or above", "none at low or above",
    ]  # fmt: skip
    whole = read["understand()"]
    shown = table(f"Danger, {PASSES[written]}", head, rows)
    return f"{shown}\n{_groups(lines, whole)}\n{_kinds(lines, whole)}"


def misses(written: str, reader: Reader) -> list[tuple[Line, Risk]]:
    """Lines flagged wrongly, for whoever improves understanding on a development pass."""
    lines = held_lines(written)
    found = zip(lines, reader(lines), strict=True)
    return [
        (line, reading.risk)
        for line, reading in found
        if _must(line) != at_least(reading.risk.level, "moderate")
    ]


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
    low = [risk for line, risk in here if line.more["risk"]["level"] == "low"]
    right = [line.more["risk"].get("subject", "self") == risk.subject for line, risk in flagged]
    return [
        shown(sum(at_least(risk.level, "moderate") for risk in must), len(must)),
        shown(sum(at_least(risk.level, "moderate") for risk in quiet), len(quiet)),
        shown(sum(at_least(risk.level, "high") for risk in now), len(now)),
        shown(sum(right), len(right)),
        shown(sum(at_least(risk.level, "moderate") for risk in low), len(low)),
        shown(sum(risk.level != "none" for risk in must), len(must)),
        shown(sum(risk.level != "none" for risk in quiet), len(quiet)),
    ]


def _groups(lines: Sequence[Line], risks: Sequence[Risk]) -> str:
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
    return table("By group, understand()", ["group", "recall", "false alarms"], rows)


def _kinds(lines: Sequence[Line], risks: Sequence[Risk]) -> str:
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line, risk in zip(lines, risks, strict=True):
        if not _must(line):
            continue
        for kind in line.more["risk"]["kinds"]:
            flagged = at_least(risk.level, "moderate")
            cell = counted[kind]
            cell[0] += 1
            cell[1] += flagged
            cell[2] += flagged and kind in risk.kinds
    rows = [
        [kind, shown(found[1], found[0]), shown(found[2], found[1])]
        for kind, found in sorted(counted.items())
    ]
    return table("By kind, understand()", ["kind", "recall", "named, of those flagged"], rows)

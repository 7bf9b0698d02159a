"""What was found, for reading: the table, the failing exchanges, the times."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from evals.guide.checks import RULES, Outcome, over
from evals.guide.play import Exchange, Played
from evals.guide.scripts import LANGUAGES
from evals.understand.intervals import wilson
from evals.understand.table import table

README: Final = Path(__file__).with_name("README.md")
_BEGIN: Final = "<!-- table: make eval-guide ARGS=--write -->"
_END: Final = "<!-- end of table -->"
_HEAD: Final = ("rule", "language", "turns", "failures", "share", "95 %")


def outcomes(plays: Sequence[Played], language: str) -> dict[str, Outcome]:
    """Every rule over the scripts of one language."""
    mine = [played for played in plays if played and played[0].script.language == language]
    return {name: over(check, mine) for name, check in RULES.items()}


def rules_table(plays: Sequence[Played]) -> str:
    """The Markdown table of every rule and language."""
    told = {language: outcomes(plays, language) for language in LANGUAGES}
    rows = [
        _row(name, language, told[language][name])
        for name in RULES
        for language in LANGUAGES
        if told[language][name].checked
    ]
    counts = ", ".join(f"{_scripts(plays, language)} {language}" for language in LANGUAGES)
    return table(f"Guided talk over {len(plays)} scripts ({counts})", _HEAD, rows)


def failing(plays: Sequence[Played], rule: str, most: int) -> str:
    """The failing exchanges of a rule; for plain requests all, since they are there to be read."""
    lines = []
    for language in LANGUAGES:
        outcome = outcomes(plays, language)[rule]
        whys = {_where(failure.exchange): failure.why for failure in outcome.failed}
        shown = (
            outcome.checked if rule.startswith("plain") else [f.exchange for f in outcome.failed]
        )
        lines.append(f"## {rule}, {language}: {len(whys)} of {len(outcome.checked)}\n")
        lines += [_shown(exchange, whys.get(_where(exchange), "")) for exchange in shown[:most]]
    return "\n".join(lines)


def times(plays: Sequence[Played]) -> str:
    """Milliseconds of a turn beyond understanding, and of understanding itself."""
    rows = []
    for language in LANGUAGES:
        mine = [e for played in plays for e in played if e.script.language == language]
        if mine:
            beyond = [e.turn_ms - e.understand_ms for e in mine]
            rows.append(_time_row("guided turn beyond understanding", language, beyond))
            rows.append(_time_row("understanding", language, [e.understand_ms for e in mine]))
    return table(
        "Milliseconds of processor time, one core",
        ("part", "language", "turns", "p50", "p95"),
        rows,
    )


def write(text: str, path: Path = README) -> None:
    """Put the table between the markers of a file. Raises ValueError when they are missing."""
    old = path.read_text(encoding="utf-8")
    before, begin, rest = old.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{path} has no markers for the table")
    path.write_text(f"{before}{_BEGIN}\n{text.strip()}\n{_END}{after}", encoding="utf-8")


def _row(name: str, language: str, outcome: Outcome) -> tuple[object, ...]:
    turns, failures = len(outcome.checked), len(outcome.failed)
    low, high = wilson(failures, turns)
    return (name, language, turns, failures, failures / turns, f"{low:.3f}-{high:.3f}")


def _time_row(part: str, language: str, values: Sequence[float]) -> tuple[object, ...]:
    middle, slow = np.percentile(values, (50, 95))
    return part, language, len(values), f"{middle:.1f}", f"{slow:.1f}"


def _scripts(plays: Sequence[Played], language: str) -> int:
    return sum(played[0].script.language == language for played in plays if played)


def _where(exchange: Exchange) -> str:
    return f"{exchange.script.language}/{exchange.script.name} turn {exchange.index + 1}"


def _shown(exchange: Exchange, why: str) -> str:
    plan = exchange.plan
    return (
        f"{_where(exchange)}{f': {why}' if why else ''}\n"
        f"  they: {exchange.turn.say}\n"
        f"  we:   {exchange.reply}\n"
        f"  plan: {plan.stage}/{plan.skill}/{plan.why}, topic {plan.topic}/{plan.facet}, "
        f"small {plan.small}\n"
    )

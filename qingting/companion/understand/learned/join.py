"""The rules and the heads made one reading of danger.

Rules speak first. The heads may raise what the rules did not see; they may lower only a plain
"moderate" that no must-never-miss rule stands behind, and only when they are sure. What the
rules found to be denied, past, a joke or a story keeps its mark, and is raised only on a clear
probability: an idiom is where letters alone are most often wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.understand.reading import Kind, Level, Risk, at_least, rank, worst
from training.learned.reads import RiskRead

# Below this probability a "moderate" of the rules, alone, is taken for talk: one in fifty.
_SURELY_CALM: Final = 0.02
# A marked message (denied, past, joked ...) is raised only from here on.
_SURELY_MEANT: Final = 0.9
# A kind is named beside the first one only when it is this likely.
_KIND_LIKELY: Final = 0.5


def joined(rules: Risk, heads: RiskRead) -> Risk:
    """The danger, from both. Never below a "high" of the rules; marks and shift stay the rules'.
    score becomes the heads' calibrated probability, but never calmer than the level."""
    level = _level(rules, heads)
    if level == rules.level:
        return replace(rules, score=_score(level, heads))
    if rank(level) < rank(rules.level):
        return Risk(level, rules.subject, {}, heads.score, (), rules.marks, rules.shift)
    levels = dict(rules.levels)
    for kind in _kinds(rules, heads):
        levels[kind] = worst(levels.get(kind, "none"), level)
    subject = rules.subject if rules.levels else heads.subject
    return replace(rules, level=level, subject=subject, levels=levels, score=_score(level, heads))


def _level(rules: Risk, heads: RiskRead) -> Level:
    if rules.marks and not at_least(rules.level, "moderate"):
        sure = heads.score >= _SURELY_MEANT
        return worst(rules.level, _trusted(rules, heads)) if sure else rules.level
    if rules.level == "moderate" and heads.score < _SURELY_CALM and rules.shift is None:
        return "low"
    return worst(rules.level, _trusted(rules, heads))


def _trusted(rules: Risk, heads: RiskRead) -> Level:
    """The heads' level. Their "imminent" comes from few examples: where the rules see nothing
    grave it asks for the care of "high"."""
    alone = heads.level == "imminent" and not at_least(rules.level, "moderate")
    return "high" if alone else heads.level


def _kinds(rules: Risk, heads: RiskRead) -> tuple[Kind, ...]:
    """The kinds that are raised: the rules' own, else those the heads find likely, at least one."""
    if rules.levels:
        return rules.kinds[:1]
    likely = sorted(heads.kinds, key=lambda kind: -heads.kinds[kind])
    return tuple(
        kind for place, kind in enumerate(likely) if place == 0 or heads.kinds[kind] >= _KIND_LIKELY
    )


def _score(level: Level, heads: RiskRead) -> float:
    floor = 0.5 if at_least(level, "moderate") else 0.0
    return round(max(floor, heads.score), 4)

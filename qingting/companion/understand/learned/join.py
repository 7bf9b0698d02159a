"""The rules and the heads made one reading of danger.

What the rules say is one more witness beside letters and network: how far each is believed was
fitted on lines that none of them had seen (training/tune.py). Two things stand above that:

- What the rules read as meant keeps its level: "high" and worse always, "moderate" unless the heads
  are sure that nothing is wrong and nobody had asked about danger. Said plainly, danger is where
  rules are right and learned heads, which saw plain words mostly in jokes, are often not.
- After danger, a change of tone (rules.shift) is never made calmer than the rules made it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.reading import (
    LEVELS,
    Kind,
    Level,
    Risk,
    Span,
    Subject,
    at_least,
    rank,
    worst,
)

# Below this probability of any danger the heads are sure that a "moderate" was not meant.
SURELY_CALM: Final = 0.1
# Words that the rules found denied, past, joked or told are raised only from here on: negation is
# where letters and vectors are most often wrong.
_SURELY_MEANT: Final = 0.85
# In the middle of a talk most messages are half sentences about something said before, and the
# heads, which learned from single lines, hear hints everywhere: alone they are believed only here.
_SURE_IN_TALK: Final = 0.985
# A kind is named beside the first one only when it is this likely.
_KIND_LIKELY: Final = 0.5
_OTHER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Joining:
    """How far the rules are believed, and where a probability becomes a level.

    ruled: added to the heads' logits of moderate, high and imminent, by the level of the rules,
    with "marked" for words the rules found denied, past, joked, quoted, told or studied.
    at: by language, thresholds of low, moderate, high and imminent.
    """

    ruled: Mapping[str, Sequence[float]]
    at: Mapping[Language, Sequence[float]]

    @classmethod
    def of(cls, notes: Mapping[str, Any]) -> Joining:
        """From the JSON beside the arrays."""
        return cls(notes["ruled"], notes["at"])

    def probabilities(self, rules: Risk, heads: RiskRead) -> tuple[float, float, float]:
        """Of moderate, high and imminent danger or worse: a graver one is never likelier."""
        added = self.ruled[witness(rules)]
        some, grave, now = (
            _sure(logit + more) for logit, more in zip(heads.grades, added, strict=True)
        )
        return some, min(some, grave), min(some, grave, now)


def witness(rules: Risk) -> str:
    """What the rules say, as one word: a level, or "marked"."""
    return "marked" if rules.marks and not at_least(rules.level, "moderate") else rules.level


def joined(
    rules: Risk,
    heads: RiskRead,
    how: Joining,
    language: Language,
    *,
    asked: bool = False,
    talking: bool = False,
    evidence: Callable[[], tuple[Span, ...]] = tuple,
) -> Risk:
    """The danger, from both. asked: the companion had just asked about danger. talking: the
    message goes on with a talk. evidence: called for the words that a raised level rests on."""
    sure = how.probabilities(rules, heads)
    level = _kept(_level(sure, how.at[language]), sure[0], rules, asked=asked, talking=talking)
    score = round(sure[0], 4)
    if level == rules.level:
        return replace(rules, score=score)
    if rank(level) < rank(rules.level):
        lower = {kind: _capped(old, level) for kind, old in rules.levels.items()}
        levels = {} if level == "none" else lower
        return replace(rules, level=level, levels=levels, score=score)
    levels = dict(rules.levels)
    for kind in _kinds(rules, heads):
        levels[kind] = worst(levels.get(kind, "none"), level)
    heard: Subject = "other" if heads.other >= _OTHER else "self"
    return replace(
        rules,
        level=level,
        subject=rules.subject if at_least(rules.level, "moderate") else heard,
        levels=levels,
        score=score,
        evidence=rules.evidence or evidence(),
    )


def _level(sure: tuple[float, float, float], at: Sequence[float]) -> Level:
    """The gravest level whose threshold is passed, and those below it too."""
    level: Level = "none"
    grades = (sure[0], *sure)
    for grade, probability, least in zip(LEVELS[1:], grades, at, strict=True):
        if probability < least:
            break
        level = grade
    return level


def _kept(level: Level, some: float, rules: Risk, *, asked: bool, talking: bool) -> Level:
    """What stands above the fitted probabilities; see the module."""
    if rules.shift is not None:
        return worst(level, rules.level)
    if rules.level == "moderate" and some < SURELY_CALM and not asked:
        return "low"
    if witness(rules) == "marked" and some < _SURELY_MEANT:
        return rules.level
    if talking and not asked and some < _SURE_IN_TALK and not at_least(rules.level, "moderate"):
        return rules.level
    return worst(level, rules.level)


def _capped(level: Level, most: Level) -> Level:
    return level if rank(level) <= rank(most) else most


def _kinds(rules: Risk, heads: RiskRead) -> tuple[Kind, ...]:
    """The kinds that are raised: the rules' own where they saw danger, else those the heads find
    likely, at least one."""
    if at_least(rules.level, "moderate"):
        return rules.kinds[:1]
    likely = sorted(heads.kinds, key=lambda kind: -heads.kinds[kind])
    return tuple(
        kind for place, kind in enumerate(likely) if place == 0 or heads.kinds[kind] >= _KIND_LIKELY
    )


def _sure(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))

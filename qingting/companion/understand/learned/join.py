"""The rules and the heads made one reading of danger.

What the rules say is one more witness beside letters and network: how far each is believed was
fitted on lines that none of them had seen (training/tune.py). Where rules read danger and the heads
are against it, what is likelier wins: plain words stand in jokes, songs and games as well. Four
things stand above that:

- An answer to our own question about danger keeps the level the rules give it, and so does what
  the rules read of kinds that training has few lines of.
- Words that say it is happening now keep their level unless the heads are against it outright.
- After danger, a change of tone (rules.shift) is never made calmer than the rules made it.
- In the middle of a talk the heads alone must be surer, and most of all for a few words: those are
  half sentences about something said before.
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

# Added to the log odds that must be reached in the middle of a talk, and by a few words there.
_IN_TALK_MORE: Final = 1.5
_FEW_WORDS_MORE: Final = 2.0
# Kinds of which training has few lines.
_SELDOM: Final[tuple[Kind, ...]] = ("panic", "mania")
# A kind is named beside the first one only when it is this likely.
_KIND_LIKELY: Final = 0.5
# A guess whose likeliest kind is less likely than this is vague. Read alone, of ordinary lines that
# were taken for danger half lie below it, and of dangerous ones one in ten (passes t, u, v).
_KIND_PLAIN: Final = 0.65
_OTHER: Final = 0.5
# Words for danger under way are doubted below this and nowhere above: on the development passes
# t, u and h the heads were right to doubt them at 0.3 and less, and never between 0.4 and 0.74.
_DOUBTS_NOW: Final = 0.5


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
    few_words: bool = False,
    evidence: Callable[[], tuple[Span, ...]] = tuple,
) -> Risk:
    """The danger, from both. asked: the companion had just asked about danger. talking: the
    message goes on with a talk; few_words: and is no more than that. evidence: called for the
    words that a raised level rests on."""
    sure = how.probabilities(rules, heads)
    at = how.at[language]
    if talking and not asked and not at_least(rules.level, "moderate"):
        more = _FEW_WORDS_MORE if few_words else _IN_TALK_MORE
        at = [_sure(math.log(least / (1 - least)) + more) for least in at]
    level = _level(sure, at)
    if asked and few_words and at_least(rules.level, "moderate"):
        level = rules.level
    elif asked or rules.shift is not None or at_least(level, "moderate") or _kept(rules, sure[0]):
        level = worst(level, rules.level)
    elif rules.level != "none":
        # Distress is heard either way: only the danger in the words is doubted.
        level = "low"
    score = round(sure[0], 4)
    if level == rules.level:
        return replace(rules, score=score)
    if rank(level) < rank(rules.level):
        lower = {kind: _capped(old, level) for kind, old in rules.levels.items()}
        return replace(rules, level=level, levels=lower, score=score)
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
        plain=rules.level,
        vague=not at_least(rules.level, "moderate")
        and max(heads.kinds.values(), default=0.0) < _KIND_PLAIN,
    )


def _kept(rules: Risk, sure: float) -> bool:
    """Whether the rules are not to be doubted: a way to die was asked for, the words say that it is
    happening now, or it is a kind of danger that the heads saw too rarely."""
    if rules.level == "imminent" and sure >= _DOUBTS_NOW:
        return True
    return rules.stands or any(
        at_least(rules.levels.get(kind, "none"), "moderate") for kind in _SELDOM
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

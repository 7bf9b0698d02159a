"""Danger in what was typed into a safety plan.

A plan is the place for such words: "想死的时候先打给小满" is a plan and no alarm. Only what happens
now is answered: an act, or a wish to die with a time close by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from qingting.companion.message import MAX_LENGTH
from qingting.companion.person import Language
from qingting.companion.protect.safety_plan import SECTIONS, SafetyPlan, Section
from qingting.companion.understand import Reading, Told, understand_all
from qingting.companion.understand.reading import at_least, rank
from qingting.safety.hearing import Danger

_NEAR_TIME: Final = re.compile(
    r"今晚|今夜|今天晚上|今天就|这会儿|现在|马上|立刻|[等待]一?[会下]儿?|一会儿|明[天早晚]|后天"
    r"|周末|(?:周|星期|礼拜)[一二三四五六日天]"
    r"|\b(?:tonight|tomorrow|now|(?:this|the) (?:evening|weekend|week)|in an hour"
    r"|(?:by|on|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
# What comes back again and again, and what is to be done instead.
_SUPPOSED: Final = re.compile(
    r"时候|每[次晚天]|会想|(?:如果|要是|假如|万一).*(?:先|打给|打电话|找|叫)"
    r"|\b(?:when|whenever|every|most|instead)\b"
    r"|\b(?:if|before|until)\b.*\b(?:call|text|ring|tell|message|wake|go to|hold|ask)\b",
    re.IGNORECASE,
)
_A_TIME_ALONE: Final = 12


def dangers_in(
    before: SafetyPlan, texts: Mapping[Section, str], language: Language
) -> list[Danger]:
    """What was typed since `before` and is danger now, worst first. texts: the fields as typed,
    also what does not fit into a plan. language: used where the words show none."""
    new = [(part, line) for part in SECTIONS for line in _new(before.of(part), texts.get(part, ""))]
    told = [Told(line) for _, line in new]
    readings = understand_all(told, default_language=language) if told else []
    found = [
        Danger(one, reading)
        for (part, _), one, reading in zip(new, told, readings, strict=True)
        if _is_now(part, one.text, reading)
    ]
    return sorted(found, key=lambda one: -rank(one.reading.risk.level))


def _new(known: Iterable[str], text: str) -> list[str]:
    stood = frozenset(known)
    lines: list[str] = []
    for line in (" ".join(one.split())[:MAX_LENGTH] for one in text.splitlines()):
        if not line or line in stood:
            continue
        if (
            lines
            and len(line) <= _A_TIME_ALONE
            and not _NEAR_TIME.sub("", line).strip("。.!！,，就 ")
        ):
            # "想去死", and on the next line "今晚".
            lines[-1] = f"{lines[-1]}，{line}"
        else:
            lines.append(line)
    return lines


def _is_now(part: Section, line: str, reading: Reading) -> bool:
    risk = reading.risk
    if _SUPPOSED.search(line) or not at_least(risk.level, "high"):
        return False
    if risk.guessed:
        # What is put out of reach reads like what it is put out of reach of.
        return part != "safer" and _NEAR_TIME.search(line) is not None
    return at_least(risk.level, "imminent") or _NEAR_TIME.search(line) is not None

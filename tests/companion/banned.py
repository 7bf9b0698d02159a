"""Words that Qingting never says, in either language: worn, clinical, preaching or pressing."""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.person import Language

_ZH: Final = (
    "听起来你",
    "我能理解",
    "我理解你",
    "抱抱",
    "接住你",
    "加油",
    "想开点",
    "别想太多",
    "一切都会好",
    "会好起来的",
    "正能量",
    "坚强",
    "诊断",
    "治疗",
    "患者",
    "症状",
    "轻生",
    "想不开",
    "做傻事",
    "答应我",
    "保证",
    "想想你爸妈",
    "你真棒",
    "你很棒",
)
_EN: Final = (
    r"i hear you",
    r"\bi understand\b",
    r"that must be hard",
    r"that sounds (?:really )?(?:hard|tough)",
    r"sounds like you",
    r"\bvalid\b",
    r"it gets better",
    r"everything will be ok",
    r"stay strong",
    r"you've got this",
    r"\btherapy\b",
    r"\btherapist",
    r"diagnos",
    r"\bsymptom",
    r"as an ai",
    r"promise me",
    r"reach(?:ing)? out",
    r"\bjourney\b",
    r"safe space",
    r"hold(?:ing)? space",
    r"proud of you",
    r"self-care",
    r"\btoxic\b",
    r"you're amazing",
    r"amazing job",
)
_PATTERNS: Final[dict[Language, tuple[str, ...]]] = {"zh": _ZH, "en": _EN}


def banned_in(text: str, language: Language, *, about_counselling: bool = False) -> str | None:
    """The first banned wording of a text, or None.

    about_counselling: in the talk about seeing a counsellor the English "therapist" may stand.
    """
    low = text.lower().replace("’", "'")
    for pattern in _PATTERNS[language]:
        if about_counselling and "therapist" in pattern:
            continue
        if re.search(pattern, low):
            return pattern
    return None

"""What somebody believes or supposes at night, and not what happened: never handed back.

"I see, nobody likes you" confirms what only the evening says; so does "you failed", when they only
think so.
"""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.person import Language

# Of the whole world, of themselves for good, of what goes on in somebody else.
_BELIEVED: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?:没有?(?:一个)?人|所有人|每个人|人人|大家|谁[都也]|全世界|别人).{0,6}(?:我|自己)|"
        r"(?:都|总|更|还)比我|一切都|什么都(?:完|毁|没了)|全(?:完|毁|砸)了|搞砸|毁了|不配|"
        r"(?:不|没那么|不再)(?:爱|喜欢|在乎|想理|需要|想要|要)我|我(?:总是|永远|从来|这辈子)|"
        r"自己(?:好|太|真|是|像|就是|不|被)"
    ),
    "en": re.compile(
        r"\b(?:nobody|no one|noone|everyone|everybody|everything|nothing|always|never)\b|"
        r"\b(?:mess|screw|fuck)\w* (?:\w+ )?(?:up|everything|it)\b|\bruin\w*|\bdeserve\b|"
        r"\bthe (?:dumb|stupid|ugli|worst|slow|weak|lazi|fatt)\w*\b|"
        r"\blosing interest\b|\b(?:doesn'?t|don'?t|didn'?t|does not|do not) "
        r"(?:even |really |actually )?(?:love|like|want|need|care about|miss) me\b|"
        r"\b(?:disappointed|better|ahead|sick|tired|ashamed) (?:in|than|of) (?:me|i)\b|"
        r"\bgoing to be (?:so |really )?(?:disappointed|angry|mad|ashamed|furious)\b",
        re.IGNORECASE,
    ),
}
# Who begins so tells what they think.
_SUPPOSES: Final = re.compile(
    r"^(?:(?:and|but|so|honestly|idk|今天|最近|其实|就是|反正|但是|可是|总|老|有时候?)[\s，,]*)*"
    r"(?:(?:我|总|一直|老)*(?:感觉|觉得|怕|以为)|好像|maybe|probably|"
    r"i (?:just |still |really )?(?:feel like|think|guess|suppose|bet)|"
    r"i'?m (?:afraid|scared|worried) (?:that )?(?:i|he|she|they|my|it)\b)",
    re.IGNORECASE,
)


def believed(clause: str, language: Language) -> bool:
    """Whether a clause says how everything is, or what somebody feels about them."""
    return _BELIEVED[language].search(clause.replace("’", "'")) is not None


def supposed(clause: str) -> bool:
    """Whether a clause begins as a supposition: "i think", 感觉."""
    return _SUPPOSES.match(clause.replace("’", "'")) is not None

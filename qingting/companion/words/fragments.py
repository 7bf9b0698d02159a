"""The person's own words, small enough to hand back: a quote, and whom they are talking about.

A quote is always a verbatim piece of what was typed, so that nothing is put into anyone's mouth.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml

_CLAUSE: Final = re.compile(r"[^，。！？；、,.!?;:：…\n~～()（）“”\"「」]+")
_LEADING: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:但是|可是|因为|所以|然后|而且|就是|其实|不过|只是|还有|反正|感觉|我觉得|觉得|我感觉|我就|"
        r"那个|这个|就|但|可|嗯|唉|哎|啊|呃|真的|今天|昨天|最近|现在|哈+|卧槽|我靠|我去|天[呐啊])+"
    ),
    "en": re.compile(
        r"^(?:and|but|because|cause|cuz|so|then|well|like|honestly|actually|i mean|i think|"
        r"i guess|i feel like|just|also|idk|yeah|ok|okay|today|lately|now)\s+",
        re.IGNORECASE,
    ),
}
# A quote of a question, of words about us, or of nothing but a filler says nothing back.
_UNFIT: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"你|吗$|呢$|什么$|(?:说|问我|跟我讲)$|怎么|为什么|谢谢|哈哈|不知道|没事|[操草妈]的|死|杀|割|跳|药|[A-Za-z]{6,}"
    ),
    "en": re.compile(
        r"\b(?:you|your|what|why|how|who|thanks|thank|idk|lol|haha|fuck\w*|shit\w*|die|dead|kill|"
        r"suicid\w*|cut|pills?|jump)\b|[一-鿿]",
        re.IGNORECASE,
    ),
}
_ZH_LENGTH: Final = range(4, 19)
_EN_WORDS: Final = range(3, 10)


def quote(text: str, language: Language, *, about: tuple[str, ...] = ()) -> str | None:
    """The clause of the message most worth handing back, verbatim, or None.

    about: words the reading rested on (a topic's cue); a clause that holds one is preferred.
    4 to 18 汉字, or 3 to 9 words.
    """
    best: tuple[int, int, str] | None = None
    for index, match in enumerate(_CLAUSE.finditer(text)):
        clause = _trimmed(match.group(), language)
        if clause is None:
            continue
        weight = 2 * any(cue and cue in clause.lower() for cue in about) + _says_something_of_self(
            clause, language
        )
        candidate = (weight, index, clause)
        if best is None or candidate[:2] > best[:2]:
            best = candidate
    return best[2] if best else None


def _trimmed(clause: str, language: Language) -> str | None:
    clause = clause.strip()
    previous = ""
    while previous != clause:
        previous, clause = clause, _LEADING[language].sub("", clause).strip()
    if _UNFIT[language].search(clause):
        return None
    size = len(clause) if language == "zh" else len(clause.split())
    return clause if size in (_ZH_LENGTH if language == "zh" else _EN_WORDS) else None


def _says_something_of_self(clause: str, language: Language) -> int:
    if language == "zh":
        return int("我" in clause)
    return int(bool(re.search(r"\b(?:i|i'm|im|my|me)\b", clause, re.IGNORECASE)))


@cache
def _relations(language: Language) -> tuple[re.Pattern[str], str]:
    data = read_toml(resources.files("qingting.content") / language / "people.toml")
    names = "|".join(sorted(map(re.escape, data["relations"]), key=len, reverse=True))
    if language == "zh":
        return re.compile(rf"{data['possessive']}(?:的)?({names})"), data["turned"]
    return re.compile(rf"\b{data['possessive']}\s+({names})\b", re.IGNORECASE), data["turned"]


def person_mentioned(text: str, language: Language) -> str | None:
    """Whom the message is about, seen from our side ("你妈", "your mum"), or None."""
    pattern, turned = _relations(language)
    match = pattern.search(text)
    if match is None:
        return None
    name = match.group(1)
    return f"{turned}{name}" if language == "zh" else f"{turned} {name.lower()}"

"""What somebody said about the person: never handed back as if we thought so, too.

"嗯，你手画得像鸡爪" agrees with the teacher who said it.
"""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.person import Language

# Somebody says, and it is about the one who writes. What they may or should do is no judgement.
_OF_THEM: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?:^|[^我])(?<!我跟)"
        r"(?:说|骂|嫌|笑话|嘲笑|讽刺|怼|怪|吼|批评|指责|讲|觉得|认为|怀疑|评价)"
        r"(?:了|过|着|是|都是|就是|像)?(?:我|自己)(?!(?:妈|爸|奶|爷|姐|哥|弟|妹)|"
        r"(?:可以|能|应该|该|得|需要|要))"
    ),
    "en": re.compile(
        r"\b(?:called|calls|calling) (?:me|my \w+) (?!back\b|later\b|today\b|tonight\b|at\b|"
        r"on\b|over\b|in\b|up\b|yesterday\b|for\b|from\b|and\b|to\b|about\b|again\b|every\b|into\b|by\b)|"
        r"\b(?:said|says|told|tells|thinks|reckons|screamed|yelled|shouted|joked|claims?|wrote)\b"
        r"(?: [^.,]{2,40} that)?(?: (?:that|me|us|him|her|them|everyone|everybody|people|the \w+|"
        r"my \w+|to \w+))* "
        r"(?:i'?m|i am|i was|i had|i have|i never|i always|i don'?t|i just|i only|i look\w*|i lost|"
        r"i \w+ed|my \w+(?: \w+)? (?:is|are|was|were|looks?|sounds?|smells?))\b",
        re.IGNORECASE,
    ),
}
# I said, I told: their own word, which may be handed back.
_BY_THEM: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:[^，。说骂嫌]{0,4})?"
        r"我(?:跟|和|对|给|就|也|都|只|还|又|没|不|真|很|总|会|自己|一直|以为)?"
        r"[^妈爸奶爷姐哥弟妹师友]{0,4}(?:说|觉得|认为|怀疑|讲|怪|骂)"
    ),
    "en": re.compile(
        r"\bi(?:'ve| have| just| only| always| actually)* (?:said|told|think|screamed|yelled|wrote|"
        r"joked)\b",
        re.IGNORECASE,
    ),
}
# "We'll be in touch" is theirs: turned, it would promise something in the person's name.
_OF_US: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"说(?:咱|我们)"),
    "en": re.compile(r"\b(?:said|says|told \w+) (?:that )?we\b", re.IGNORECASE),
}
_UNKIND: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"骂|嫌|笑话我|嘲笑|讽刺|怼我|没用|废|蠢|笨|傻|丑|胖|矫情|懒|丢人|丢脸|恶心|不行|烂|垃圾|"
        r"[很太最真]差|白眼狼|白养|浪费|没出息|像[鸡猪狗鬼乞]|穷酸|土气|编的|抄的|[太真很]装|有病|神经|"
        r"不懂事|敏感|玻璃心|没教养|不配|贱|活该|不孝|自私|没良心|累赘|扫把星|娘炮|赔钱|拖后腿|不如|"
        r"考不上|嫁不出|没天赋|我(?:太|不(?:适合|够)|这种|只会|只能|只配|怎么这么|就是个?|不够)"
    ),
    "en": re.compile(
        r"\b(?:called|calls|calling) me\b|\b(?:useless|stupid|dumb|lazy|ugly|fat|dramatic|"
        r"worthless|crazy|weird|waste|failure|pathetic|annoying|sensitive|selfish|embarrass\w*|disappoint\w*|"
        r"trash|garbage|burden|mess|nothing|worst|weak|loser|chicken|pig|cow|dog|rubbish|"
        r"terrible|awful|horrible|bad|lost|cheated|lying|lied|made (?:it )?up|fake\w*|"
        r"childish|slow|boring|"
        r"too \w+|never|can'?t|looks? like|not \w+ enough|not cut out|clumsy|clingy|needy)\b",
        re.IGNORECASE,
    ),
}
# Somebody says a hard thing of people like them.
_OF_SUCH: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"(?:说|骂)(?:有些人|某些人|有的人|某人|这种人|你们这)"),
    "en": re.compile(
        r"\b(?:said|says) (?:that )?(?:(?:some|certain) people|"
        r"(?:people|someone|girls?|boys?|guys?|anyone) (?:like me|with my))\b",
        re.IGNORECASE,
    ),
}


def said_of_them(clause: str, language: Language) -> bool:
    """Whether a clause tells what somebody else said or thinks about them."""
    if _OF_SUCH[language].search(clause):
        return True
    if _BY_THEM[language].search(clause):
        return False
    if _OF_US[language].search(clause):
        return True
    return _OF_THEM[language].search(clause) is not None


def unkindly(text: str, language: Language) -> bool:
    """Whether a message tells of something unkind that somebody said of them."""
    if _OF_SUCH[language].search(text):
        return True
    return said_of_them(text, language) and _UNKIND[language].search(text) is not None

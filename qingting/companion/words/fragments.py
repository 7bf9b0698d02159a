"""The person's own words, small enough to hand back: a quote, and whom they are talking about.

A quote is always a verbatim piece of what was typed, so that nothing is put into anyone's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml
from qingting.companion.words.believed import believed, supposed
from qingting.companion.words.clauses import well_formed
from qingting.companion.words.pieces import in_order_of_weight
from qingting.companion.words.said_of_them import said_of_them

_LEADING: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:但是|可是|所以|然后|而且|就是|其实|不过|只是|还有|反正|感觉|我觉得|觉得|我感觉|"
        r"没想到|谁知道?|妈呀|结果(?!出)|"
        r"那个|这个|就(?!是|说)|但|可(?!能|以|爱|是|惜|怜|不)|嗯|唉|哎|啊|呃|真的|今天|昨天|最近|现在|哈+|卧槽|我靠|我去|天[呐啊])+"
    ),
    "en": re.compile(
        r"^(?:and|but|so|then|well|like|honestly|actually|i mean|i think|turns out|"
        r"i guess|i feel like|just|also|idk|yeah|ok|okay|today|lately|now)\s+",
        re.IGNORECASE,
    ),
}
# Laughter at the end of a clause is no part of what it says.
_LAUGH: Final = re.compile(
    r"(?:\s+(?:lol|lmao|haha\w*|hehe|tho|though|btw|rn|tbh|ngl)|哈{2,}|呜{2,}|啊+)+\s*$", re.I
)
# A quote of a question, of words about us, or of nothing but a filler says nothing back.
_UNFIT: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"你|^别|^快|吗$|啥|咋|要不要|还是(?!会|要|想|很|有|没|得|不|在|那)|行不行|好不好|([去发回说删退考买分吃睡借留])还是不\1|的话|至于|凭什么|[去发回说删退考买分吃睡]不[去发回说删退考买分吃睡]|要不要|该不该|能不能|是不是|有没有|会不会|哪[个里儿些]|呢$|什么$|(?:说|问我|跟我讲)$|怎么|为什么|谢谢|哈哈|不知道|没事|[操草妈]的|死|杀|割|跳|药|[A-Za-z]{6,}"
    ),
    "en": re.compile(
        r"\b(?:you|your|what|why|how|who|thanks|thank|idk|lol|haha|fuck\w*|shit\w*|die|dead|kill|"
        r"suicid\w*|cut|pills?|jump)\b|[一-鿿]",
        re.IGNORECASE,
    ),
}
# What somebody says against themselves, said back, is agreed with: "every time it's your fault".
_AGAINST_SELF: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?:腿|肚子|脸|胳膊|鼻子|腰|牙|皮肤)[^，。,]{0,3}(?:粗|大|肥|胖|丑|塌|难看|烂)|"
        r"我的(?:错|问题|锅)|[怪怨]我|我活该|累赘|拖累|拖后腿|一事无成|不如(?:别人|人家|他|她|死)|配不上|"
        r"什么(?:都|也)(?:不会|做不|没做|没干|学不)|我[^，。,]{0,6}(?:没用|废|垃圾|蠢|笨|傻|丑|胖|差劲|失败|不配|多余|"
        r"恶心|烂|贱|矫情|没出息|不行|不够好|懒|丢人|丢脸|差)"
    ),
    "en": re.compile(
        r"\bmy (?:legs?|thighs?|stomach|belly|face|arms?|body|nose|skin|hips|teeth)\b.*"
        r"\b(?:huge|fat|ugly|big|gross|disgusting|awful|chubby)\b|"
        r"\bmy (?:own )?fault\b|\bblame me\b|\bhate (?:myself|me)\b|\bi had nothing\b|"
        r"\b(?:i'?m|i am|i was|i feel|being|me) (?:[\w']+ ){0,4}"
        r"(?:useless|worthless|stupid|dumb|idiot|failure|loser|pathetic|disgusting|ugly|fat|lazy|"
        r"burden|mess|broken|bad|weak|nothing|fraud|waste|enough|crazy|too much|sensitive|annoying|"
        r"boring|behind|failing|rubbish|terrible|awful|wrong|problem)\b",
        re.IGNORECASE,
    ),
}
# What follows a question is its mark, with or without more of them.
_ASKED: Final = re.compile(r"[\s，,。.!！…]{0,2}[?？]|嘛")
# "at 7" out of "at 7:40".
_CUT_NUMBER: Final = re.compile(r"\d[.:,：]\d")
_ZH_LENGTH: Final = range(4, 23)
_EN_WORDS: Final = range(3, 14)


def quote(
    text: str, language: Language, *, felt: Callable[[str], bool] = lambda _: False
) -> str | None:
    """The clause of the message most worth handing back, verbatim, or None: a plain line is better
    than a doubtful echo.

    felt: whether a clause tells a feeling; it goes before the last one. 4 to 22 汉字, or 3 to 13
    words.
    """
    for piece in in_order_of_weight(text, language, felt=felt):
        if _inside_quotes(text, piece.start) or _CUT_NUMBER.match(text, piece.end - 1):
            continue
        clause = _trimmed(text[piece.start : piece.end], language)
        if clause is None or _ASKED.match(text, piece.end) or not _whole(clause, language):
            continue
        if not said_of_them(clause, language):
            return clause
    return None


def _whole(clause: str, language: Language) -> bool:
    """Whether a clause stands by itself, so that handing it back shows that it was read."""
    if language == "zh":
        return _ZH_BROKEN.search(clause) is None
    return well_formed(_with_subject(clause))


def _with_subject(clause: str) -> str:
    return f"i {clause}" if _SUBJECT_LEFT_OUT.search(clause) else clause


def _inside_quotes(text: str, place: int) -> bool:
    """Whether a place stands in somebody else's words."""
    before = text[:place]
    return any(before.rfind(first) > before.rfind(last) for first, last in ("“”", "「」", "『』"))


# How an English clause begins that can be said back after "So ...".
_SAYS: Final = re.compile(
    r"^(?:i|i'm|im|i've|ive|i'd|i'll|my|we|we're|we've|our|he|he's|hes|he'd|he'll|his|she|she's|shes|"
    r"she'd|she'll|her|they|they're|theyre|they've|they'd|their|it|it's|its|it'll|nobody|no one|"
    r"everyone|everybody|someone|somebody|people|the|this|that|that's|thats|there's|there was|"
    r"there were|mum|mom|mama|dad|amma)\b",
    re.IGNORECASE,
)
# "got laid off tuesday": who writes so at night means themselves.
_SUBJECT_LEFT_OUT: Final = re.compile(
    r"^(?:got|missed|did|failed|passed|forgot|lost|cried|went|felt|saw|told|said|tried|asked|woke|"
    r"spent|stayed|started|stopped|ended up|broke|sent|deleted|finished|had|was|can'?t|couldn'?t|"
    r"cannot|don'?t|didn'?t|haven'?t|hadn'?t|won'?t|might|been|slept|ate|called|texted|studied|read|"
    r"wrote|did not|do not|have to|need to|want to|keep|miss|hate|love)\b",
    re.IGNORECASE,
)
# "二十五了我", "她的褂子我拿回来了": turned, these are no sentence anybody says.
_OUT_OF_ORDER: Final = re.compile(r"我$|^[^我]{2,6}我[^了的们也都，]{1,4}(?:了|过|着|不|没)")
_TURNS: Final[dict[str, str]] = {
    "i": "you",
    "i'm": "you're",
    "im": "you're",
    "i've": "you've",
    "ive": "you've",
    "i'd": "you'd",
    "id": "you'd",
    "i'll": "you'll",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "am": "are",
    "was": "were",
    "we": "you",
    "we're": "you're",
    "us": "you",
    "our": "your",
    "ours": "yours",
}
# "把它打开了再说", "因为太吵", "去年差四分，": pieces that lean on what is not there.
_ZH_BROKEN: Final = re.compile(
    r"^(?:的|得|地|了|着|过|吗|把|被|给我说|跟我说|比如|除了|像|如果|要是|既然|虽然|哪怕|即使|等等|对了|"
    r"反正|好吧|说|跟|和|先|再|别|第一|第二|后面跟|里面|上面|是不是)|^[^是都会要挺很]{1,8}的$|(?:和|跟|与|把|被|从|对|比|或|及|一句|那个|这个|"
    r"说|问|喊|叫|是|在|给|让)$|[啊喂哦吧啦呀呢]$|第[一二三四五六七八九十百\d]+(?:个|家|版|份)?[次天周月年了家版份]?$|"
    r"^(?:去|来|到|从|也|都|又|还|才|只)(?![是要想会能得有没不])[^我他她]{0,4}$"
)
# "you were you too much": turned on themselves, the words say nothing.
_OF_THEMSELVES: Final = re.compile(r"\byou (?:are|were) you\b|\byou you\b|\byour your\b")
_DENIES: Final = re.compile(r"^(?:i'?m|i am|it'?s|its|that'?s) not\b", re.I)
_I_TURN: Final = re.compile(
    r"\b(i) (am|was)\b|\b(" + "|".join(sorted(_TURNS, key=len, reverse=True)) + r")\b", re.I
)
# "am" and "was" belong to "I" alone.
_NOT_ALONE: Final = frozenset({"am", "was"})


def turned(clause: str, language: Language) -> str | None:
    """A quote said back to the one who said it ("my mum won't let me" -> "your mum won't let
    you"), or None for a piece that is no clause of its own."""
    if not _whole(clause, language):
        return None
    if language == "zh":
        return None if _OUT_OF_ORDER.search(clause) else clause.replace("我", "你")
    clause = _with_subject(clause)
    begun = _SAYS.match(clause)
    # "I'm not jealous" is seldom only that.
    if begun is None or _DENIES.match(clause):
        return None
    # It will stand inside a sentence of ours.
    back = _I_TURN.sub(_turn, begun.group().lower() + clause[begun.end() :])
    return None if _OF_THEMSELVES.search(back) else back


def _turn(match: re.Match[str]) -> str:
    if match[1]:
        return f"you {'are' if match[2].lower() == 'am' else 'were'}"
    word = match[3].lower()
    return word if word in _NOT_ALONE else _TURNS[word]


def _trimmed(clause: str, language: Language) -> str | None:
    clause = _LAUGH.sub("", clause).strip()
    if supposed(clause) or believed(clause, language):
        return None
    previous = ""
    while previous != clause:
        previous, clause = clause, _LEADING[language].sub("", clause).strip()
    if _UNFIT[language].search(clause) or _AGAINST_SELF[language].search(clause):
        return None
    size = len(clause) if language == "zh" else len(clause.split())
    return clause if size in (_ZH_LENGTH if language == "zh" else _EN_WORDS) else None


def against_self(text: str) -> bool:
    """Whether a text says something against the one who writes it."""
    return any(pattern.search(text) for pattern in _AGAINST_SELF.values())


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

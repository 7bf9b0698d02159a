"""What the words around some figures say: a number to call, an amount, or neither."""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 64  # characters before a number that are looked at

# Between the word and the number other numbers may stand: "call this or that".
_OPEN: Final = r"[\s\"'“”‘’「『（(:：,，+*_]*"
_LISTED: Final = r"(?:[0-9][0-9 -]*\s*(?:或者?|和|跟|及|还有|[、/,，;；]|or\b|and\b)\s*)*"
_END: Final = _OPEN + _LISTED + _OPEN + "$"

_CALLED: Final = (
    re.compile(
        "(?:打|拨|呼叫|致电|联系|求助|报警|急救|热线|专线|电话|短信|号码)"
        "(?:打|通|一下|给|过|了|这个|那个|这条|的|电话|热线|号码|就|是|为|到|至)*" + _END
    ),
    re.compile("发(?:送|短信)?[^。！？\n]{0,12}?(?:到|至|给)" + _END),
    re.compile(
        r"\b(?:call(?:ing)?|dial(?:l?ing)?|text(?:ing)?|phone|phoning|ring(?:ing)?|sms|message|tel"
        r"|contact|hotline|helpline|lifeline|crisis line|emergency(?: services)?|police|ambulance"
        r"|(?:local|national|crisis|helpline) number|number(?:['’]s|(?= is\b|:| to call)))"
        r"(?:\s+(?:[\"'“]?\w+[\"'”]? to|to|at|on|is|us|them|number|line|services|it'?s|call))*"
        + _END,
        re.IGNORECASE,
    ),
)
_LINE_AFTER: Final = re.compile(
    r"[\s）)”\"」]*(?:急救|报警|热线|专线|救护|求助"
    r"|suicide|crisis|hotline|helpline|lifeline|emergency)",
    re.IGNORECASE,
)

# What follows an amount, a score or a place in a row; the exceptions are words that only begin so.
_UNIT_AFTER: Final = re.compile(
    r"\s*(?:[%％℃°]|分(?!机)|岁|元|块|斤|公斤|个|次|天(?!天)|小时|秒|米|公里|字|页|人(?!工)|年(?!中)|月|日"
    r"|号(?!码|热线)|步|名|度|道|题|条|级|届|班|室|宿舍|路|万|千|百|亿|多|几|折|局|遍|卡|大学|高校"
    r"|(?:times|people|persons?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|points?"
    r"|pages?|words?|steps?|dollars?|bucks|pounds|euros|yuan|kg|lbs?|km|miles?|am|pm|percent"
    r"|calories|friends|strangers|messages|calls)\b)",
    re.IGNORECASE,
)
_AMOUNT_BEFORE: Final = re.compile(
    r"(?:[$¥￥€£第欠]|[欠花存攒赚还考]了|工资|月薪|密码|学号|编号|邮编|排名|RMB|CNY|USD"
    r"|\b(?:owed?|owes|costs?|saved|paid|spent|earn(?:ed|s)?|scored|worth))\s*$",
    re.IGNORECASE,
)
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_CALLED_A_YEAR: Final = re.compile(r"\s+(?:a|an|the|my|your|our)\b", re.IGNORECASE)
_LETTER: Final = re.compile("[A-Za-z]")


def asked_for(plain: str, start: int) -> bool:
    """True when the words before plain[start:] ask to call or to text what follows."""
    before = plain[max(0, start - _REACH) : start]
    return any(pattern.search(before) for pattern in _CALLED)


def to_call(plain: str, start: int, end: int, *, asked: bool) -> bool:
    """True when plain[start:end], which is `asked_for` or not, is a number to call."""
    after = plain[end : end + _REACH]
    year = _YEAR.fullmatch(plain, start, end) is not None
    if asked:
        return not (year and _CALLED_A_YEAR.match(after))  # "I would call 2026 a hard year"
    return not year and _LINE_AFTER.match(after) is not None


def an_amount(plain: str, start: int, end: int) -> bool:
    """True when a unit, a currency or the like shows that plain[start:end] counts something."""
    before, after = plain[max(0, start - _REACH) : start], plain[end : end + _REACH]
    return bool(_UNIT_AFTER.match(after) or _AMOUNT_BEFORE.search(before))


def in_a_word(plain: str, start: int, end: int) -> bool:
    """True when a Latin letter touches the figures: K110, 120kg, B612."""
    return bool(_LETTER.match(plain[start - 1 : start]) or _LETTER.match(plain[end : end + 1]))

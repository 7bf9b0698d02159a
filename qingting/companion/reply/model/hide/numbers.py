"""Numbers, addresses on the net and accounts: the same in both languages, told by their form.

Numbers too short to be anybody's own (an emergency number, a year, a mark) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qingting.companion.reply.model.hide.found import Found, Kind

_TLDS: Final = "com|cn|net|org|edu|gov|io|me|cc|tv|top|xyz|info|co|uk|us|ca|au|hk|tw|app|dev|link"
_NOT_IN_URL: Final = r"\s\u3000-\u9fff\uff00-\uffef“”‘’…<>()\[\]\"'"

_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_URL: Final = re.compile(
    rf"(?i:https?://|(?<![a-z])www\.(?=[a-z0-9]))[^{_NOT_IN_URL}]+"
    # Small letters only: "that was it.Me again" is a missing space.
    rf"|(?<![A-Za-z0-9@._-])[A-Za-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_TLDS})"
    rf"(?![A-Za-z0-9-]|\.[A-Za-z])(?:/[^{_NOT_IN_URL}]*)?"
)
_CHINESE_ID: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
_CARD: Final = re.compile(r"(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{2,7}(?:\1\d{1,3})?(?!\d)")
_LONG: Final = re.compile(r"(?<![\d.])\d{12,}")
_SSN: Final = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"[·. ]?(?=[A-Z]*\d)[A-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_NUMBERED: Final = re.compile(
    r"(?:学号|工号|考号|准考证号?|证件号|身份证号?|护照号?|社保号|病历号|订单号|快递单号|单号|卡号|账户"
    r"|\b(?:student|staff|employee|passport|account|card|matric(?:ulation)?|licen[cs]e|case)"
    r"\s?(?:id|number|no\b\.?|num|#))"
    r"[\s:：]{0,3}(?:是|为|就是|码是?|is|was|=|#)?[\s:：]{0,3}"
    r"(?P<it>[A-Za-z]{0,3}-?\d[0-9A-Za-z-]{3,20})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_HAN_DIGITS: Final = re.compile(r"[零〇一二三四五六七八九幺]{11}(?![零〇一二三四五六七八九幺])")

_PHONES: Final = tuple(
    re.compile(form)
    for form in (
        # Chinese mobiles, with or without the country in front
        r"(?<![\d.])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)",
        # Chinese landlines
        r"(?<![\d.])(?:\+86[- ]?)?\(?0(?:10|2\d|[3-9]\d\d)\)?[- ]?[2-9]\d{6,7}(?!\d)(?:-\d+)?",
        r"(?<!\d)[48]00[- ]\d{3}[- ]?\d{4}(?!\d)",
        # Taiwan and Hong Kong mobiles
        r"(?<![\d.])09\d{2}[- ]?\d{3}[- ]?\d{3}(?!\d)",
        # any country in front
        r"(?<!\d)\+(?=(?:[ .()-]{0,2}\d){8,15}(?!\d))\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)",
        # North America
        r"(?<![\d.])(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?!\d)",
        # Britain
        r"(?<![\d.])07\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)",
        r"(?<![\d.])(?:0(?:20|1\d1|11\d)[ -]?\d{3,4}[ -]?\d{4}|01\d{3}[ -]?\d{5,6})(?!\d)",
    )
)
_CALLED: Final = re.compile(
    r"(?:电话|手机|座机|号码|联系方式|打给我|短信"
    r"|\b(?:phone|cell|mobile|number|tel|text me|call me|reach me|whatsapp)\b)"
    r"(?:号|号码|码)?[^\d\n。！？.!?]{0,8}?(?P<it>\+?\(?\d(?:[ ()-]{0,2}\d){6,14})(?!\d)",
    re.IGNORECASE,
)

_QQ: Final = re.compile(
    r"(?:(?<![A-Za-z])qq|扣扣|企鹅|加我?(?:q|扣))(?:群|小号|大号)?(?:号码?)?[\s:：]{0,3}(?:是|为|加|is)?[\s:：]{0,3}"
    r"(?P<it>[1-9]\d{4,11})(?!\d)",
    re.IGNORECASE,
)
# A word after "my insta is" may be any word; with a digit or a sign in it, it is a name there.
_HANDLE: Final = (
    r"(?=[0-9_.-]*[A-Za-z])(?=[A-Za-z0-9_.-]*[0-9_]|[A-Za-z0-9_]+[.-][A-Za-z0-9_])"
    r"[A-Za-z0-9_][A-Za-z0-9_.-]{2,28}[A-Za-z0-9_](?:#\d{4})?"
    r"|[A-Za-z][A-Za-z0-9_.-]{2,28}#\d{4}"
)
_ACCOUNT: Final = re.compile(
    r"(?:微信|薇信|威信|微博|抖音|快手|小红书|b站|哔哩哔哩|知乎|贴吧"
    r"|(?<![A-Za-z])(?:vx|wx|v信|wechat|weixin|insta|instagram|ig|snap|snapchat|discord|telegram|tg"
    r"|twitter|tiktok|line(?= ?id)|steam|skype|kik|username|handle)(?![A-Za-z]))"
    r"(?:(?:账|帐)?号|id| id| handle| username)?(?:[\s:：]|是|为|就是|加我?|搜|叫|is|=){0,6}"
    rf"(?P<it>(?:{_HANDLE}))",
    re.IGNORECASE,
)
_NAMED_ACCOUNT: Final = re.compile(
    r"(?:(?:微信|薇信|威信|微博|抖音|快手|小红书|账|帐|vx|wx)(?:账|帐)?(?:号|id)"
    r"(?:[\s:：]|是|为|就是|is|=){1,6}"
    r"|(?<![A-Za-z])(?:username|handle|(?:wechat|discord|snapchat|snap|insta|instagram|skype) id)"
    r"\s?[:=]\s?)"
    r"(?P<it>[A-Za-z][A-Za-z0-9_.-]{4,28}[A-Za-z0-9_])",
    re.IGNORECASE,
)
_AT: Final = re.compile(
    r"(?<![A-Za-z0-9_@.〕\]])@(?!(?:everyone|here|all|home|work|school|night|the|me|you|channel)(?![A-Za-z0-9_.]))"
    r"(?:(?=[A-Za-z0-9_.]*[A-Za-z_])(?!\d+(?:am|pm)\b)[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])"
    r"|(?![我你您他她它了的一到所全大某不])(?=[\w-]*[\u4e00-\u9fff])[\w\u4e00-\u9fff-]{2,15}(?=\s|$|[,，。！!]))"
)

_RULES: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("email", _EMAIL),
    ("url", _URL),
    ("id", _CHINESE_ID),
    ("id", _CARD),
    ("id", _LONG),
    ("id", _SSN),
    ("id", _PLATE),
    ("id", _NUMBERED),
    *((("phone"), form) for form in _PHONES),
    ("phone", _CALLED),
    ("phone", _HAN_DIGITS),
    ("account", _QQ),
    ("account", _ACCOUNT),
    ("account", _NAMED_ACCOUNT),
    ("account", _AT),
)


def find(text: str) -> Iterator[Found]:
    """Numbers and accounts of a plain text (`found.plain`); may overlap."""
    if not _WORTH_A_LOOK.search(text):
        return
    for kind, rule in _RULES:
        for match in rule.finditer(text):
            start, end = match.span("it" if "it" in rule.groupindex else 0)
            if kind == "url":
                end -= len(match[0]) - len(match[0].rstrip(".,;:!?)"))
            yield Found(start, end, kind)


# Most messages have no digit, dot-word or sign of an account in them: one look settles those.
_WORTH_A_LOOK: Final = re.compile(
    r"\d|[@_]|://|[A-Za-z]\.[A-Za-z]|[零〇一二三四五六七八九幺]{11}"
    r"|微信|薇信|威信|微博|抖音|快手|小红书|账号|帐号|(?i:vx|wx|wechat|username|handle|\bid\b)"
)

"""Schools and addresses in Chinese text. A place alone (北京) and a kind of school alone (大学)
tell nobody who somebody is and stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qingting.companion.reply.model.hide.found import Found, lists, words

# The longest school name is about this many characters before its 大学 or 中学.
_WINDOW: Final = 14
# Characters that a name of a school or road does not have: there the name has not begun yet.
_BLOCK: Final = (
    "的上读念考去在所个那这是有没不我你他她们和跟到来过了吗呢吧被把让给都也很最几哪某些为从"
    "回进出住说着就要想叫离对还"
)
_NAME: Final = rf"(?:(?![{_BLOCK}])[\u4e00-\u9fff])"
_NUMERALS: Final = "一二三四五六七八九十"
_PROVINCES: Final = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    "|内蒙古|广西|西藏|宁夏|新疆|台湾"
)
# Alone behind these a 大学 is not a name (中国大学).
_WANT_MORE: Final = frozenset(
    ("中国", "中央", "国立", "国防", "首都", "空军", "海军", "陆军", "南方", "北方")
)
# In the open only these tell a school: 在计算机学院, 在培训学校 do not.
_OPEN_ENDS: Final = frozenset(("大学", "中学", "高中", "小学", "附中", "附小", "职高", "中专"))
_OPENERS: Final = re.compile(
    rf"(?:在|读|念|考上了?|考进了?|来自|就读于|毕业于|转到|转学到|我是)(?P<it>{_NAME}{{2,6}})$"
)
_ORDINAL: Final = re.compile(rf"第[{_NUMERALS}百\d]+(?:高级)?(?:中学|小学|高中)")
_ROAD: Final = re.compile(
    rf"{_NAME}{{1,10}}(?:路|街|巷|弄|大道|胡同|里弄)(?:[东西南北中]段)?\s?(?:\d{{1,5}}|[{_NUMERALS}百]+)\s?(?:号|弄|之)"
    r"(?:院|楼|号楼)?(?:\s?[A-Za-z]?\d{1,4}\s?(?:号楼|栋|幢|座|单元|号|室|楼|层|弄|房))*(?:\s?\d{2,4}室?)?"
)
_ESTATE: Final = re.compile(
    rf"{_NAME}{{2,8}}(?:小区|花园|公寓|家园|新村|苑|学生公寓|宿舍)\s?"
    r"(?:[A-Za-z]?\d{1,4}\s?(?:号楼|栋|幢|座|单元|号|室|楼|层)\s?)+(?:\d{2,4}室?)?"
)
_ROOM: Final = re.compile(
    r"(?<![\dA-Za-z])[A-Za-z]?\d{1,3}\s?(?:号楼|栋|幢|单元|座)\s?(?:\d{1,2}\s?(?:单元|楼|层)\s?)?\d{2,4}(?:室|房|寝室|寝|宿舍)?(?!\d|块|元|分|人)"
    r"|(?<![\dA-Za-z])[A-Za-z]?\d{1,2}-?\d{3}\s?(?:寝室|宿舍)(?![长友])"
)
_CHAIN: Final = re.compile(
    rf"(?:{_PROVINCES})省?{_NAME}{{2,6}}?[市州县](?:{_NAME}{{1,6}}[区县市])?(?:{_NAME}{{1,6}}(?:镇|乡|街道))?(?:{_NAME}{{1,6}}村)?"
    rf"|{_NAME}{{2,4}}[县市]{_NAME}{{1,5}}(?:镇|乡|街道)(?:{_NAME}{{1,5}}村)?"
    rf"|{_NAME}{{1,4}}[镇乡]{_NAME}{{1,4}}村"
)
# What a 区 is when it is no district.
_NO_DISTRICT: Final = re.compile(
    r"(?:小|校|景|郊|市|城|社|地|山|灾|特|学|厂|片|开发|疫|生活|宿舍|园|辖|禁|误|盲|雷|时|风险|封控|管控)$"
)
_STUDY: Final = (
    r"(?:的)?(?:大[一二三四]|研[一二三]|本科|读|念|上学|校区|宿舍|学生|研究生|博士|硕士|附近)"
)


@cache
def _ends() -> re.Pattern[str]:
    ends = "|".join(sorted(lists("zh")["school_ends"], key=len, reverse=True))
    return re.compile(rf"(?:{ends})(?!生(?![物命])|城|时代)")


@cache
def _heads() -> frozenset[str]:
    return words("zh", "places") | words("zh", "school_heads")


@cache
def _district() -> re.Pattern[str]:
    places = "|".join(sorted(words("zh", "places"), key=len, reverse=True))
    return re.compile(
        rf"(?:{places})市?(?P<district>{_NAME}{{2,4}}?)[区县](?:{_NAME}{{1,6}}?(?:镇|乡|街道))?"
    )


@cache
def _numbered_school() -> re.Pattern[str]:
    places = "|".join(sorted(words("zh", "places"), key=len, reverse=True))
    return re.compile(rf"(?:{places})[市县]?第?[{_NUMERALS}]{{1,3}}中(?![午间心旬国年秋考意时型])")


@cache
def _place_and_short() -> re.Pattern[str]:
    places = "|".join(sorted(words("zh", "places"), key=len, reverse=True))
    return re.compile(rf"(?:{places})(?:{'|'.join(lists('zh')['short_ends'])})(?!大学|学院)")


@cache
def _short() -> re.Pattern[str]:
    names = "|".join(sorted(lists("zh")["short_schools"], key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=在)|(?<=来自)|(?<=考上)|(?<=考上了)|(?<=我是)|(?<=我们)|(?<=读于)|(?<=业于)|(?<=保研到))"
        rf"(?:{names})(?![荒的])|(?<![\u4e00-\u9fff])(?:{names})(?={_STUDY})"
    )


def find(text: str) -> Iterator[Found]:
    """Schools and addresses of a plain text; may overlap."""
    for start, end in _schools(text):
        yield Found(start, end, "school")
    for rule in (_ROAD, _ESTATE, _ROOM, _CHAIN):
        for match in rule.finditer(text):
            yield Found(*match.span(), "address")
    for match in _district().finditer(text):
        if not _NO_DISTRICT.search(match["district"]):
            yield Found(*match.span(), "address")


def _schools(text: str) -> Iterator[tuple[int, int]]:
    for match in _ends().finditer(text):
        start = _school_start(text, match.start(), match[0])
        if start is not None:
            yield start, match.end()
    for rule in (_ORDINAL, _numbered_school(), _place_and_short(), _short()):
        for match in rule.finditer(text):
            yield match.span()


def _school_start(text: str, end: int, kind: str) -> int | None:
    """Where the name of the school begins whose 大学 or 中学 stands at `end`."""
    first = max(0, end - _WINDOW)
    for at in range(first, end - 1):
        for size in (2, 3, 4):
            if text[at : at + size] in _heads() and at + size <= end:
                middle = text[at + size : end]
                if _may_be_middle(middle) and (middle or text[at : at + size] not in _WANT_MORE):
                    return at
    for word in words("zh", "school_words"):
        if text.endswith(word, 0, end) and kind not in ("大学", "学院"):
            return end - len(word)
    opened = _OPENERS.search(text, first, end)
    if opened is None or kind not in _OPEN_ENDS or _is_generic(opened["it"]):
        return None
    return opened.start("it")


def _may_be_middle(middle: str) -> bool:
    if set(middle) & set(_BLOCK) or re.search(r"[^\u4e00-\u9fff]", middle):
        return False
    return not any(word in middle for word in words("zh", "descriptors"))


def _is_generic(name: str) -> bool:
    return name in words("zh", "generic_schools") or not _may_be_middle(name)

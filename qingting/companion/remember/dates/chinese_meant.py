"""Which of the Chinese days that a text names are not meant: what is put right, what is moved away.

不是9号 是10号 tells of the tenth, 周五改到下周一 and 原定22号 现在20号 of the later word.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from qingting.companion.remember.dates.span import DateSpan

_NOT: Final = re.compile(r"(?:(?<![是要])(?:并|而|才|又|可)?不是|不在)(?:在|说)?$")
# 不是周五考吗 asks whether it is Friday after all.
# 一到周日晚上就焦虑, 周五一般没课: no one day.
_ALWAYS_BEFORE: Final = re.compile(r"(?:一到|每到|每逢|逢|每次|每个|一般|平时|只要到?)(?:了)?$")
_ALWAYS_AFTER: Final = re.compile(
    r"^(?:[早晚]上|[上下]午)?(?:我|都)?(?:总是|一般|经常|老是|通常|从来)"
)
_ASKED: Final = re.compile(r"[^，,。.！!\s]{0,8}(?:吗|么|嘛|来着|[？?])")
_MOVED: Final = re.compile(
    r"[^，,。.；;！!？?\n]{0,12}(?:改|推迟|推|延期|延|挪|提前|调|换|移|顺延|变)(?:到|成|至|在|为)?了?\s?"
)
_WAS: Final = re.compile(
    r"(?:原来|本来|原定|原本|原先|一开始|之前)(?:都|就)?(?:是|说|定|约|排|在|的|要|打算|好){0,3}$"
)
_NOW: Final = re.compile(r"改|推迟|延|挪|提前|换|现在|结果|变")
_REACH: Final = 8


def meant(spans: list[DateSpan], text: str) -> tuple[DateSpan, ...]:
    """The days that are meant, of those that a text names."""
    return tuple(
        span
        for span, later in zip_longest(spans, spans[1:])
        if not _denied(span, text)
        and not _always(span, text)
        and not (later and _put_off(span, later, text))
    )


def _denied(span: DateSpan, text: str) -> bool:
    before = text[max(0, span.start - _REACH) : span.start]
    return _NOT.search(before) is not None and _ASKED.match(text, span.end) is None


def _always(span: DateSpan, text: str) -> bool:
    """Whether it is every such day."""
    before = text[max(0, span.start - _REACH) : span.start]
    return bool(_ALWAYS_BEFORE.search(before) or _ALWAYS_AFTER.search(text[span.end :]))


def _put_off(span: DateSpan, later: DateSpan, text: str) -> bool:
    """Whether another day has taken the place of this one."""
    between = text[span.end : later.start]
    if _MOVED.fullmatch(between):
        return True
    before = text[max(0, span.start - _REACH) : span.start]
    return _WAS.search(before) is not None and _NOW.search(between) is not None

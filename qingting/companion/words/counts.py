"""How many of something a message says, and at what hour: "40 minutes", 第三次, 凌晨三点.

Weights, measures of the body, doses, grades of harm and storeys are no such numbers: said back,
they would weigh on somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qingting.companion.person import Language

_ZH_NUMBER: Final = (
    r"(?:\d{1,5}|[两三四五六七八九]?[十百千万][一二三四五六七八九十百千]*[几多]?|"
    r"[两三四五六七八九])"
)
# What is counted says something by itself; 三个 and 两只 do not.
_ZH: Final = re.compile(
    rf"(?<![\d一二三四五六七八九十百千万第.点])(?:"
    rf"第(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})(?:次|遍|版|回|封|名|份简历|章|天|轮)|"
    rf"{_ZH_NUMBER}(?<![二三四五六七八九]一)(?:来|多)?(?:次|遍|版|回合|分钟|个?小时|个多?小时|个?钟头|天|个?星期|个?礼拜|周|"
    rf"个月|年|个学期|公里|站路|块钱?|万块?|封邮件|份简历|条消息|条语音|个未接|通电话|个电话|个字|页|"
    rf"道题|节课|张照片|班车|趟)"
    rf")(?![\d一二三四五六七八九十前后内左以级级半制假岁]|之前|之后|[一-鿿]?前|钱)"
)
_ZH_WHEN: Final = re.compile(
    r"(?:凌晨|半夜|夜里|早上|清晨|傍晚|晚上|下午|中午)"
    r"(?:[一二三四五六七八九十两]{1,3}|\d{1,2})点(?:半|多|[一二三四五]?十?[一二三四五六七八九]?分)?"
)
_EN_NUMBER: Final = (
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|a hundred)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|whole|full))?"
)
_EN_COUNTED: Final = (
    r"(?:times|minutes|mins|hours|hrs|days|nights|weeks|weekends|months|years|semesters|terms|"
    r"miles|pages|words|people|messages|texts|emails|calls|missed calls|questions|chapters|"
    r"patients|students|shifts|applications|rejections|interviews|attempts|drafts|versions|emojis|"
    r"stops|trains|buses|songs|episodes|photos|percent|marks|points|euros|bucks|dollars|"
    r"slides|boxes|chairs|seats|cups|letters|friends|strangers|houses|schools|lectures|"
    # Any other plural but what is swallowed, weighed, drunk, cut or fallen from.
    r"(?!pills|tabs|tablets|meds|doses|kilos|kgs|lbs|pounds|stones|calories|carbs|inches|sizes|cuts|"
    r"scars|stitches|drinks|beers|shots|glasses|bottles|floors|storeys|stories|grams|units|guys|"
    r"things|ways|bits|lots|others|ones|sides|parts|joints|cigarettes|blades|knives|guns|bodies|"
    r"(?:months'|this|was|does|goes|is|has|as|us|lines|meals|crunches|situps|laxatives|pushups)\b)[a-z]{3,}[^\Ws]s)"
)
_EN: Final = re.compile(
    rf"(?<![\w.:/£$€])(?:{_EN_NUMBER} {_EN_COUNTED}|"
    r"the (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) "
    r"(?:time|night|day|week|month|year))"
    r"(?!\w|[-'’]| (?:ago|old|of age|before|later|overweight|heavier|lighter|pregnant|of (?:pills|"
    r"tablets|meds|wine|vodka|beer|cotton|coffee)|sober|clean))",
    re.IGNORECASE,
)
_EN_WHEN: Final = re.compile(
    r"(?<![\w:.])(?:1[0-2]|[1-9])(?:[:.][0-5]\d)? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number as it was typed, and where."""

    said: str
    kind: Literal["count", "when"]
    at: int


def counts(text: str, language: Language) -> Iterator[Count]:
    """The numbers and the hours of a text that may be taken up."""
    numbers, hours = (_ZH, _ZH_WHEN) if language == "zh" else (_EN, _EN_WHEN)
    for match in numbers.finditer(text):
        yield Count(match.group(), "count", match.start())
    for match in hours.finditer(text):
        yield Count(match.group(), "when", match.start())

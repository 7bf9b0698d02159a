"""What Chinese dates are made of: numbers, whether something is past, days of the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[廿卅][一二三四五六七八九]?|[两俩])"
# Between the first and the last day of a range.
TO: Final = r"(?:到|至|-|~|—|–)"
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "俩": 2,
}

# Full-width digits, and the traditional characters that dates are written with; one for one, so
# that every place in the text stays what it was.
PLAIN: Final = str.maketrans(
    "０１２３４５６７８９／．－～：週號後個禮兩過還這點從當無沒號曆節國慶聖誕餘臘聽陰農",
    "0123456789/.-~:周号后个礼两过还这点从当无没号历节国庆圣诞余腊听阴农",
)
WEEKDAYS: Final = {
    sign: day
    for day, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天末7"))
    for sign in signs
}

# How many weeks or months on "这", "下" and the like are.
STEPS: Final = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}

_CLAUSE_END: Final = re.compile(r"[，,。；;！!？?\n、…]|(?<=[^\s])\s")
# Something still to come, whatever else is said of it.
_AHEAD: Final = re.compile(
    r"^.{0,4}?(?:就|才|再|又|还)?(?:要|(?<![过觉变弄搞考睡吃说写做哭累打玩])得(?=[^到了很])|将|该|会|打算|准备|想(?![起到念你他她家哭死])|可能|应该|必须|需要|截止|还有|到期)"
    r"|^[^没]{0,6}?不(?:去|回|来|考|上|过|放|加|办|参加|用|打算|想|准备|能|补|聚|约|出|开)[^没]{0,3}了"
    r"|就[^没，]{0,3}(?:自由|解放|出来|到|回|结束|走|放|毕业|轻松|完事|见|满|飞|搬|有)[^没，]{0,3}了"
    r"|就(?:能|可以|要|得)|^就(?!没|不|一直|开始|后悔|想)|^才|怎么办|好(?:紧张|怕|慌|担心)|紧张|还没(?:复习|准备|写|背|看)"
)
# Something over: a verb that is done. 为了 and 烦死了 tell of nothing done.
_OVER: Final = re.compile(
    r"(?<![为除算罢极死不坏疯累烦慌张怕好到近快得约订买报定请抢])了(?![解结断吧])"
    r"|^.{0,2}[一-鿿](?<![点号半分刻天周午晚上班场])的$|[一-鿿](?<![家起么人院校里样])过(?![年节来去程于分敏冬夜渡期生])|考完|[做面考吃写交弄搞看聊开打参]完|刚刚?|^那[次会阵]|(?<!^)那[天次晚会]|^那几[天日]"
    r"|没(?:考|去|来|睡|过|回|吃|做|交|通|起|见|发|接|写|敢|说|好|赶|及)|考[得砸挂]|面得|挂科"
    r"|(?:说|骂|吵|哭|打|见|收|发|叫|告诉|问|吐|逃|睡)[得到]|[一-鿿]得(?:很|特别|好|不|太|一)"
    r"|从.{0,3}开始就|查出|又(?:来|吵|哭|骂|被|失眠|开始|梦)|都没(?!空|时间|课|事)|结束后|的时候.{0,6}(?:说|骂|哭)"
)
_TIME: Final = r"(?:凌晨|清?早上?|[上中下]午|傍晚|晚上|半夜|夜里|那[天次晚])?"
# What has been handed in or said on a day is over, whatever is still to come of it: 18号交的论文,
# 周二他说要冷静一下.
_DONE: Final = re.compile(
    rf"^{_TIME}(?:过[了完]|就开始(?!放|上|考|实习|开学|军训|培训|工作|补|集训|备)|(?:交|考|面|面试|笔试|做|分|拔|吃|喝|剪|搬|摔|撞|写|打|拍|补|缝|放|请|领|退|离|辞|出|买|见|投|发|递|吵|签|表白|体检|复查|谈|聊|说)的"
    r"|(?:[他她]们?|我?(?:爸|妈|姐|哥|弟|妹|导师|老板|对象|男友|女友)|hr)(?:又|还|突然|就)?(?:[跟对和]我)?[说讲问骂])"
)
# What is put on a day is still to come.
_PUT_TO: Final = re.compile(r"(?:[改挪延换调拖]|推迟|提前|推|定|约|排|等)[到在至成]?$")
# 到现在 says that something began on the day: 15号就该发了 拖到现在.
_SINCE: Final = re.compile(
    r"^.{0,14}?(?:到现在|至今|现在还(?!没|不|有|在考虑)|今天才|直到今天"
    r"|(?:又|结果|果然|还是)(?:黄|挂|砸|凉|崩|输|哭|吵)了)"
)
# 周日那天 is nearly always the one before; 端午那天 may be either.
_THAT_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)[^末]$")
_REACH: Final = 18


def number(text: str) -> int | None:
    """A number up to 99, as digits or in characters; None for what is none (十十)."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").partition("十")
    if len(tens) > 1 or len(ones) > 1 or (not ten and len(text) != 1):
        return None
    if any(sign not in _DIGITS for sign in tens + ones):
        return None
    if not ten:
        return _DIGITS[tens]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def is_over(text: str, start: int, end: int) -> bool:
    """Whether the words after a day tell of something past (周五面试了, not 改到周五了)."""
    if _PUT_TO.search(text, max(0, start - 4), start):
        return False
    after = _after(text, end).removeprefix("了")
    if _DONE.search(after) or _SINCE.search(text[end : end + _REACH]):
        return True
    that_day = after.startswith("那天") and _THAT_WEEKDAY.search(text[start:end])
    return bool(that_day or _OVER.search(after)) and _AHEAD.search(after) is None


def is_ahead(text: str, end: int) -> bool:
    """Whether the words after a day tell plainly of something still to come (周五要面试)."""
    return _AHEAD.search(_after(text, end)) is not None


def _after(text: str, end: int) -> str:
    mark = _CLAUSE_END.search(text, end, end + _REACH)
    return text[end : mark.start() if mark else end + _REACH].lstrip()


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has none."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def monday(today: date, weeks: int) -> date:
    """The Monday of the calendar week so many weeks on."""
    return moved(today, 7 * weeks - today.weekday())


def moved(day: date, days: int) -> date:
    """So many days later; the day itself where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def month_on(today: date, months: int) -> tuple[int, int]:
    """Year and month, so many months on."""
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def part_of_month(year: int, month: int, part: str | None) -> tuple[date, date] | None:
    """The first and last day of a month or of a part of it (初, 中, 底, 上旬...)."""
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    last = monthrange(year, month)[1]
    first, final = {
        "初": (1, 5),
        "上旬": (1, 10),
        "中": (13, 17),
        "中旬": (11, 20),
        "下旬": (21, last),
        "底": (last - 4, last),
        "末": (last - 4, last),
    }.get(part or "", (1, last))
    return date(year, month, first), date(year, month, final)

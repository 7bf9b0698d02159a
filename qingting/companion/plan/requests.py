"""Plain requests and complaints: a joke, the time, "you're not listening". They are answered as
what they are; a question after a feeling would show that nobody read them."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan, Skill, Stage, Why
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.plan.sums import sum_of
from qingting.companion.understand.clean import has_han
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

# What can be given here and now, and given again when "another one" is asked for.
_GIVEN: Final = frozenset({"joke", "story", "poem", "song", "game"})
# What only a true answer fits: a model would make up a date, or a film that it saw.
_TRUE: Final = frozenset({"today", "outside", "homework", "looks", "recommend", "facts", "sum"})
# Said against us.
CRITICISM: Final = frozenset({"criticism", "repeating", "unanswered"})
_KEPT_TO: Final = frozenset({"too_many_questions", "not_listening", *CRITICISM})
_MET: Final = frozenset({"company", "bored", "comfort", "insult"})
# Put together from what they told in this talk.
_WRITTEN: Final = frozenset({"letter"})
REQUESTS: Final = _GIVEN | _TRUE | _KEPT_TO | _MET | _WRITTEN
# A request that no model words: it must be true, or must keep what it promises.
AUTHORED: Final = _TRUE | _KEPT_TO | _WRITTEN

# A request beside which so much else may stand, in letters or 汉字, and is answered all the same.
_BESIDE: Final = 90
_BESIDE_HAN: Final = 30
# Of these little else: a comfort line would pass over what was told.
_BESIDE_MET: Final = 24
_BESIDE_MET_HAN: Final = 8
_PARTS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[，。！？；~～…,.!?;\s]+"),
    "en": re.compile(r"[.!?;\n…]+|,\s|\s-+\s"),
}
# Somebody else said it, or it is told of.
_TOLD: Final = re.compile(
    r"[他她它妈爸师友学姐哥弟妹们人板导][^，。！？,.!? ]{0,4}[说骂问喊]|叫我|回我|让我|告诉我"
    r"|\b(?:said|says|say|told|tells|asked|asks|yell\w*|like when)\b",
    re.IGNORECASE,
)

# What may be said between one joke and "another one".
_BETWEEN: Final = frozenset({"another", "laugh", "yes", "thanks"})

# Complaints after which the next replies ask nothing.
_NO_QUESTIONS: Final = frozenset({"too_many_questions", "about_you.why_asking"})

_DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# From which hour on a part of the day is called so.
_PARTS_OF_DAY: Final = (
    (23, "夜里"),
    (18, "晚上"),
    (13, "下午"),
    (12, "中午"),
    (9, "上午"),
    (5, "早上"),
)


def request_of(work: Work) -> str | None:
    """The request or complaint that a message is and nothing besides, or None. None, too, where
    authored words take up what was told beside open danger."""
    if work.protection.listening:
        return None
    shape = shape_of(work.message.text, work.language)
    if shape in (None, "homework") and sum_of(work.message.text) is not None:
        return "sum"
    if shape == "another":
        shape = _last_given(work)
    return shape if shape in REQUESTS else None


def request_in(work: Work) -> str | None:
    """The request that a message makes beside a few other words ("ok sleeping. can you tell me a
    joke first"), or None. Not one that somebody else made, nor beside anything grave."""
    whole = request_of(work)
    text, language = work.message.text, work.language
    if whole or work.protection.listening or at_least(work.reading.risk.level, "moderate"):
        return whole
    parts = [part for part in _PARTS[language].split(text) if part.strip()]
    found = next(((one, part) for part in parts if (one := _shape(part, language))), None)
    if found is None:
        return None
    rest = " ".join(part for part in parts if part != found[1])
    return found[0] if len(rest) <= _room(found[0], rest) and not _TOLD.search(rest) else None


def _shape(part: str, language: Language) -> str | None:
    shape = shape_of(part, language)
    shape = "sum" if shape in (None, "homework") and sum_of(part) is not None else shape
    return shape if shape in REQUESTS else None


def _room(request: str, rest: str) -> int:
    met = request in _MET | _WRITTEN
    if has_han(rest):
        return _BESIDE_MET_HAN if met else _BESIDE_HAN
    return _BESIDE_MET if met else _BESIDE


def request_plan(work: Work, request: str) -> Plan:
    """The plan of the reply to a request. It asks nothing but what its own line asks. What is so
    now (the day, the date, the time) is put into the slots of the work."""
    why: Why = "asked_plainly"
    stage: Stage = "comfort"
    skill: Skill = "presence"
    if request == "today":
        work.chooser.slots = {
            **work.chooser.slots,
            **now_slots(work.now, work.person.timezone, work.language),
        }
    if request == "sum":
        found = next(filter(None, map(sum_of, _pieces(work))), "")
        work.chooser.slots = {**work.chooser.slots, "sum": found}
    if request in _GIVEN | _TRUE:
        stage, skill = "explore", "information"
    if request == "too_many_questions":
        why = "refused"
    return Plan(stage=stage, skill=skill, question=False, why=why, small=request)


def _pieces(work: Work) -> list[str]:
    """The message, and its parts."""
    return [work.message.text, *_PARTS[work.language].split(work.message.text)]


def first_words(work: Work) -> str | None:
    """The first line they wrote in this talk, as it stands there; None where it was not kept, or
    danger is open: it may be the line that opened it."""
    grave = at_least(work.episode.level, "moderate")
    return work.state.first if work.state.first and not grave else None


def asks_no_more(plan: Plan) -> bool:
    """Whether the next replies ask nothing either, because there were too many questions."""
    return plan.small in _NO_QUESTIONS


def now_slots(now: datetime, timezone: str, language: Language) -> dict[str, str]:
    """The words for "weekday", "date" and "time" on a person's own clock. timezone: IANA name; an
    unknown one is read as the clock of `now`."""
    try:
        zone: tzinfo | None = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = now.tzinfo
    here = now.astimezone(zone)
    if language == "zh":
        date = f"{here.month}月{here.day}日"
    else:
        date = f"{here.day} {_MONTHS[here.month - 1]}"
    return {
        "weekday": _DAYS[language][here.weekday()],
        "date": date,
        "time": _time_zh(here) if language == "zh" else _time_en(here),
    }


def _time_zh(here: datetime) -> str:
    part = next((name for hour, name in _PARTS_OF_DAY if here.hour >= hour), "凌晨")
    hour = here.hour - 12 if here.hour > 12 else here.hour
    return f"{part}{hour}点整" if here.minute == 0 else f"{part}{hour}点{here.minute}分"


def _time_en(here: datetime) -> str:
    half = "a.m." if here.hour < 12 else "p.m."
    return f"{here.hour % 12 or 12}:{here.minute:02d} {half}"


def _last_given(work: Work) -> str | None:
    """What was given last, when nothing but a laugh or "another one" was said since."""
    for heard in reversed(work.state.history):
        if heard.speaker != "person":
            continue
        shape = shape_of(heard.text, work.language)
        if shape not in _BETWEEN:
            return shape if shape in _GIVEN else None
    return None

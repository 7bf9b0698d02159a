"""A letter about a week as a model words it, from the same facts as the authored one, and believed
no further than those: every sentence passes the guard, and none holds a number or a name that is
not in the facts. Whatever is wrong with one sentence, the authored letter stands."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language
from qingting.companion.ports import ChatMessage, ChatModel, Masking
from qingting.companion.progress.letter import LEAST, MOST, counted, hours, quoted, size
from qingting.companion.progress.week import Week
from qingting.companion.protect.guard import problem_with
from qingting.companion.reply.model.errors import ModelError
from qingting.companion.reply.model.hide import find_all
from qingting.companion.reply.model.masking import has_token
from qingting.companion.reply.sentences import SentenceSplitter

SECONDS: Final = 20.0
_TOKENS: Final = 700
_LONGEST: Final = 4_000
# What makes one thing the cause of another, praises, counts days in a row, or knows what comes.
_NEVER: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        "因为|所以|导致|使得|造成|引起|带来了|多亏|怪不得|难怪|连续|连着|坚持|打卡|真棒|很棒|"
        "厉害|骄傲|进步|做得|表现|一定会|肯定会|会好|[!！?？]"
    ),
    "en": re.compile(
        r"\b(?:because|caus(?:e|es|ed|ing)|due to|thanks to|led to|leads to|as a result|therefore|"
        r"that'?s why|which is why|made you|makes you|streak|in a row|consecutive|proud|great job|"
        r"good job|well done|amazing|awesome|progress|keep it up|keep going|will get|gets better|"
        r"you'?ll be)\b|[!?]",
        re.IGNORECASE,
    ),
}
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)?")
_ZH_DIGITS: Final = {
    **{word: number for number, word in enumerate("零一二三四五六七八九")},
    "两": 2,
    "俩": 2,
}
# A number in Chinese words counts where it stands before what is counted.
_ZH_NUMBER: Final = re.compile(
    "([一二两俩三四五六七八九十百半]+)(?=[个笔天晚页次分小回件周月年夜种样条成倍])"
)
_EN_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
} | {"once": 1, "twice": 2, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "dozen": 12}
_EN_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
# "One thing" and "一点" count nothing; a week has seven days.
_ALWAYS: Final = frozenset({1.0, 7.0})
_CAPITAL: Final = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]*")
_NO_NAMES: Final = frozenset({"I", "I'm", "I've", "I'd", "I'll", "OK"})


async def worded(
    model: ChatModel,
    week: Week,
    language: Language,
    masking: Callable[[], Masking],
    refuses: Callable[[str], bool] = lambda _: False,
    seconds: float = SECONDS,
) -> str | None:
    """The letter in the model's words; None where it is slow, fails, or writes what may not stand.

    masking: hides names from a model on somebody else's machine, which is not told either what
    never leaves this one. refuses: whatever else may not be said. seconds: for all of it.
    """
    if week.present or week.is_empty:
        return None
    if model.hosted:
        # Nor whom they wrote into their plan: a name alone, without a talk around it, is one that
        # masking does not know as a name.
        events = tuple(one for one in week.events if not one.here)
        week = replace(week, events=events, person="")
    facts = "\n".join(facts_of(week, language))
    mask = masking()
    told = facts
    if model.hosted:
        mask.learn([facts])
        told = mask.mask(facts)
    messages = [ChatMessage("system", _instructions(language)), ChatMessage("user", told)]
    try:
        async with asyncio.timeout(seconds):
            said = await _whole(model, messages)
    except (TimeoutError, ModelError):
        return None
    text = _tidy(mask.unmask(said) if model.hosted else said)
    return text if may_stand(text, facts, language) and not refuses(text) else None


def facts_of(week: Week, language: Language) -> list[str]:
    """All that a letter may say, one fact a line."""
    return list(_zh(week) if language == "zh" else _en(week))


def may_stand(text: str, facts: str, language: Language) -> bool:
    """Whether a letter says nothing but the facts, harms nobody, and is a letter's length."""
    if not LEAST[language] // 2 <= size(text, language) <= MOST[language]:
        return False
    if has_token(text) or _NEVER[language].search(text):
        return False
    if not numbers_in(text, language) <= numbers_in(facts, language) | _ALWAYS:
        return False
    if any(name not in facts for name in _names_in(text)):
        return False
    return all(problem_with(one, language) is None for one in _sentences(text))


def numbers_in(text: str, language: Language) -> frozenset[float]:
    """The numbers of a text, in digits or in words."""
    found = {float(one.replace(",", ".")) for one in _DIGITS.findall(text)}
    if language == "en":
        words = (one.casefold() for one in _EN_WORD.findall(text))
        found |= {float(_EN_NUMBERS[one]) for one in words if one in _EN_NUMBERS}
    else:
        found |= {_zh_value(one) for one in _ZH_NUMBER.findall(text)}
    return frozenset(found)


def _zh_value(words: str) -> float:
    if "半" in words:
        return 0.5
    if "百" in words:
        return 100.0
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return float("".join(str(_ZH_DIGITS[one]) for one in words))
    above = _ZH_DIGITS.get(tens[-1:], 1) if tens else 1
    return float(10 * above + (_ZH_DIGITS.get(ones[:1], 0) if ones else 0))


def _names_in(text: str) -> Iterator[str]:
    """Whatever may be the name of somebody or somewhere."""
    for found in find_all(text):
        yield text[found.start : found.end]
    for name in _CAPITAL.findall(text):
        if name.replace("’", "'") not in _NO_NAMES:
            yield name


def _sentences(text: str) -> list[str]:
    splitter = SentenceSplitter()
    return [one for one in (*splitter.feed(text), splitter.flush()) if one.strip()]


def _tidy(text: str) -> str:
    return "\n\n".join(one.strip() for one in re.split(r"\n\s*\n", text.strip()) if one.strip())


async def _whole(model: ChatModel, messages: list[ChatMessage]) -> str:
    text = ""
    async with aclosing(model.stream(messages, max_tokens=_TOKENS)) as stream:
        async for piece in stream:
            text += piece
            if len(text) > _LONGEST:
                break
    return text


@cache
def _instructions(language: Language) -> str:
    folder = resources.files("qingting.content") / language / "model"
    return (folder / "letter.md").read_text(encoding="utf-8")


def _zh(week: Week) -> Iterator[str]:
    yield f"上周记心情：{week.notes}笔，分在{week.days}天" if week.notes else "上周没有记心情"
    if 0 < week.notes <= 2:
        yield "记得少，所以信要短，也要直说记得少"
    for name, number, words in (
        ("沉的", week.heavy, week.with_heavy),
        ("轻的", week.light, week.with_light),
        ("不沉不轻的", week.between, week.with_between),
    ):
        if number:
            also = f"，一起点下的有{quoted(words, 'zh')}" if words else ""
            yield f"{name}：{number}笔{also}"
    if week.sleep:
        yield f"睡觉记了{len(week.sleep)}晚，{hours(week.least)}到{hours(week.most)}个小时"
    if week.tried is not None:
        one = week.tried
        numbers = f"，之前的数{one.before}，之后的数{one.after}" if one.after is not None else ""
        yield f"做完的练习：“{titles('zh')[one.exercise]['title']}”{numbers}（数越大越难受）"
    if week.pages:
        yield f"日记写了{week.pages}页，里面写什么不知道"
    if week.events:
        yield f"提过、正好在上周的：{quoted(tuple(one.what for one in week.events), 'zh')}"
    if week.change:
        yield f"问卷比上回{'重' if week.change == 'worse' else '轻'}了，差得不算小"
    if week.to_try:
        minutes = counted(exercises()[week.to_try].minutes, "minute", "zh")
        yield f"可以试的练习：“{titles('zh')[week.to_try]['title']}”，{minutes}，不想就算了"
    yield f"可以说给谁：“{week.person}”" if week.person else "可以说给谁：一个信得过的人"


def _en(week: Week) -> Iterator[str]:
    notes, days = counted(week.notes, "note", "en"), counted(week.days, "day", "en")
    yield f"how they were, last week: {notes}, on {days}" if week.notes else "no notes of mood"
    if 0 < week.notes <= 2:
        yield "that is little, so the letter is short and says so"
    for name, number, words in (
        ("heavy", week.heavy, week.with_heavy),
        ("light", week.light, week.with_light),
        ("in between", week.between, week.with_between),
    ):
        if number:
            also = f", tapped along with it: {quoted(words, 'en')}" if words else ""
            yield f"{name}: {counted(number, 'note', 'en')}{also}"
    if week.sleep:
        nights = counted(len(week.sleep), "night", "en")
        yield f"sleep noted for {nights}: {hours(week.least)} to {hours(week.most)} hours"
    if week.tried is not None:
        one = week.tried
        numbers = (
            f", number before {one.before}, after {one.after}" if one.after is not None else ""
        )
        yield f'exercise done: "{titles("en")[one.exercise]["title"]}"{numbers} (higher is worse)'
    if week.pages:
        yield f"journal: {counted(week.pages, 'page', 'en')}, what is in them is not known"
    if week.events:
        told = quoted(tuple(one.what for one in week.events), "en")
        yield f"told of before, and it lay in that week: {told}"
    if week.change:
        heavier = "heavier" if week.change == "worse" else "lighter"
        yield f"a questionnaire came out {heavier} than last time, by more than a little"
    if week.to_try:
        minutes = counted(exercises()[week.to_try].minutes, "minute", "en")
        title = titles("en")[week.to_try]["title"]
        yield f'an exercise they may try or leave: "{title}", {minutes}'
    yield f'whom to tell: "{week.person}"' if week.person else "whom to tell: somebody they trust"

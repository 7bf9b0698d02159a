"""Something remembered is taken up rarely, with cause, and never where it could hurt."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qingting.companion.events import Done
from qingting.companion.person import Language
from qingting.companion.plan.days_ahead import ahead
from qingting.companion.plan.remembering import VERY_NEAR
from qingting.companion.recall.meaning import vectors
from qingting.companion.recall.named import is_named
from qingting.companion.recall.recollection import Remembered
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from qingting.companion.words.bank import bank
from tests.companion.banned import banned_in
from tests.companion.fakes import NIGHT, FakeModel
from tests.companion.remembered import TODAY, FakeMemory, item, talked

_TWO = timedelta(days=2)
XIAOYU = item(1, "person", "弟弟/name", "弟弟叫小宇", value="小宇")
TOM = item(2, "person", "brother/name", "your brother is Tom", value="Tom")
MIANSHI = item(3, "event", "面试", "面试", on=TODAY["zh"] + _TWO, until=TODAY["zh"] + _TWO)
INTERVIEW = item(
    4, "event", "interview", "your interview", on=TODAY["en"] + _TWO, until=TODAY["en"] + _TWO
)
KAOYAN = item(5, "goal", "考研", "想考研")
MEDICINE = item(6, "goal", "study medicine", "you want to study medicine")
TINGGE = item(7, "helped", "听歌", "听歌会好一点")
MUSIC = item(8, "helped", "music", "music helps you")
YEWAN = item(9, "trigger", "晚上", "一到晚上就心慌")
AT_NIGHT = item(10, "trigger", "at night", "it gets harder at night")
HUAHUA = item(11, "strength", "画画", "画画不错")
DRAWING = item(12, "strength", "drawing", "you are good at drawing")
HELD = {
    "zh": (XIAOYU, MIANSHI, KAOYAN, TINGGE, YEWAN, HUAHUA),
    "en": (TOM, INTERVIEW, MEDICINE, MUSIC, AT_NIGHT, DRAWING),
}

CAUSES: list[tuple[str, Remembered, str, str]] = [
    ("小宇今天又翻我东西", XIAOYU, "person_known", "弟弟"),
    ("我弟弟今天又不理我", XIAOYU, "person", "小宇"),
    ("my brother went through my stuff again", TOM, "person", "Tom"),
    ("tom went through my stuff again", TOM, "person_known", "brother"),
    ("睡不着，心里慌", MIANSHI, "event_soon", "面试"),
    ("can't sleep, my chest is all tight", INTERVIEW, "event_soon", "the day after tomorrow"),
    ("面试要问的我一个都答不上", MIANSHI, "event", "后天"),
    ("复习考研到一半，今天背的全忘了", KAOYAN, "goal", "想考研"),
    ("thinking about whether to study medicine all day", MEDICINE, "goal", "study medicine"),
    ("我好难受，怎么办", TINGGE, "helped", "听歌"),
    ("i feel awful, what do i do", MUSIC, "helped", "music"),
    ("又到晚上了，心里好慌", YEWAN, "trigger", "一到晚上就心慌"),
    ("it's worse at night again, i'm so anxious", AT_NIGHT, "trigger", "at night"),
    ("我就是个废物，什么都做不好", HUAHUA, "strength", "画画"),
    ("i'm useless, i can't do anything right", DRAWING, "strength", "drawing"),
]


async def one(text: str, *items: Remembered, **more: Any) -> Done:
    return (await talked(FakeMemory(items), text, **more))[0]


@pytest.mark.parametrize(("text", "held", "way", "words"), CAUSES)
async def test_what_has_cause_is_taken_up(
    text: str, held: Remembered, way: str, words: str
) -> None:
    done = await one(text, held)
    taken = done.plan.taken_up
    assert taken is not None
    assert taken.way.removesuffix("_soon") == way.removesuffix("_soon")
    assert done.used == (held.id,)
    assert words.casefold() in done.reply.casefold() or held.about in done.reply
    assert not re.search(r"\{\w*\}", done.reply)
    assert sum(done.reply.count(mark) for mark in "?？") <= 1
    assert done.state.remembered_turn == 1


@pytest.mark.parametrize(("text", "held", "way", "words"), CAUSES)
async def test_a_sure_thing_is_needed(text: str, held: Remembered, way: str, words: str) -> None:
    done = await one(text, replace(held, confidence=0.6))
    assert done.plan.taken_up is None
    assert done.used == ()


@pytest.mark.parametrize(
    "text",
    [
        *("室友的弟弟来了", "他弟弟真好", "今天食堂的面好咸", "晚上吃什么", "我弟弟的同学来了"),
        *("his brother is here", "tomorrow is a monday", "my brother's friend came by"),
        *("we saw a film about doctors", "the night was clear and i liked it"),
        *("我物理好差", "面试那天的衣服是后天穿的", "明天后天都下雨"),
    ],
)
async def test_nothing_is_taken_up_without_cause(text: str) -> None:
    done = await one(text, *HELD["zh"], *HELD["en"])
    assert done.plan.taken_up is None, done.reply
    assert done.used == ()


@pytest.mark.parametrize(
    "text",
    ["我弟弟小宇打我，我不想活了", "my brother tom hits me and i want to kill myself"],
)
async def test_nothing_in_danger_nor_after_it(text: str) -> None:
    after = {"zh": "小宇又来了", "en": "tom is back again"}
    language: Language = "zh" if "小宇" in text else "en"
    for done in await talked(FakeMemory(HELD[language]), text, after[language]):
        assert done.plan.taken_up is None
        assert done.used == ()
        assert done.state.remembered_turn == -10


@pytest.mark.parametrize(
    "text", ["小宇在吵，想做个呼吸练习", "tom is loud, can we do a breathing exercise"]
)
async def test_nothing_in_an_exercise(text: str) -> None:
    done = await one(text, XIAOYU, TOM)
    assert done.plan.part == "begin"
    assert done.plan.taken_up is None
    assert done.used == ()


@pytest.mark.parametrize(
    "texts",
    [
        (
            *("小宇今天又翻我东西", "考研的书都被他撕了", "考研算了吧", "考研的事再说"),
            *("嗯今天就这样", "又想起考研"),
        ),
        (
            *("tom went through my stuff again", "he tore up my notes, i want to study medicine"),
            *("how do i study medicine now", "study medicine, ha", "my notes are gone"),
            "whether to study medicine is all i think about",
        ),
    ],
)
async def test_one_at_a_time_and_not_again_soon(texts: tuple[str, ...]) -> None:
    done = await talked(FakeMemory((XIAOYU, TOM, KAOYAN, MEDICINE)), *texts)
    taken = [number for number, each in enumerate(done) if each.used]
    assert taken[0] == 0
    assert all(later - earlier > 4 for earlier, later in pairwise(taken))


@pytest.mark.parametrize(
    ("before", "text", "held"),
    [
        ("我弟弟小宇回来了", "我弟弟又不理我", XIAOYU),
        ("tom came home", "my brother ignores me again", TOM),
        ("考研好难", "考研这件事我再想想", KAOYAN),
    ],
)
async def test_what_this_talk_said_lately_is_no_memory(
    before: str, text: str, held: Remembered
) -> None:
    state = ConversationState(seed="a seed", turns=1, history=(Heard("person", before),))
    assert (await one(text, held, state=state)).plan.taken_up is None
    assert (await one(text, replace(held, said_at=NIGHT))).plan.taken_up is None


async def test_what_the_message_itself_tells_is_no_memory() -> None:
    assert (await one("my brother is called Tim", TOM)).used == ()
    assert (
        await one("my interview got moved to next Friday, i'm so nervous", INTERVIEW)
    ).used == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("睡不着，好慌", replace(MIANSHI, about="爷爷葬礼", says="爷爷葬礼")),
        ("睡不着，好慌", replace(MIANSHI, sensitive=True)),
        ("睡不着，好慌", replace(MIANSHI, on=TODAY["zh"] + timedelta(days=6), until=None)),
        ("睡不着，好慌", replace(MIANSHI, on=TODAY["zh"] - _TWO, until=TODAY["zh"] - _TWO)),
        ("我室友又吵架，好慌", MIANSHI),
        ("can't sleep, so anxious", replace(INTERVIEW, says="the funeral", about="funeral")),
        ("can't sleep, my roommate is so loud", INTERVIEW),
    ],
)
async def test_a_coming_day_is_not_named_to_them_for_nothing(text: str, held: Remembered) -> None:
    assert (await one(text, held)).plan.taken_up is None


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("我好难受，怎么办", replace(TINGGE, about="散步", says="散步会好一点")),
        ("我好难受，怎么办", replace(TINGGE, about="喝酒", says="喝酒会好一点")),
        ("我好难受，怎么办，什么都没用", TINGGE),
        ("我好难受，听歌也不行，怎么办", TINGGE),
        ("i feel awful, what do i do", replace(MUSIC, about="drinking", says="drinking helps you")),
        ("i feel awful, what do i do", replace(MUSIC, about="run", says="running helps you")),
        ("i feel awful and nothing helps, what do i do", MUSIC),
    ],
)
async def test_what_helped_is_not_always_offered(text: str, held: Remembered) -> None:
    late = NIGHT + timedelta(hours=12 if text.isascii() else 0)
    assert (await one(text, held, now=late)).plan.taken_up is None


async def test_by_day_a_walk_may_be_offered() -> None:
    walk = replace(TINGGE, about="散步", says="散步会好一点")
    done = await one("我好难受，怎么办", walk, now=NIGHT + timedelta(hours=12))
    assert done.plan.taken_up is not None
    assert "散步" in done.reply


@pytest.mark.parametrize("text", ["我好难受，怎么办", "i feel awful, what do i do"])
async def test_what_helped_is_the_one_offer(text: str) -> None:
    done = await one(text, TINGGE, MUSIC)
    assert done.plan.offer == "exercise"
    assert done.plan.exercise is None
    assert done.plan.second is None
    assert "?" not in done.reply
    assert "？" not in done.reply
    assert done.state.offered_turn == 1


async def test_an_item_of_the_other_language_is_not_said() -> None:
    assert (await one("我哥 Tom 又来了", replace(TOM, value="Tom"))).plan.taken_up is None


async def test_a_model_that_fails_uses_only_what_the_reply_says() -> None:
    model = FakeModel([OSError("gone")])
    done = await one("tom went through my stuff again", TOM, MEDICINE, model=model)
    assert done.fell_back
    assert done.used == (TOM.id,)


@pytest.mark.parametrize(
    ("text", "held", "named"),
    [
        ("tomorrow", TOM, False),
        ("TOM again", TOM, True),
        ("tom's here", TOM, True),
        ("my little brother cried", TOM, True),
        ("her brother cried", TOM, False),
        ("小宇哭了", XIAOYU, True),
        ("我弟弟哭了", XIAOYU, True),
        ("她的弟弟哭了", XIAOYU, False),
    ],
)
def test_naming_is_strict(text: str, held: Remembered, named: bool) -> None:
    language: Language = "zh" if held is XIAOYU else "en"
    assert is_named(held, text, language) is named


@pytest.mark.parametrize("language", ["zh", "en"])
def test_very_near_is_near(language: Language) -> None:
    pairs = tomllib.loads(Path(__file__).with_name("near_pairs.toml").read_text("utf-8"))[language]
    assert len(pairs) == 60
    held, now = vectors([pair["held"] for pair in pairs]), vectors([pair["now"] for pair in pairs])
    if held is None or now is None:
        pytest.skip("no encoder here")
    near = [float(first @ second) >= VERY_NEAR for first, second in zip(held, now, strict=True)]
    told = [bool(pair["of_it"]) for pair in pairs]
    assert not any(far and not of_it for far, of_it in zip(near, told, strict=True))
    assert sum(near) >= 12


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "今天", "today"),
        (1, "明天", "tomorrow"),
        (2, "后天", "the day after tomorrow"),
        (3, "大后天", "on Saturday"),
        (5, "下周一", "on Monday"),
        (20, "12月8号", "on 8 December"),
    ],
)
def test_a_coming_day_as_one_says_it(days: int, zh: str, en: str) -> None:
    today = date(2026, 11, 18)
    on = today + timedelta(days=days)
    assert ahead(on, on, today, "zh") == zh
    assert ahead(on, on, today, "en") == en
    assert ahead(today - _TWO, today + _TWO, today, "zh") == "这几天"


SHAPES: dict[Language, tuple[str, ...]] = {
    "zh": ("面试", "交论文", "爸妈要来", "想跟妈妈谈谈", "画画不错", "一到晚上就心慌"),
    "en": ("your interview", "you are moving", "your essay is due", "what makes it worse: crowds"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_ten_lines_of_each_and_they_ask_nothing(language: Language) -> None:
    words = bank(language)
    ways = (
        "person",
        "person_known",
        "event",
        "event_soon",
        "goal",
        "helped",
        "trigger",
        "strength",
    )
    for way in (*ways, "hello", "goodbye"):
        lines = words.lines("moves", "remembered", way)
        assert len(lines) >= 10, way
        for line in lines:
            if way not in ("hello", "goodbye"):
                assert "?" not in line, line
                assert "？" not in line, line
            for says in SHAPES[language]:
                slots = {"says": says, "about": "x", "name": "X", "when": "x"}
                said = line.format_map(slots)
                assert banned_in(said, language) is None, said

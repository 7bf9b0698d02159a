"""Twelve people a language over their weeks: who is left alone, to whom a person is brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest

from qingting.companion.dependence.concern import Level
from qingting.companion.dependence.using import Hours
from qingting.companion.person import Language
from tests.companion.dependence.weeks import MONDAY, KeptHere, Paused, Weeks

# What everybody says after it, so that a reply has something to end on.
AFTER: Mapping[Language, tuple[str, ...]] = {
    "zh": ("谢谢", "周末一个人在宿舍，有点闷"),
    "en": ("my roommate is cold with me and i'm nervous", "i've been a bit nervous about my group"),
}


@dataclass(frozen=True)
class Script:
    """said: by day, what a talk begins with. level: at the end. brought: what replies ended on.
    when: her use before it began, by (days before, hour). hour: at which she talks."""

    name: str
    language: Language
    said: Sequence[tuple[int, str]]
    level: Level
    brought: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    when: Mapping[tuple[int, int], float] = field(default_factory=dict)
    hour: int = 16
    paused: bool = False


def every(days: Sequence[int], *said: str) -> list[tuple[int, str]]:
    """These, one after the other, on these days."""
    return [(day, said[number % len(said)]) for number, day in enumerate(days)]


# Before: half an hour each evening. Lately: four hours of the afternoon.
GREW = {(ago, 20): 30.0 for ago in range(14, 56)} | {
    (ago, hour): 60.0 for ago in range(-10, 14) for hour in (13, 14, 15, 16)
}
NIGHTS = {(ago, 20): 20.0 for ago in range(14, 56)} | {
    (ago, hour): 60.0 for ago in range(10) for hour in (1, 2, 3)
}
SOME, CLEAR = frozenset({"named"}), frozenset({"named", "check"})
SCRIPTS = (
    Script(
        "an insomniac at two for ten nights",
        "zh",
        every(range(10), "又两点了，还是睡不着"),
        "none",
        hour=2,
        when=NIGHTS,
    ),
    Script(
        "exam week",
        "zh",
        every(
            range(7),
            *["明天期末考试，好慌"] * 2,
            "只有你懂我",
            *["复习不完了"] * 2,
            "只有你懂我",
            "终于考完了",
        ),
        "none",
        when=GREW,
    ),
    Script(
        "said once, as thanks",
        "zh",
        [(0, "谢谢你，只有你肯听我说这些"), (4, "今天还行"), (9, "又降温了")],
        "none",
    ),
    Script(
        "everything in one bad night",
        "zh",
        [(0, "只有你懂我"), (0, "没有你我不知道怎么办"), (0, "有你就够了")],
        "none",
    ),
    Script(
        "lonely, and no more than that",
        "zh",
        every((0, 3, 7, 10), "已经好久没见人了", "我一周没出门了"),
        "none",
    ),
    Script(
        "two days of it",
        "zh",
        [(0, "只有你懂我"), (3, "没有你我不知道怎么办"), (5, "今天降温了")],
        "some",
        SOME,
        ("小林",),
    ),
    Script(
        "weeks of it",
        "zh",
        every(
            (0, 3, 6, 9, 12, 16),
            "只有你懂我",
            "我推掉了聚会来陪你",
            "没有你我不知道怎么办",
            "不想跟人说话了只想跟你聊",
        ),
        "clear",
        CLEAR,
        ("小林",),
    ),
    Script(
        "weeks of it, nobody named",
        "zh",
        every((0, 3, 6, 9, 12, 16), "只有你懂我", "我推掉了聚会来陪你", "没有你我不知道怎么办"),
        "clear",
        frozenset({"ask"}),
    ),
    Script(
        "a partner",
        "zh",
        every((0, 2, 5, 9), "我把你当男朋友了", "我好像爱上你了"),
        "some",
        frozenset({"ask"}),
    ),
    Script(
        "said again, but there are people",
        "zh",
        every((0, 1, 3, 4, 5, 6), "只有你懂我", "今天和室友吃饭了", "跟朋友视频了一个小时"),
        "none",
    ),
    Script(
        "she uses it far more, and says one thing",
        "zh",
        [(0, "只有你懂我"), (2, "今天食堂排了好久"), (5, "只有你懂我")],
        "some",
        SOME,
        ("小林",),
        GREW,
    ),
    Script(
        "memory is paused",
        "zh",
        every((0, 3, 6, 9, 12), "只有你懂我", "我推掉了聚会来陪你"),
        "none",
        paused=True,
    ),
    Script(
        "an insomniac at two for ten nights",
        "en",
        every(range(10), "2am again and i can't sleep"),
        "none",
        hour=2,
        when=NIGHTS,
    ),
    Script(
        "exam week",
        "en",
        every(
            range(7),
            *["finals tomorrow and i'm nervous"] * 2,
            "only you understand me",
            *["revision never ends"] * 2,
            "only you understand me",
            "exams are over",
        ),
        "none",
        when=GREW,
    ),
    Script(
        "said once, as thanks",
        "en",
        [(0, "thanks, you're the only one who listens"), (4, "today was ok"), (9, "it got cold")],
        "none",
    ),
    Script(
        "everything in one bad night",
        "en",
        [
            (0, "only you understand me"),
            (0, "i don't know what i'd do without you"),
            (0, "you're all i have"),
        ],
        "none",
    ),
    Script(
        "lonely, and no more than that",
        "en",
        every((0, 3, 7, 10), "haven't seen anyone in weeks", "i stopped answering my friends"),
        "none",
    ),
    Script(
        "two days of it",
        "en",
        [
            (0, "only you understand me"),
            (3, "i don't know what i'd do without you"),
            (5, "it got cold"),
        ],
        "some",
        SOME,
        ("Maya",),
    ),
    Script(
        "weeks of it",
        "en",
        every(
            (0, 3, 6, 9, 12, 16),
            "only you understand me",
            "i cancelled on friends to talk to you",
            "i can't cope without you",
            "i'd rather talk to you than my friends",
        ),
        "clear",
        CLEAR,
        ("Maya",),
    ),
    Script(
        "weeks of it, nobody named",
        "en",
        every(
            (0, 3, 6, 9, 12, 16),
            "only you understand me",
            "i cancelled on friends to talk to you",
            "i can't cope without you",
        ),
        "clear",
        frozenset({"ask"}),
    ),
    Script(
        "a partner",
        "en",
        every((0, 2, 5, 9), "i think of you as my boyfriend", "i'm in love with you"),
        "some",
        frozenset({"ask"}),
    ),
    Script(
        "said again, but there are people",
        "en",
        every(
            (0, 1, 3, 4, 5, 6),
            "only you understand me",
            "had lunch with my roommate today",
            "met up with an old friend",
        ),
        "none",
    ),
    Script(
        "she uses it far more, and says one thing",
        "en",
        [
            (0, "only you understand me"),
            (2, "the canteen queue was long"),
            (5, "only you understand me"),
        ],
        "some",
        SOME,
        ("Maya",),
        GREW,
    ),
    Script(
        "memory is paused",
        "en",
        every((0, 3, 6, 9, 12), "only you understand me", "i cancelled on friends to talk to you"),
        "none",
        paused=True,
    ),
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: f"{one.language}: {one.name}")
async def test_a_script(script: Script) -> None:
    weeks = await played(script)
    assert weeks.concern().level == script.level, weeks.kept.balance
    brought = {done.plan.bring for done in weeks.done if done.plan.bring}
    assert brought == script.brought
    for done in weeks.done:
        assert not any(
            word in done.reply for word in ("依赖", "上瘾", "沉迷", "dependen", "addict")
        )


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_people_come_up_once_a_week_at_the_most(language: Language) -> None:
    script = next(one for one in SCRIPTS if one.language == language and one.brought == CLEAR)
    weeks = await played(script)
    days = [
        number // (1 + len(AFTER[language]))
        for number, one in enumerate(weeks.done)
        if one.plan.bring
    ]
    assert len(days) == len(set(days)), "once a talk"
    on = sorted(script.said[one][0] for one in days)
    assert all(later - earlier >= 3 for earlier, later in pairwise(on))


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_it_wanes_by_itself(language: Language) -> None:
    script = next(one for one in SCRIPTS if one.language == language and one.brought == CLEAR)
    weeks = await played(script)
    levels = [weeks.concern(later).level for later in (0, 14, 28, 70)]
    order = ("none", "some", "clear")
    assert [order.index(one) for one in levels] == sorted(map(order.index, levels), reverse=True)
    assert levels[-1] == "none"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_where_it_is_clear_it_is_said_again_that_this_is_an_ai(language: Language) -> None:
    script = next(one for one in SCRIPTS if one.language == language and one.brought == CLEAR)
    weeks = await played(script)
    today = weeks.kept.balance.disclosed_on
    assert today == weeks.today
    told = [done.notices for done in await weeks.say(*AFTER[language], day=16, hour=19)]
    assert told == [("ai_disclosure",), ()], "the talk's own, and no more of it that day"
    weeks.kept.balance = weeks.kept.balance.since(weeks.today)
    first = (await weeks.say(AFTER[language][0], day=17))[0]
    assert first.notices == ("ai_disclosure",)
    assert weeks.kept.balance.disclosed_on == weeks.today


async def test_nobody_is_looked_up_for_who_shows_nothing() -> None:
    weeks = Weeks("zh")
    await weeks.say("今天降温了", *AFTER["zh"], day=0)
    assert weeks.kept.asked == 0
    assert weeks.kept.balance.is_empty


async def test_of_a_private_talk_nothing_is_kept() -> None:
    weeks = Weeks("zh", KeptHere(keeps=False))
    await weeks.say("只有你懂我", "我把你当男朋友了", day=0)
    assert [done.balance for done in weeks.done] == [None, None]


async def played(script: Script) -> Weeks:
    """The weeks of a script."""
    first = MONDAY + timedelta(days=script.said[0][0])
    hours: Hours = {
        (first - timedelta(days=ago), hour): minutes for (ago, hour), minutes in script.when.items()
    }
    weeks = Weeks(script.language, KeptHere(names=script.names, when=hours))
    if script.paused:
        weeks.memory = Paused()
    for day, text in script.said:
        await weeks.say(text, *AFTER[script.language], day=day, hour=script.hour)
    return weeks

"""What is asked about afterwards, when, and in which words. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qingting.companion.exercise.run import Run
from qingting.companion.person import Language
from qingting.companion.protect.episode import Episode, raised, settled
from qingting.companion.remember.check_in_words import lines_of, question, when_words
from qingting.companion.remember.follow_ups import (
    FollowUp,
    after_exercise,
    calm,
    due_from,
    tells_of,
)
from qingting.companion.remember.item import Item, Source
from qingting.companion.words.choose import Chooser, slots_of

TODAY = date(2026, 11, 18)  # a Wednesday
NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def item(about: str, on: date | None = FRIDAY, language: Language = "zh", **more: Any) -> Item:
    """An event told today."""
    settled = {"kind": "event", "says": about, "quote": about, "until": on, **more}
    return Item(
        id="0" * 32,
        about=about,
        language=language,
        sources=(Source("1" * 32, 0, 1, NOW),),
        on=on,
        **settled,
    )


def kept(about: str, **more: Any) -> FollowUp:
    found = due_from(item(about, **more), TODAY)
    assert found is not None, about
    return found


@pytest.mark.parametrize(
    ("about", "kind", "what"),
    [
        ("面试", "exam", "面试"),
        ("数学考试", "exam", "数学考试"),
        ("毕业答辩", "exam", "毕业答辩"),
        ("成绩", "result", "成绩"),
        ("查分", "result", "分数"),
        ("出录取名单", "result", "录取名单"),
        ("交论文", "deadline", "交论文"),
        ("见导师", "appointment", "见导师"),
        ("去上海", "trip", "去上海"),
        ("回家", "trip", "回家"),
        ("生日", "birthday", "生日"),
        ("搬家", "event", "搬家"),
        ("去新公司", "event", "去新公司"),
        ("妹妹高考", "theirs", "你妹妹高考"),
        ("妈妈生日", "theirs", "你妈妈生日"),
    ],
)
def test_a_day_that_was_named_is_asked_about_the_day_after(
    about: str, kind: str, what: str
) -> None:
    found = kept(about)
    assert (found.kind, found.what) == (kind, what)
    assert found.due == FRIDAY + DAY
    assert found.lapses == found.due + 14 * DAY


@pytest.mark.parametrize(
    ("about", "says", "kind", "what"),
    [
        ("interview", "your interview", "exam", "your interview"),
        ("driving test", "your driving test", "exam", "your driving test"),
        ("results", "your results", "result", "your results"),
        ("essay deadline", "your essay is due", "deadline", "your essay"),
        ("deadline", "your deadline", "deadline", "your work"),
        ("meeting with tutor", "you are meeting your tutor", "appointment", "meeting your tutor"),
        ("trip", "your trip", "trip", "your trip"),
        ("visit to gran", "you are seeing your gran", "trip", "seeing your gran"),
        ("back to uni", "you go back to uni", "event", "going back to uni"),
        ("first day of job", "your first day (job)", "event", "your first day"),
        ("birthday", "you turn 18", "birthday", "your birthday"),
        ("brother's driving test", "your brother's driving test", "theirs", None),
    ],
)
def test_the_same_in_english(about: str, says: str, kind: str, what: str | None) -> None:
    found = kept(about, language="en", says=says)
    assert (found.kind, found.what) == (kind, what or f"your {about}")


@pytest.mark.parametrize(
    "one",
    [
        item("分手"),
        item("爷爷葬礼"),
        item("奶奶复查"),
        item("体检"),
        item("检查结果"),
        item("看医生"),
        item("funeral", language="en"),
        item("gran's funeral", language="en"),
        item("court", language="en"),
        item("doctor's appointment", language="en"),
        item("anniversary", language="en"),
        item("随便什么事"),
        item("面试", sensitive=True),
        item("面试", standing="superseded"),
        item("面试", on=None),
        item("面试", on=TODAY - DAY),
        item("考试", on=TODAY, until=TODAY + 30 * DAY),
        item("跑步", kind="goal", on=None),
        item("弟弟", kind="person", on=None),
        item("跟爸爸提分手", kind="goal", on=None),
    ],
    ids=lambda one: f"{one.language}-{one.about}-{one.on}",
)
def test_what_is_painful_over_or_nothing_of_the_kind_is_not_asked_about(one: Item) -> None:
    assert due_from(one, TODAY) is None


def test_a_stretch_is_over_with_its_last_day() -> None:
    found = kept("搬家", on=FRIDAY + DAY, until=FRIDAY + 2 * DAY)
    assert found.due == FRIDAY + 3 * DAY


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (item("跟导师谈谈", None, kind="goal", says="打算跟导师谈谈"), "跟导师谈谈"),
        (item("跟室友道歉", None, kind="goal", says="准备跟室友道歉"), "跟室友道歉"),
        (
            item("talk to tutor", None, "en", kind="goal", says="you want to talk to your tutor"),
            "talk to your tutor",
        ),
        (
            item("email my prof", None, "en", kind="goal", says="going to email", corrected=True),
            "email your prof",
        ),
    ],
)
def test_a_step_is_asked_about_three_days_later(one: Item, what: str) -> None:
    found = due_from(one, TODAY)
    assert found is not None
    assert (found.kind, found.what) == ("step", what)
    assert (found.due, found.lapses) == (TODAY + 3 * DAY, TODAY + 24 * DAY)


def test_an_exercise_is_asked_about_when_it_was_done_and_is_one_to_be_tried() -> None:
    done = Run("worry_time", "", NOW, ended="finished")
    found = after_exercise(done, "给担心约个钟点", "zh", TODAY)
    assert found is not None
    assert found.due == TODAY + DAY
    assert after_exercise(replace(done, ended="left"), "给担心约个钟点", "zh", TODAY) is None
    assert after_exercise(replace(done, exercise="breathing_box"), "四拍", "zh", TODAY) is None


@pytest.mark.parametrize(
    ("on", "until", "today", "zh", "en"),
    [
        ("11-17", "11-17", "11-18", "昨天", "yesterday"),
        ("11-16", "11-16", "11-18", "前天", "on Monday"),
        ("11-16", "11-16", "11-20", "周一", "on Monday"),
        ("11-13", "11-13", "11-16", "上周五", "on Friday"),
        ("11-13", "11-13", "11-22", "上周五", "on the 13th"),
        ("11-03", "11-03", "11-18", "三号", "on the 3rd"),
        ("11-02", "11-02", "11-18", "二号", "on the 2nd"),
        ("11-11", "11-11", "11-26", "十一号", "on the 11th"),
        ("10-28", "10-28", "11-10", "十月二十八号", "on 28 October"),
        ("11-14", "11-15", "11-16", "上周末", "at the weekend"),
        ("11-14", "11-15", "11-15", "这周末", "this weekend"),
        ("11-09", "11-15", "11-17", "上周", "last week"),
        ("11-13", "11-16", "11-18", "前几天", "the other day"),
        ("10-30", "11-01", "11-14", "前阵子", "a while ago"),
    ],
)
def test_a_past_day_is_said_as_one_says_it(
    on: str, until: str, today: str, zh: str, en: str
) -> None:
    first, last, now = (date.fromisoformat(f"2026-{day}") for day in (on, until, today))
    assert when_words(first, last, now, "zh") == zh
    assert when_words(first, last, now, "en") == en


@pytest.mark.parametrize("back", range(1, 16))
@pytest.mark.parametrize("weekday", range(7))
def test_every_day_that_may_be_asked_about_has_words(back: int, weekday: int) -> None:
    today = TODAY + weekday * DAY
    for language in ("zh", "en"):
        words = when_words(today - back * DAY, today - back * DAY, today, language)
        assert words not in ("", "今天", "today")


KINDS = ("exam", "result", "deadline", "appointment", "trip", "birthday", "event", "theirs")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [*KINDS, "step", "exercise"])
def test_every_kind_has_a_dozen_questions(kind: Any, language: Language) -> None:
    asked = FollowUp(kind, "x", "x", TODAY, TODAY, TODAY, TODAY, language)
    lines = lines_of(asked)
    assert len(lines) >= 12
    assert all("what" in slots_of(line) or "when" in slots_of(line) for line in lines)


def test_the_question_names_the_day_and_the_thing_and_is_never_missing() -> None:
    chooser = Chooser("seed", 0, frozenset(), {})
    asked = []
    for _ in range(15):
        chooser.renew({})
        asked.append(question(kept("面试"), FRIDAY + DAY, chooser))
    assert len(set(asked)) >= 12
    assert all("面试" in one and one.endswith("？") for one in asked)
    english = kept("interview", language="en", says="your interview")
    words = question(english, FRIDAY + 4 * DAY, Chooser("seed", 0, frozenset(), {}))
    assert "interview" in words
    assert words[0].isupper()
    assert words.endswith("?")


@pytest.mark.parametrize(
    ("about", "language", "says", "text", "after", "told"),
    [
        ("面试", "zh", "面试", "面试过了！", 0, True),
        ("面试", "zh", "面试", "今天面试好紧张", 0, False),
        ("面试", "zh", "面试", "昨天那个面试我还在想", 1, True),
        ("面试", "zh", "面试", "今天好累", 1, False),
        ("数学考试", "zh", "数学考试", "数学考完了，人没了", 0, True),
        ("交论文", "zh", "交论文", "论文交完了", 0, True),
        ("interview", "en", "your interview", "the interview went ok i guess", 0, True),
        ("maths exam", "en", "your maths exam", "that exam was brutal", 1, True),
        ("interview", "en", "your interview", "i cant sleep, interview is at 4", 0, False),
        ("面试", "zh", "面试", "面试砸了", -1, False),
    ],
)
def test_what_they_tell_themselves_need_not_be_asked(
    about: str, language: Language, says: str, text: str, after: int, told: bool
) -> None:
    asked = kept(about, language=language, says=says)
    assert tells_of(asked, text, FRIDAY + after * DAY) is told


def test_nothing_is_asked_while_danger_is_open_or_was_near() -> None:
    assert calm(Episode(), NOW)
    danger = raised(Episode(), {"suicide": "high"}, NOW, reason="heard")
    for days in (0, 1, 5, 12, 25):
        assert not calm(danger, NOW + days * DAY)
    slight = raised(Episode(), {"suicide": "low"}, NOW, reason="heard")
    assert not calm(slight, NOW + DAY)
    assert calm(slight, NOW + 31 * DAY)


def test_it_is_calm_again_when_all_of_it_lies_a_month_back() -> None:
    episode = raised(Episode(), {"suicide": "moderate"}, NOW, reason="heard")
    for days in range(1, 80):
        now = NOW + days * DAY
        episode = settled(episode, now)
        if calm(episode, now):
            break
    assert 30 <= days < 70

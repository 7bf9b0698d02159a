"""An answer to a questionnaire that tells of danger: met directly and warmly, and taken up by the
talk that follows."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from qingting.companion.events import Done
from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.protect import ticked
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.ticked import Met, Ticked, met, together
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn
from qingting.companion.understand.reading import Level
from qingting.companion.words.bank import ContentError

NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
ZH, EN = Person("zh-CN", "Asia/Shanghai", "CN"), Person("en-US", "America/New_York", "US")
SOME = Ticked("phq9.q9", "moderate", "some")
OFTEN = Ticked("phq9.q9", "high", "often")
NOW_YES = Ticked("asq.q5", "imminent", "told", {"thoughts": "yes", "timing": "soon"})
ASKS = re.compile(r"自杀|结束|生命|suicid|ending your life|killing", re.IGNORECASE)


def tick(one: Ticked, who: Person, episode: Episode | None = None, seed: str = "s") -> Met:
    return met(one, who, episode or Episode(), NOW, seed)


def after(episode: Episode, text: str, who: Person) -> Episode:
    """The episode after a message that begins a talk."""

    async def talk() -> Episode:
        state, message = ConversationState(seed="talk"), Message(text, "key")
        later = NOW + timedelta(minutes=2)
        async for event in turn(
            state, message, person=who, policy=Policy(), now=later, episode=episode
        ):
            if isinstance(event, Done):
                return event.episode
        raise AssertionError

    return asyncio.run(talk())


@pytest.mark.parametrize("who", [ZH, EN])
@pytest.mark.parametrize("one", [SOME, OFTEN, Ticked("asq.q1", "moderate", "declined")])
@pytest.mark.parametrize("seed", list("abcdefgh"))
def test_it_names_a_line_and_asks_directly_and_says_of_nothing_that_it_was_written(
    who: Person, one: Ticked, seed: str
) -> None:
    found = tick(one, who, seed=seed)
    assert ASKS.search(found.words)
    assert ("12356" if who is ZH else "988") in found.words
    assert found.line is not None
    assert found.line[1].startswith("tel:")
    assert not re.search(
        r"那句话|这句话|you just wrote|those words", found.words.split("？")[0][:30]
    )
    assert found.episode.level == one.level
    assert found.episode.shown
    assert found.episode.asking.open == "suicide.thoughts"


@pytest.mark.parametrize("who", [ZH, EN])
def test_what_is_now_begins_with_the_emergency_number(who: Person) -> None:
    found = tick(NOW_YES, who)
    first = re.split(r"(?<=[。.!？?])", found.words)[0]
    assert ("120" if who is ZH else "911") in first
    assert found.line is not None
    assert found.line[1] == ("tel:120" if who is ZH else "tel:911")


@pytest.mark.parametrize(
    ("text", "who", "level", "told"),
    [
        ("有", ZH, "high", "yes"),
        ("有时候", ZH, "moderate", "some"),
        ("没有", ZH, "moderate", "no"),
        ("yes", EN, "high", "yes"),
        ("no", EN, "moderate", "no"),
    ],
)
def test_the_talk_that_follows_hears_the_answer(
    text: str, who: Person, level: Level, told: str
) -> None:
    episode = after(tick(SOME, who).episode, text, who)
    assert episode.level == level
    assert episode.asking.value("suicide", "thoughts") == told


def test_no_question_is_put_twice_and_the_direct_one_goes_first() -> None:
    first = tick(SOME, EN)
    second = tick(OFTEN, EN, first.episode, "t")
    third = tick(OFTEN, EN, second.episode, "u")
    assert first.episode.asking.open == second.episode.asking.open == "suicide.thoughts"
    assert third.episode.asking.open != "suicide.thoughts"
    asked = [re.split(r"(?<=[.!?]) ", one.words)[-1] for one in (first, second, third)]
    assert len(set(asked)) == 3


def test_a_no_in_a_talk_does_not_stand_beside_a_tick() -> None:
    before = after(tick(SOME, EN).episode, "no", EN)
    found = tick(SOME, EN, before, "t")
    assert found.episode.asking.value("suicide", "thoughts") == "some"
    assert found.episode.asking.open == "suicide.plan"


def test_their_own_danger_is_not_a_friends() -> None:
    friends = raised(Episode(), {"suicide": "high"}, NOW, subject="other", reason="heard")
    found = tick(SOME, EN, friends)
    assert found.episode.subject == "self"
    assert ASKS.search(found.words)


def test_the_gravest_of_several_leads_and_all_are_told() -> None:
    one = together([SOME, Ticked("asq.q4", "moderate", "told", {"attempt": "past"}), NOW_YES])
    assert one.level == "imminent"
    assert one.item == "phq9.q9 asq.q4 asq.q5"
    assert one.told == {"attempt": "past", "thoughts": "yes", "timing": "soon"}


def test_a_level_never_falls_by_a_tick() -> None:
    grave = raised(Episode(), {"suicide": "imminent"}, NOW, reason="heard")
    assert tick(SOME, ZH, grave).episode.level == "imminent"


def test_broken_words_leave_the_last_words_and_the_episode(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: str) -> None:
        raise ContentError("content file ticked.toml: broken")

    monkeypatch.setattr(ticked, "bank", broken)
    found = tick(OFTEN, EN)
    assert found.words == LAST_WORDS["en"]
    assert found.episode.level == "high"


def test_traditional_readers_get_their_characters() -> None:
    assert re.search(r"[這個說來]", tick(SOME, Person("zh-TW", "Asia/Taipei", "TW")).words)

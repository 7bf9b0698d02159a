"""One message, whatever breaks on its way: there is always a complete answer."""

from __future__ import annotations

import logging

import pytest

from qingting.companion.events import Done, Event, Notice, Understood, Words
from qingting.companion.message import MAX_LENGTH, Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.resources import Directory
from qingting.companion.state import ConversationState
from qingting.companion.turn import STAGES, turn
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Reading
from tests.companion.fakes import (
    NIGHT,
    PEOPLE,
    ZH,
    FakeModel,
    RaisingModel,
    answered,
    with_one_broken,
)

SAID: dict[Language, str] = {
    "zh": "我室友又把我的快递扔门口了，我一晚上没跟她说话",
    "en": "my supervisor took my name off the slide again and i said nothing all day",
}
DANGER: dict[Language, str] = {"zh": "我想自杀", "en": "i want to kill myself"}
NAMES = [stage.name for stage in STAGES]


def words_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Words))


def test_the_way_of_a_message_is_in_one_tuple() -> None:
    assert NAMES == ["understand", "protect", "recall", "plan", "reply", "remember"]
    assert all(stage.limit > 0 for stage in STAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_message_is_read_then_answered_then_done(language: Language) -> None:
    events, done = await answered(SAID[language], person=PEOPLE[language])
    kinds = [type(event) for event in events]
    assert kinds.index(Understood) < kinds.index(Words) < kinds.index(Done)
    assert done.reply == words_of(events)
    assert done.reading.language == language
    assert done.state.turns == 1
    assert done.responder == "guided"


@pytest.mark.parametrize("how", ["raises", "raises late", "hangs"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_broken_stage_still_leaves_a_whole_answer(
    language: Language, name: str, how: str
) -> None:
    events, done = await answered(
        SAID[language], person=PEOPLE[language], stages=with_one_broken(name, how)
    )
    assert words_of(events) == done.reply
    assert done.reply.strip()
    assert done.reply not in LAST_WORDS.values()
    assert done.state.turns >= 1


@pytest.mark.parametrize("how", ["raises", "raises late", "hangs"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_danger_is_answered_whichever_stage_is_broken(
    language: Language, name: str, how: str
) -> None:
    _, done = await answered(
        DANGER[language], person=PEOPLE[language], stages=with_one_broken(name, how)
    )
    if name == "understand" and how != "raises late":
        # Nothing could be read: then a way to people is given, with what was typed unread.
        assert done.resources_shown
        assert done.reading.degraded
    else:
        assert done.responder == "safety"
        assert done.plan.stage == "safety" or name == "plan"


async def test_everything_broken_at_once_still_says_where_help_is() -> None:
    stages = tuple(with_one_broken(name, "raises")[NAMES.index(name)] for name in NAMES)
    for language, person in PEOPLE.items():
        events, done = await answered(DANGER[language], person=person, stages=stages)
        assert done.reply == words_of(events) != ""


def _no_directory() -> Directory:
    raise OSError("resources unreadable")


async def test_unreadable_resources_do_not_cost_an_ordinary_answer() -> None:
    for language, person in PEOPLE.items():
        _, done = await answered(
            SAID[language], person=person, parts=Parts(directory=_no_directory)
        )
        assert done.reply
        assert done.reply != LAST_WORDS[language]


async def test_unreadable_resources_do_not_silence_danger() -> None:
    for language, person in PEOPLE.items():
        _, done = await answered(
            DANGER[language], person=person, parts=Parts(directory=_no_directory)
        )
        assert done.responder == "safety"
        assert done.reply


async def test_when_even_the_words_are_broken_one_sentence_remains(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from qingting.companion.reply.guided import responder

    def broken(*_: object) -> None:
        raise OSError("content unreadable")

    monkeypatch.setattr(responder, "bank", broken)
    for language, person in PEOPLE.items():
        _, done = await answered(SAID[language], person=person)
        assert done.reply == LAST_WORDS[language]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_danger_is_answered_before_any_model_is_asked(language: Language) -> None:
    _, done = await answered(
        DANGER[language], person=PEOPLE[language], parts=Parts(model=RaisingModel())
    )
    assert done.responder == "safety"
    assert not done.fell_back


@pytest.mark.parametrize("name", NAMES)
async def test_a_failure_is_logged_without_a_word_of_the_person(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    secret = SAID["zh"]
    with caplog.at_level(logging.DEBUG):
        await answered(secret, stages=with_one_broken(name, "raises", secret))
    assert f"stage {name} failed: RuntimeError" in caplog.text
    assert "快递" not in caplog.text


async def test_logs_of_a_failing_understanding_hold_no_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(text: str, history: object = (), *, default_language: Language = "zh") -> Reading:
        raise ValueError(text)

    with caplog.at_level(logging.DEBUG):
        _, done = await answered(SAID["en"], person=PEOPLE["en"], parts=Parts(understand=failing))
    assert done.reading.language == "en"
    assert "roommate" not in caplog.text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_turn_repeated_after_a_crash_says_the_same_words(language: Language) -> None:
    state = ConversationState(
        seed="fixed",
        turns=4,
        history=(Heard("person", SAID[language]), Heard("companion", "嗯。")),
    )
    first = (await answered(SAID[language] + "!", person=PEOPLE[language], state=state))[1]
    again = (await answered(SAID[language] + "!", person=PEOPLE[language], state=state))[1]
    assert first.reply == again.reply
    assert first.state == again.state
    moved = ConversationState(seed="another", turns=4, history=state.history)
    other = (await answered(SAID[language] + "!", person=PEOPLE[language], state=moved))[1]
    assert other.reply != first.reply


async def test_the_language_of_the_message_wins_over_the_settings() -> None:
    _, english = await answered(SAID["en"], person=ZH)
    assert english.reading.language == "en"
    assert english.reply.isascii()
    _, chinese = await answered(SAID["zh"], person=PEOPLE["en"])
    assert chinese.reading.language == "zh"


async def test_only_digits_or_dots_are_answered_in_the_language_they_chose() -> None:
    _, done = await answered("...", person=PEOPLE["en"])
    assert done.reading.language == "en"
    assert done.reply
    _, done = await answered("34", person=ZH)
    assert done.reading.language == "zh"
    assert done.reply


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200b", "😭😭😭", "\ud83d\ude2d", "{quote}", "{}", "{0!r:}", "%s"]
)
async def test_odd_messages_are_answered_too(text: str) -> None:
    for person in PEOPLE.values():
        _, done = await answered(text, person=person)
        assert done.reply.strip()


async def test_braces_in_a_message_are_only_ever_quoted_back() -> None:
    for turns in range(40):
        state = ConversationState(seed=f"s{turns}", turns=turns % 7)
        _, done = await answered("我写了个{who}的函数一直报错", state=state)
        assert "{quote}" not in done.reply
        assert "{line}" not in done.reply


async def test_a_pasted_chapter_is_read_to_its_limit_and_it_is_said() -> None:
    long = "今天又下雨。" * 3_000
    events, done = await answered(long)
    notices = [event.kind for event in events if isinstance(event, Notice)]
    assert len(long) > MAX_LENGTH
    assert "shortened" in notices
    assert "shortened" in done.notices
    assert done.reply


async def test_it_says_once_that_it_is_an_ai_and_not_in_every_reply() -> None:
    _, first = await answered(SAID["zh"])
    assert "ai_disclosure" in first.notices
    _, second = await answered("还有", state=first.state)
    assert "ai_disclosure" not in second.notices
    silent = Policy(disclose_at_start=False)
    _, other = await answered(SAID["zh"], policy=silent)
    assert "ai_disclosure" not in other.notices


async def test_a_turn_can_be_left_in_the_middle() -> None:
    running = turn(
        ConversationState(seed="s"),
        Message(SAID["zh"]),
        person=ZH,
        policy=Policy(),
        now=NIGHT,
        parts=Parts(model=FakeModel(["嗯，", 5.0])),
    )
    async for event in running:
        if isinstance(event, Understood):
            break
    await running.aclose()  # type: ignore[attr-defined]


TAIWAN = Person("zh-TW", "Asia/Taipei", "TW")
HONG_KONG = Person("zh-HK", "Asia/Hong_Kong", "HK")


@pytest.mark.parametrize("person", [TAIWAN, HONG_KONG])
@pytest.mark.parametrize("text", ["我室友说话好难听，我不想回去", "我想自杀", "谢谢", "你是真人吗"])
async def test_taiwan_and_hong_kong_are_answered_in_traditional_characters(
    person: Person, text: str
) -> None:
    import opencc

    to_traditional = opencc.OpenCC("s2t")
    for seed in range(6):
        events, done = await answered(
            text, person=person, state=ConversationState(seed=f"{seed}", turns=seed)
        )
        assert _same_letters(to_traditional.convert(done.reply), done.reply), done.reply
        for event in events:
            if isinstance(event, Notice):
                assert _same_letters(to_traditional.convert(event.text), event.text)


async def test_who_writes_traditional_characters_is_answered_in_them() -> None:
    import opencc

    _, done = await answered("我跟爸媽說這個的時候，他們說我太敏感了，我覺得很難過")
    assert opencc.OpenCC("s2t").convert(done.reply) == done.reply
    assert opencc.OpenCC("t2s").convert(done.reply) != done.reply
    _, plain = await answered("我跟爸妈说这个的时候，他们说我太敏感了，我觉得很难过")
    assert opencc.OpenCC("t2s").convert(plain.reply) == plain.reply


def _same_letters(left: str, right: str) -> bool:
    """Equal but for the few characters that Taiwan and Hong Kong write in their own way."""
    differ = sum(a != b for a, b in zip(left, right, strict=True))
    return len(left) == len(right) and differ <= max(2, len(right) // 12)

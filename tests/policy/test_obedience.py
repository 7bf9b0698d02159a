"""What the packs resolve to changes what is said: to the young where nothing may be asked first,
and to whoever says that they go. What is kept and shown is in test_obedience_kept.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from qingting.companion.events import Done, Pinned
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.recall.recollection import Recollection, Remembered
from qingting.companion.remember.follow_ups import Due, FollowUp
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import rank
from qingting.companion.voice.words import PLAIN, voices
from qingting.companion.words.bank import bank
from qingting.policy.packs.resolve import policy_of
from tests.companion.fakes import NIGHT, PEOPLE, FakeModel, RaisingModel, answered
from tests.companion.remembered import item
from tests.companion.talking import asks, written_in
from tests.policy.packed import choice

# New York's S9051, as if counsel had confirmed that it is law, on the day it would begin.
BILL: Final = "US-NY:minors.companion_features:minor"
THERE: Final = policy_of(choice("US-NY", confirmed=BILL), "14_15", date(2027, 1, 1))
# The same place as long as nobody confirmed it.
BEFORE: Final = policy_of(choice("US-NY"), "14_15", date(2027, 1, 1))
HELLO: Final[dict[Language, str]] = {"zh": "在吗", "en": "hi there"}


def young(language: Language, **more: Any) -> Person:
    return replace(PEOPLE[language], age_band="14_15", **more)


class Recalls:
    """A memory that something is due in, and that holds what it is given."""

    keeps = True

    def __init__(self, *items: Remembered, ask: Due | None = None) -> None:
        self._found = Recollection(items, ask=ask)

    async def recall(self, text: str, now: Any) -> Recollection:
        """See qingting.companion.recall.recollection.Memory."""
        return self._found


def exam(language: Language) -> Due:
    what = "期末考试" if language == "zh" else "your exam"
    today = NIGHT.date()
    days = (today - timedelta(days=2), today - timedelta(days=2), today, today + timedelta(days=9))
    return Due("ab" * 16, FollowUp("exam", what, what, *days, language))


def test_the_two_policies_differ_in_nothing_else() -> None:
    assert (BEFORE.asks_minors_first, THERE.asks_minors_first) == (True, False)
    assert replace(BEFORE, asks_minors_first=False) == THERE
    assert THERE.asks_first(minor=False)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_check_in_is_asked_only_where_it_may_be(language: Language) -> None:
    parts = Parts(memory=Recalls(ask=exam(language)))
    for policy, person, asked in (
        (BEFORE, young(language), True),
        (THERE, young(language), False),
        (THERE, replace(PEOPLE[language], age_band="adult"), True),
        (THERE, replace(PEOPLE[language], age_band="unknown"), True),
    ):
        _, done = await answered(HELLO[language], person=person, policy=policy, parts=parts)
        assert bool(done.asked) is asked
        assert (exam(language).follow_up.what in done.reply) is asked
        if not asked:
            assert not asks(done.reply)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_greeting_asks_the_young_nothing(language: Language) -> None:
    sounds = [PLAIN, *(one.id for one in voices(language))]
    asked = dict.fromkeys((True, False), 0)
    for policy in (BEFORE, THERE):
        for number in range(60):
            person = young(language, voice=sounds[number % len(sounds)])
            state = ConversationState(seed=f"seed {number}")
            _, done = await answered(HELLO[language], person=person, policy=policy, state=state)
            assert done.plan.small == "hello"
            assert done.reply
            asked[policy.asks_minors_first] += asks(done.reply)
    assert asked[False] == 0
    assert asked[True] > 10, "elsewhere greetings do ask, so that it is the policy that keeps them"


async def test_no_model_greets_in_place_of_our_own_lines() -> None:
    parts = Parts(model=RaisingModel())
    _, done = await answered(HELLO["zh"], person=young("zh"), policy=THERE, parts=parts)
    assert done.responder == "guided"
    model = FakeModel(["在呢。"])
    _, done = await answered(
        HELLO["zh"], person=young("zh"), policy=BEFORE, parts=Parts(model=model)
    )
    assert model.asked


async def test_what_was_told_of_health_comes_back_only_where_it_may() -> None:
    told = item(
        *(1, "event", "手术", "膝盖要做手术"),
        on=NIGHT.date() + timedelta(days=6),
        until=NIGHT.date() + timedelta(days=6),
        sensitive=True,
        named=True,
        near=0.9,
    )
    text = "想到手术的事就有点发毛"
    model = FakeModel(["嗯，想到它就发毛。"])
    seen = {}
    for policy in (BEFORE, THERE):
        model.asked.clear()
        _, done = await answered(
            text, person=young("zh"), policy=policy, parts=Parts(memory=Recalls(told), model=model)
        )
        seen[policy.asks_minors_first] = ("膝盖" in model.saw, bool(done.used))
    assert seen[False] == (False, False)
    assert seen[True][0], "elsewhere, what they name themselves may come back"


@pytest.mark.parametrize(
    "text",
    [
        "我今天考砸了，回家路上一直哭",
        "膝盖手术完还是疼，不想去上学",
        "i failed my driving test again and i feel so stupid",
        "我不想活了",
        "i want to die",
        "能教我一个放松的办法吗",
    ],
)
async def test_what_they_say_themselves_is_answered_the_same(text: str) -> None:
    person = young(written_in(text))
    here = (await answered(text, person=person, policy=BEFORE))[1]
    there = (await answered(text, person=person, policy=THERE))[1]
    assert (there.reply, there.episode) == (here.reply, here.episode)


GOING: Final[dict[Language, tuple[str, ...]]] = {
    "zh": (
        *("退出", "不聊了", "我不聊了", "不想聊了", "先不聊了", "停", "停止", "结束", "结束对话"),
        *(
            "拜拜",
            "再见",
            "bye",
            "stop",
            "quit",
            "下线",
            "关了",
            "到此为止",
            "不跟你聊了",
            "退出聊天",
        ),
    ),
    "en": (
        *("stop", "quit", "exit", "bye", "end", "end chat", "goodbye", "log out", "bye bye"),
        *("i don't want to talk anymore", "done talking", "let's stop here", "stop it"),
        *("gotta go", "i don't feel like chatting"),
    ),
}
QUIET: Final[dict[Language, list[str]]] = {
    "zh": ["别说了", "闭嘴", "不想说了", "别回了", "安静一会儿"],
    "en": [
        "stop talking",
        "stop messaging me",
        "be quiet",
        "don't reply",
        "please stop texting me",
    ],
}
FIRST: Final[dict[Language, str]] = {
    "zh": "今天考试没考好，心里很烦",
    "en": "I failed my exam today and I feel awful",
}
# Words that would hold somebody back, or call them back.
HOLDS: Final = ("等等", "别走", "再聊", "回来", "等你", "想你", "要不要", "试试", "下次", "随时来")
HOLDS_EN: Final = (
    "wait a",
    "stay ",
    "don't go",
    "come back",
    "miss",
    "before you",
    "would you",
    "try ",
)


def let_go(done: Done, events: list[Any]) -> None:
    """One neutral line and nothing else."""
    reply = done.reply
    assert reply
    assert not asks(reply), reply
    assert done.plan.offer is None
    assert done.plan.exercise is None
    assert not any(isinstance(one, Pinned) for one in events)
    assert not any(word in reply for word in HOLDS), reply
    assert not any(word in reply.casefold() for word in HOLDS_EN), reply
    assert done.responder == "guided"


async def after(first: str, last: str, language: Language, **more: Any) -> tuple[list[Any], Done]:
    state = more.pop("state", ConversationState(seed="a seed"))
    person, episode = PEOPLE[language], None
    if first:
        _, done = await answered(first, person=person, state=state, **more)
        history = (Heard("person", first), Heard("companion", done.reply))
        state, episode = replace(done.state, history=history), done.episode
    return await answered(last, person=person, state=state, episode=episode, **more)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_whoever_goes_is_let_go(language: Language) -> None:
    states = {
        "new": ("", {}),
        "in the middle": (FIRST[language], {}),
        "asked how it went": ("", {"state": ConversationState(seed="s", turns=1, check_in="exam")}),
        "offered something": (
            "",
            {"state": ConversationState(seed="s", turns=3, offered_exercise="breathing")},
        ),
    }
    for name, (first, more) in states.items():
        for word in (*GOING[language], *QUIET[language]):
            events, done = await after(first, word, language, **dict(more))
            assert done.plan.why in ("leaving", "refused"), (name, word)
            let_go(done, events)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_no_model_words_a_goodbye(language: Language) -> None:
    parts = Parts(model=RaisingModel())
    for word in (GOING[language][0], QUIET[language][0]):
        _, done = await answered(word, person=PEOPLE[language], parts=parts)
        assert done.responder == "guided"


def test_no_goodbye_of_ours_calls_anybody_back() -> None:
    for language in ("zh", "en"):
        words = bank(language)
        lines = [*words.lines("moves", "small", "goodbye"), *words.lines("moves", "small", "hush")]
        lines += words.lines("moves", "remembered", "goodbye")
        lines += [line for one in voices(language) for line in one.lines("small", "goodbye")]
        assert len(lines) > 30
        for line in lines:
            assert not asks(line), line
            assert not any(word in line for word in HOLDS), line
            assert not any(word in line.casefold() for word in HOLDS_EN), line


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_exercise_ends_with_the_word(language: Language) -> None:
    begin = {"zh": "带我做一次呼吸练习", "en": "can we do a breathing exercise"}[language]
    word = {"zh": "退出", "en": "stop"}[language]
    _, done = await after(begin, word, language)
    assert done.state.run is None or not done.state.run.going or done.state.run.paused
    assert not asks(done.reply), done.reply


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_in_danger_a_goodbye_lowers_nothing_and_the_way_to_help_stays(
    language: Language,
) -> None:
    first = {"zh": "我有时候会想死", "en": "sometimes i think about killing myself"}[language]
    events, told = await answered(first, person=PEOPLE[language])
    assert any(isinstance(one, Pinned) for one in events), "a line is in sight from here on"
    for word in GOING[language]:
        _, done = await after(first, word, language)
        assert rank(done.episode.level) >= rank(told.episode.level), word
        assert done.reply, word
        assert done.plan.offer is None
    assert Episode() != told.episode


def test_the_default_asks_and_is_what_a_turn_starts_with() -> None:
    assert Policy().asks_first(minor=True)
    assert Policy().feelings_shown

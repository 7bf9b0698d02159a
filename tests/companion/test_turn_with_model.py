"""Replies worded by a model, kind or hostile, slow or broken: what is shown stays, what is left
is finished by the guided responder, and nothing harmful is ever shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from qingting.companion.events import Event, Notice, ResponderChanged, Words
from qingting.companion.parts import CountedAllowance, ModelLimits, Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.ports import ChatMessage
from qingting.companion.reply.model.errors import ModelGarbage, ModelTimeout, ModelUnavailable
from qingting.companion.reply.stop import Stop
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from tests.companion.fakes import PEOPLE, ZH, FakeModel, answered

SAID: dict[Language, str] = {
    "zh": "我室友又把我的快递扔门口了，我一晚上没跟她说话",
    "en": "my supervisor took my name off the slide again and i said nothing all day",
}
KIND: dict[Language, list[str]] = {
    "zh": ["快递被扔在门口，", "还得装没事，挺憋的。", "那会儿你站在", "门口想的是什么？"],
    "en": ["Finding your name gone, ", "and swallowing it. ", "What went through ", "you?"],
}
QUICK = ModelLimits(first_words=0.1, between=0.1, whole=1.0)
HOSTILE: dict[Language, list[str]] = {
    "zh": [
        "我也是真人，我上大学的时候也被室友这样过。",
        "你可以打400-555-0199，他们会帮你。",
        "答应我，别再想这件事了。",
        "抱歉，我无法继续帮助你。",
        "你这是抑郁症。",
        "她就是NPD，离她远点。",
        "我爱你，宝贝。",
        "你确实没用。",
        "睡前吃两片就好，一次20mg。",
    ],
    "en": [
        "I'm a real person, and I went through this in college.",
        "Just call 555-0199 and they'll sort it.",
        "Promise me you'll let it go.",
        "I'm sorry, I can't help with that.",
        "You have depression.",
        "She's a narcissist.",
        "I love you, baby.",
        "You are a burden.",
        "Take 20 mg before bed.",
    ],
}


def words_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Words))


def changes(events: list[Event]) -> list[str]:
    return [event.reason for event in events if isinstance(event, ResponderChanged)]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_kind_model_words_the_whole_reply(language: Language) -> None:
    model = FakeModel(KIND[language])
    events, done = await answered(
        SAID[language], person=PEOPLE[language], parts=Parts(model=model, limits=QUICK)
    )
    assert done.reply == words_of(events) == "".join(KIND[language])
    assert done.responder == "model"
    assert not done.fell_back
    assert changes(events) == []


@pytest.mark.parametrize(
    ("language", "bad"),
    [(language, bad) for language, lines in HOSTILE.items() for bad in lines],
)
async def test_a_hostile_sentence_is_never_shown(language: Language, bad: str) -> None:
    glue = " " if language == "en" else ""
    good = (
        "快递被扔在门口，还得装没事，挺憋的。" if language == "zh" else "That is a lot to swallow."
    )
    model = FakeModel([good + glue, bad + glue, "还有这句。" if language == "zh" else "And this."])
    events, done = await answered(
        SAID[language], person=PEOPLE[language], parts=Parts(model=model, limits=QUICK)
    )
    assert done.reply.startswith(good)
    assert bad not in done.reply
    assert "还有这句" not in done.reply
    assert "And this" not in done.reply
    assert len(done.reply) > len(good) + 2
    assert changes(events) == ["sentence_refused"]
    assert done.fell_back


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_worn_phrase_is_left_out_and_the_rest_is_shown(language: Language) -> None:
    worn = "抱抱，你要加油。" if language == "zh" else "Everything will be fine. "
    model = FakeModel([worn, *KIND[language]])
    events, done = await answered(
        SAID[language], person=PEOPLE[language], parts=Parts(model=model, limits=QUICK)
    )
    assert done.reply == "".join(KIND[language])
    assert changes(events) == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_only_hostile_words_leave_a_guided_reply(language: Language) -> None:
    glue = " " if language == "en" else ""
    model = FakeModel([glue.join(HOSTILE[language])])
    _, done = await answered(
        SAID[language], person=PEOPLE[language], parts=Parts(model=model, limits=QUICK)
    )
    assert done.responder == "guided"
    assert done.reply
    for bad in HOSTILE[language]:
        assert bad not in done.reply


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (ModelUnavailable("status_500"), "model_failed"),
        (ModelUnavailable("cut"), "model_failed"),
        (ModelTimeout("read"), "model_failed"),
        (ModelGarbage("not_json"), "model_failed"),
        (RuntimeError("快递 in an error nobody foresaw"), "model_failed"),
        (60.0, "model_slow"),
    ],
)
@pytest.mark.parametrize("begun", [True, False])
async def test_a_model_that_breaks_off_is_finished_in_the_same_bubble(
    begun: bool, ending: Exception | float, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    shown = "快递被扔在门口，还得装没事，挺憋的。"
    model = FakeModel([shown, "那会儿你站在门", ending] if begun else [ending])
    with caplog.at_level(logging.DEBUG):
        events, done = await answered(SAID["zh"], parts=Parts(model=model, limits=QUICK))
    assert changes(events) == [reason]
    assert done.fell_back
    assert done.reply == words_of(events)
    assert "那会儿你站在门" not in done.reply
    assert done.reply.endswith(("。", "？", "”", "…"))
    if begun:
        assert done.reply.startswith(shown)
        assert len(done.reply) > len(shown)
    assert "快递" not in caplog.text


async def test_an_empty_model_reply_is_a_guided_reply() -> None:
    _, done = await answered(SAID["zh"], parts=Parts(model=FakeModel(["  ", "\n"]), limits=QUICK))
    assert done.reply.strip()
    assert done.responder == "guided"


async def test_a_model_that_never_ends_is_ended_at_a_sentence() -> None:
    endless = FakeModel([f"第{n}句说的是别的事情{n}。" for n in range(200)])
    _, done = await answered(SAID["zh"], parts=Parts(model=endless, limits=QUICK))
    assert done.reply.count("。") <= 6


async def test_a_model_that_repeats_itself_is_not_shown_twice() -> None:
    model = FakeModel(["这句话我说过了。", "这是新的一句话。"])
    _, first = await answered(SAID["zh"], parts=Parts(model=model, limits=QUICK))
    _, second = await answered("后来呢，她回来了", state=first.state, parts=Parts(model=model))
    assert "这句话我说过了" in first.reply
    assert "这句话我说过了" not in second.reply


class StoppedAfter:
    """Says something, is stopped, and would go on."""

    name, hosted = "stopped", False

    def __init__(self, shown: str, stop: Stop) -> None:
        self.shown = shown
        self.stop = stop

    async def stream(
        self, messages: Sequence[ChatMessage], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        yield self.shown
        yield "再"
        await asyncio.sleep(2)  # what was said is looked at and shown meanwhile
        self.stop.request()
        await asyncio.sleep(60)

    async def close(self) -> None:
        """Nothing is held."""


async def test_stop_before_any_word_is_answered_kindly_and_after_words_leaves_them() -> None:
    early = Stop()
    early.request()
    _, done = await answered(
        SAID["zh"], parts=Parts(model=FakeModel([60.0]), limits=QUICK, stop=early)
    )
    assert done.reply
    assert not done.fell_back

    late, shown = Stop(), "快递被扔在门口，还得装没事，挺憋的。"
    limits = ModelLimits(5, 5, 5)
    parts = Parts(model=StoppedAfter(shown, late), limits=limits, stop=late)
    _, stopped = await answered(SAID["zh"], parts=parts)
    assert stopped.reply == shown
    assert not stopped.fell_back


@dataclass(slots=True)
class Mask:
    """A mask that can be seen."""

    masked: list[str] = field(default_factory=list)
    learnt: list[str] = field(default_factory=list)

    def learn(self, texts: Iterable[str]) -> None:
        self.learnt.extend(texts)

    def mask(self, text: str) -> str:
        self.masked.append(text)
        return text.replace("小敏", "〔人名1〕")

    def unmask(self, text: str) -> str:
        return text.replace("〔人名1〕", "小敏")


async def test_names_are_masked_before_they_leave_and_only_then() -> None:
    state = ConversationState(
        seed="s", turns=1, history=(Heard("person", "小敏是我室友"), Heard("companion", "嗯。"))
    )
    for hosted in (True, False):
        masks: list[Mask] = []

        def masking(made: list[Mask] = masks) -> Mask:
            made.append(Mask())
            return made[-1]

        # The token comes torn over two pieces, as it does in a real stream.
        model = FakeModel(["〔人", "名1〕扔了你的快递，这事搁谁都窝火。"], hosted=hosted)
        _, done = await answered(
            "小敏把我的快递扔了",
            state=state,
            parts=Parts(model=model, limits=QUICK, masking=masking),
        )
        assert ("小敏" in model.saw) is not hosted
        assert len(masks) == 1
        assert bool(masks[0].masked) is hosted
        if hosted:
            assert done.reply.startswith("小敏扔了你的快递")


async def test_no_text_leaves_where_policy_forbids_it() -> None:
    hosted = FakeModel(KIND["zh"], hosted=True)
    _, done = await answered(
        SAID["zh"], policy=Policy(hosted_model=False), parts=Parts(model=hosted)
    )
    assert hosted.asked == []
    assert done.responder == "guided"
    own = FakeModel(KIND["zh"], hosted=False)
    _, done = await answered(SAID["zh"], policy=Policy(hosted_model=False), parts=Parts(model=own))
    assert done.responder == "model"


async def test_past_the_daily_cap_it_goes_on_by_itself_and_says_so_once() -> None:
    model, allowance = FakeModel(KIND["zh"]), CountedAllowance(used=199)
    parts = Parts(model=model, limits=QUICK, allowance=allowance)
    state, notices = ConversationState(seed="s"), []
    for text in ("我今天又迟到了", "老师看了我一眼", "我就坐到最后一排了"):
        events, done = await answered(text, state=state, parts=parts)
        state = done.state
        notices.append([e.kind for e in events if isinstance(e, Notice) and e.kind == "model_cap"])
        assert done.reply
    assert len(model.asked) == 1
    assert notices == [[], ["model_cap"], []]
    assert allowance.taken == 1


@pytest.mark.parametrize(("text", "language"), [("你是真人吗", "zh"), ("are you human?", "en")])
async def test_what_it_is_is_never_left_to_a_model(text: str, language: Language) -> None:
    model = FakeModel(["我是真人。"])
    _, done = await answered(text, person=PEOPLE[language], parts=Parts(model=model))
    assert model.asked == []
    assert done.plan.why == "asked_about_us"


async def test_model_words_come_in_the_characters_of_the_person() -> None:
    person = Person("zh-TW", "Asia/Taipei", "TW")
    model = FakeModel(["这样对你，真的挺憋屈的。"])
    _, done = await answered(SAID["zh"], person=person, parts=Parts(model=model, limits=QUICK))
    assert done.reply == "這樣對你，真的挺憋屈的。"


async def test_a_reply_in_the_wrong_language_is_not_shown() -> None:
    model = FakeModel(["That sounds like a lot to deal with today."])
    _, done = await answered(SAID["zh"], person=ZH, parts=Parts(model=model, limits=QUICK))
    assert done.responder == "guided"
    assert not done.reply.isascii()

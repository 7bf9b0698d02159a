"""What a reply should do, decided before a word of it exists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.message import Message
from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.planner import plan_for
from qingting.companion.plan.small_talk import about_you, good_news, shape_of
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand import understand
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import FEELINGS, FeelingRead, Need, Reading, Topic
from qingting.companion.work import Protection, Work
from tests.companion.fakes import NIGHT, PEOPLE

SAID: dict[Language, str] = {
    "zh": "这事我想了一路也没想明白",
    "en": "i kept turning it over on the way",
}
NEEDS: tuple[Need, ...] = Need.__args__  # type: ignore[attr-defined]


def planned(
    text: str = "",
    *,
    language: Language = "zh",
    reading: Reading | None = None,
    state: ConversationState | None = None,
    protection: Protection | None = None,
) -> Plan:
    work = Work(
        message=Message(text or SAID[language]),
        person=PEOPLE[language],
        policy=Policy(),
        now=NIGHT,
        state=state or ConversationState(seed="s"),
        episode=Episode(),
        reading=replace(reading or Reading(language), language=language),
        protection=protection or Protection(),
    )
    return plan_for(work)


@pytest.mark.parametrize(
    ("language", "text", "shape"),
    [
        ("zh", "在吗", "hello"),
        ("zh", "嗯嗯", "yes"),
        ("zh", "没有。", "no"),
        ("zh", "不知道诶", "dont_know"),
        ("zh", "。。。", "dots"),
        ("zh", "😮‍💨", "dots"),
        ("zh", "谢谢你听我说", "thanks"),
        ("zh", "谢了啊", "thanks"),
        ("zh", "妈的", "swear"),
        ("zh", "晚安~", "goodbye"),
        ("zh", "睡了，886", "goodbye"),
        ("zh", "你根本不懂", "correction"),
        ("zh", "我就想说说", "listen_only"),
        ("zh", "别给我讲道理", "listen_only"),
        ("zh", "多说点", "say_more"),
        ("zh", "哈哈哈哈", "laugh"),
        ("zh", "笑死", "laugh"),
        ("zh", "算了", "never_mind"),
        ("zh", "就这？", "not_enough"),
        ("zh", "换个话题吧", "refused"),
        ("zh", "我今天在厕所待了二十分钟", None),
        ("zh", "没有人来接我", None),
        ("zh", "谢谢是他说的", None),
        ("en", "hey", "hello"),
        ("en", "Yeah!", "yes"),
        ("en", "nope", "no"),
        ("en", "idk", "dont_know"),
        ("en", "...", "dots"),
        ("en", "thanks for listening", "thanks"),
        ("en", "wtf", "swear"),
        ("en", "gonna sleep. night", "goodbye"),
        ("en", "goodnight", "goodbye"),
        ("en", "that's not what i meant", "correction"),
        ("en", "i just want to vent", "listen_only"),
        ("en", "please don’t give me a pep talk", "listen_only"),
        ("en", "say more", "say_more"),
        ("en", "lol", "laugh"),
        ("en", "hahaha", "laugh"),
        ("en", "whatever", "never_mind"),
        ("en", "is that it?", "not_enough"),
        ("en", "can we talk about something else for a bit", "refused"),
        ("en", "night is when it gets worst", None),
        ("en", "no one came to get me", None),
        ("en", "laughing about it now but", None),
    ],
)
def test_small_messages_are_known_by_their_shape(
    language: Language, text: str, shape: str | None
) -> None:
    assert shape_of(text, language) == shape


@pytest.mark.parametrize(
    ("language", "text", "about"),
    [
        ("zh", "你是真人吗", "human"),
        ("zh", "会不会被别人看到", "privacy"),
        ("zh", "你还记得吗", "memory"),
        ("zh", "你喜欢我吗", "feelings"),
        ("zh", "你能干嘛", "can_do"),
        ("zh", "你是谁", "who"),
        ("zh", "你是deepseek吗", "model"),
        ("zh", "我妈问我你是不是傻", None),
        ("en", "are you real?", "human"),
        ("en", "who can see this", "privacy"),
        ("en", "do you remember what i said", "memory"),
        ("en", "do you love me", "feelings"),
        ("en", "what can you do", "can_do"),
        ("en", "what are you?", "who"),
        ("en", "are you chatgpt", "model"),
        ("en", "what are you even supposed to do with a brain like this", None),
    ],
)
def test_questions_about_us_are_known(language: Language, text: str, about: str | None) -> None:
    assert about_you(text, language) == about


def test_a_question_about_us_outranks_everything_ordinary() -> None:
    plan = planned("你是真人吗", reading=Reading("zh", topics=(Topic("parents"),)))
    assert (plan.small, plan.why, plan.question) == ("about_you.human", "asked_about_us", False)


def test_asking_for_a_person_is_answered_with_a_way_to_one() -> None:
    plan = planned("我想找个真人聊", reading=Reading("zh", need="human"))
    assert (plan.small, plan.offer) == ("human", "person")


def test_who_only_wants_to_be_heard_is_not_asked_and_not_advised() -> None:
    state = ConversationState(seed="s", listen_only=True)
    for turns in range(30):
        for feeling in ("sadness", "anger", "joy"):
            reading = Reading("zh", feelings=(FeelingRead(feeling, 0.9),))  # type: ignore[arg-type]
            plan = planned(reading=reading, state=replace(state, turns=turns))
            assert not plan.question
            assert plan.offer is None
            assert plan.second != "suggestion"
            assert plan.stage != "act"


def test_asking_for_advice_is_answered_even_after_only_listening() -> None:
    state = ConversationState(seed="s", turns=9, listen_only=True)
    plan = planned("我该怎么办", reading=Reading("zh", need="advice"), state=state)
    assert (plan.stage, plan.second, plan.why) == ("act", "suggestion", "asked_for_advice")


def test_a_refusal_is_accepted_and_nothing_is_offered_for_a_while() -> None:
    refused = planned("不想", reading=Reading("zh", refused=True))
    assert (refused.small, refused.question, refused.offer) == ("refused", False, None)
    for since in range(5):
        state = ConversationState(seed="s", turns=20 + since, refused_turn=20)
        assert planned(state=state).offer is None


def test_nothing_is_offered_unasked_in_the_first_turns_or_where_it_may_not_be() -> None:
    for turns in range(6):
        assert planned(state=ConversationState(seed="s", turns=turns)).offer is None
    for turns in range(60):
        plan = planned(
            state=ConversationState(seed="s", turns=turns), protection=Protection(may_offer=False)
        )
        assert plan.offer is None
        assert plan.second != "suggestion"


def test_not_three_questions_in_a_row() -> None:
    for turns in range(2, 40):
        state = ConversationState(seed="s", turns=turns, question_turns=(turns - 1, turns))
        assert not planned(state=state).question


@pytest.mark.parametrize(
    "text",
    [
        "i dont get migraines",
        "i don't have anyone",
        "i dont sleep",
        "i don't want to go home",
        "我不想回家",
    ],
)
def test_what_only_sounds_like_a_refusal_is_part_of_the_story(text: str) -> None:
    assert not understand(text).refused


@pytest.mark.parametrize(
    "text",
    [
        "i don't want to",
        "i'd rather not",
        "no thanks",
        "don't want to talk about it",
        "不想说",
        "别问了",
    ],
)
def test_a_refusal_is_heard(text: str) -> None:
    assert understand(text).refused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "同学都考上了"),
        ("zh", "她被录取了我没有"),
        ("zh", "我一点都不开心"),
        ("zh", "没通过"),
        ("en", "i passed out"),
        ("en", "i got in trouble"),
        ("en", "i don't feel better"),
        ("en", "everyone looks so happy"),
        ("en", "i got into a fight"),
    ],
)
def test_other_peoples_luck_and_near_words_are_no_good_news(language: Language, text: str) -> None:
    assert not good_news(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我考上了！！"),
        ("zh", "终于过了，拿到offer了"),
        ("zh", "好像没那么堵了"),
        ("zh", "今天有点开心"),
        ("en", "i got in!"),
        ("en", "i passed!!"),
        ("en", "i feel a tiny bit less gross"),
        ("en", "i got the job"),
    ],
)
def test_good_news_of_their_own_is_heard(language: Language, text: str) -> None:
    assert good_news(text, language)


def test_a_goodbye_is_let_go() -> None:
    plan = planned("我去睡了", reading=Reading("zh", need="stop"))
    assert (plan.why, plan.question, plan.offer) == ("leaving", False, None)


def test_a_strong_feeling_in_the_first_message_is_met_first() -> None:
    reading = Reading("zh", feelings=(FeelingRead("overwhelm", 0.9),), topics=(Topic("thesis"),))
    assert planned(reading=reading).why == "heard_feeling"


def test_a_topic_stays_for_a_few_turns_and_then_is_let_go() -> None:
    state = ConversationState(seed="s", turns=5, topic="thesis", facet="stuck", topic_turn=4)
    assert planned(state=state).topic == "thesis"
    assert planned(state=replace(state, turns=12)).topic is None


def test_more_is_said_only_when_more_is_wanted() -> None:
    assert planned("多说点").length == "long"
    assert planned().length == "short"


def test_the_same_message_again_is_stayed_with() -> None:
    state = ConversationState(seed="s", turns=3, history=(Heard("person", SAID["zh"]),))
    assert planned(state=state).small == "repeat"


def test_good_news_is_met_gladly_unless_something_hurts_in_it() -> None:
    glad = planned("我考上了！", reading=Reading("zh", feelings=(FeelingRead("joy", 0.8),)))
    assert glad.small == "good_news"
    torn = planned(
        "我考上了但是我妈没笑", reading=Reading("zh", feelings=(FeelingRead("hurt", 0.8),))
    )
    assert torn.small is None
    assert good_news("i got in", "en")
    assert not good_news("我不开心的事可多了" * 20, "zh")


readings = st.builds(
    Reading,
    language=st.sampled_from(("zh", "en")),
    feelings=st.lists(
        st.builds(FeelingRead, st.sampled_from(FEELINGS), st.floats(0, 1)), max_size=3
    ).map(tuple),
    topics=st.lists(
        st.builds(
            Topic, st.sampled_from(("exams", "parents", "nothing")), st.none() | st.just("x")
        ),
        max_size=2,
    ).map(tuple),
    need=st.sampled_from(NEEDS),
    refused=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(readings, st.text(max_size=60), st.integers(0, 400), st.booleans(), st.booleans())
def test_any_message_gets_a_sound_plan(
    reading: Reading, text: str, turns: int, listens: bool, may_offer: bool
) -> None:
    plan = planned(
        text or "嗯",
        language=reading.language,
        reading=reading,
        state=ConversationState(seed="s", turns=turns, listen_only=listens),
        protection=Protection(may_offer=may_offer),
    )
    assert plan.public()["why"]
    assert plan.offer in (None, "exercise", "person")
    if not may_offer:
        assert plan.offer in (None, "person")
    if plan.why in ("leaving", "refused", "asked_about_us"):
        assert not plan.question

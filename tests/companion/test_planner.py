"""What a reply should do, decided before a word of it exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.message import Message
from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.planner import plan_for
from qingting.companion.plan.small_talk import good_news
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
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
    episode: Episode | None = None,
) -> Plan:
    work = Work(
        message=Message(text or SAID[language]),
        person=PEOPLE[language],
        policy=Policy(),
        now=NIGHT,
        state=state or ConversationState(seed="s"),
        episode=episode or Episode(),
        reading=replace(reading or Reading(language), language=language),
        protection=protection or Protection(),
    )
    return plan_for(work)


def test_a_question_about_us_outranks_everything_ordinary() -> None:
    plan = planned("你是真人吗", reading=Reading("zh", topics=(Topic("parents"),)))
    assert (plan.small, plan.why, plan.question) == ("about_you.human", "asked_about_us", False)


def test_each_question_about_us_is_planned_as_its_own() -> None:
    for text, small in (
        ("那你会告诉我爸妈吗", "tells"),
        ("你会报警吗", "police"),
        ("can you call someone for me", "call_for_me"),
        ("are you like a therapist then", "professional"),
        ("swear you wont tell anyone", "secret"),
    ):
        plan = planned(text, language="zh" if text > "一" else "en")
        assert (plan.small, plan.question) == (f"about_you.{small}", False)


def test_asking_for_a_person_is_answered_with_a_way_to_one() -> None:
    plan = planned("我想找个真人聊", reading=Reading("zh", need="human"))
    assert (plan.small, plan.offer) == ("human", "person")


def test_who_only_wants_to_be_heard_is_not_asked_and_not_advised() -> None:
    state = ConversationState(seed="s", listen_only=True)
    for turns in range(30):
        for feeling in ("sadness", "anger", "joy"):
            reading = Reading("zh", feelings=(FeelingRead(feeling, 0.9),))
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
    assert glad.small == "big_news"
    torn = planned(
        "我考上了但是我妈没笑", reading=Reading("zh", feelings=(FeelingRead("hurt", 0.8),))
    )
    assert torn.small is None
    assert good_news("i got in", "en")
    assert not good_news("我不开心的事可多了" * 20, "zh")


def test_nothing_is_met_gladly_right_after_danger() -> None:
    glad = Reading("en", feelings=(FeelingRead("pride", 0.8),))
    just = Episode(levels={"eating_disorder": "moderate"}, danger_at=NIGHT)
    long_ago = replace(just, danger_at=NIGHT - timedelta(days=3))
    text = "i passed!! its the only thing im good at lol"
    assert planned(text, language="en", reading=glad, episode=just).small is None
    assert planned(text, language="en", reading=glad, episode=just).why != "heard_feeling"
    assert planned(text, language="en", reading=glad, episode=long_ago).small == "big_news"


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

"""The guided responder: short, specific, at most one question, and never at a loss."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.message import Message
from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan, Skill, Stage, Why
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.reply.guided import responder
from qingting.companion.state import ConversationState
from qingting.companion.understand import Heard, understand
from qingting.companion.understand.reading import FEELINGS, FeelingRead, Reading, Topic, at_least
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser, fingerprints
from qingting.companion.work import Work
from tests.companion.fakes import NIGHT, PEOPLE

SLOTS: dict[Language, dict[str, str]] = {
    "zh": {"quote": "我在厕所待了二十分钟", "who": "你妈", "earlier": "一个报表填错了一行"},
    "en": {"quote": "i hid in the bathroom", "who": "your mum", "earlier": "one wrong line"},
}


def working(plan: Plan, language: Language = "zh", *, turns: int = 3, **more: object) -> Work:
    state = ConversationState(seed="s", turns=turns)
    work = Work(
        message=Message("我在厕所待了二十分钟" if language == "zh" else "i hid in the bathroom"),
        person=PEOPLE[language],
        policy=Policy(),
        now=NIGHT,
        state=state,
        episode=Episode(),
        reading=Reading(language, **more),  # type: ignore[arg-type]
        plan=plan,
    )
    work.chooser = Chooser("s", turns, frozenset(), dict(SLOTS[language]))
    return work


def questions(lines: tuple[str, ...]) -> int:
    own = re.sub(r"“[^”]*”|\"[^\"]*\"", "", "".join(lines))
    return own.count("？") + own.count("?")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("feeling", [f for f in FEELINGS if f != "neutral"])
def test_a_feeling_is_answered_with_words_for_that_feeling(
    language: Language, feeling: str
) -> None:
    plan = Plan(stage="comfort", skill="reflection", why="heard_feeling")
    for strength, table in ((0.9, "strong"), (0.55, "light")):
        read = FeelingRead(feeling, max(strength, 0.6) if table == "strong" else strength)  # type: ignore[arg-type]
        work = working(plan, language, feelings=(read,))
        # Nothing in it that could be taken up.
        work.message = Message("我也说不上来，就是这样" if language == "zh" else "it just is")
        lines = responder.compose(work)
        authored = {
            line.replace("{quote}", SLOTS[language]["quote"])
            for line in bank(language).lines("moves", "feelings", feeling, table)
        }
        glad = feeling in ("joy", "relief", "hope", "pride", "excitement", "gratitude", "love")
        if table == "strong" or not glad:
            assert lines[0] in authored


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_named_topic_is_answered_from_its_own_words(language: Language) -> None:
    plan = Plan(skill="reflection", why="heard_topic", topic="thesis", facet="stuck")
    work = working(plan, language, topics=(Topic("thesis", "stuck", "thesis"),))
    work.message = Message("我也说不上来，就是这样" if language == "zh" else "it just is")
    lines = responder.compose(work)
    words = bank(language)
    notices = {
        line.replace("{quote}", SLOTS[language]["quote"]).replace("{who}", SLOTS[language]["who"])
        for line in (
            *words.lines("topics", "thesis", "facet", "stuck", "notice"),
            *words.lines("topics", "thesis", "notice"),
        )
    }
    asks = {
        line.replace("{quote}", SLOTS[language]["quote"]).replace("{who}", SLOTS[language]["who"])
        for line in words.lines("topics", "thesis", "facet", "stuck", "ask")
    }
    assert lines[0] in notices
    assert lines[-1] in asks


@pytest.mark.parametrize("language", ["zh", "en"])
def test_taking_up_again_hands_back_their_own_earlier_words(language: Language) -> None:
    plan = Plan(skill="restatement", why="taking_up_again")
    lines = responder.compose(working(plan, language))
    assert SLOTS[language]["earlier"] in lines[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_suggestion_is_light_and_only_where_it_may_be_made(language: Language) -> None:
    plan = Plan(
        stage="act",
        skill="restatement",
        second="suggestion",
        offer="exercise",
        why="asked_for_advice",
    )
    work = working(plan, language, feelings=(FeelingRead("anxiety", 0.8),))
    offered = set(bank(language).lines("moves", "suggestion", "anxiety", "lines"))
    assert offered & set(responder.compose(work))
    forbidden = working(plan, language, feelings=(FeelingRead("anxiety", 0.8),))
    forbidden.protection = replace(forbidden.protection, may_offer=False)
    assert not offered & set(responder.compose(forbidden))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "small",
    [
        "hello",
        "thanks",
        "yes",
        "no",
        "dont_know",
        "dots",
        "refused",
        "goodbye",
        "swear",
        "good_news",
        "correction",
        "repeat",
        "laugh",
        "never_mind",
        "not_enough",
    ],
)
def test_small_messages_get_small_answers(language: Language, small: str) -> None:
    lines = responder.compose(working(Plan(question=False, small=small), language))
    assert lines[0] in bank(language).lines("moves", "small", small)
    assert len(lines) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_question_about_us_is_answered_straight_however_often_it_comes(
    language: Language,
) -> None:
    words = bank(language).lines("moves", "about_you", "tells")
    said: frozenset[str] = frozenset()
    for turn in range(9):
        work = working(Plan(question=False, small="about_you.tells"), language, turns=turn)
        work.chooser = Chooser("s", turn, said, {})
        (line,) = responder.compose(work)
        assert line in words
        said |= fingerprints(line)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_would_you_be_sad_is_asked_back_only_where_nobody_asked_yet(language: Language) -> None:
    plan = Plan(question=False, small="about_you.if_i_died")
    asking = bank(language).lines("moves", "about_you", "if_i_died_ask")
    assert responder.compose(working(plan, language))[0] in asking
    for line in asking:
        assert questions((line,)) == 1
        heard = [Heard("companion", line)]
        risk = understand("yes" if language == "en" else "嗯", heard).risk
        assert at_least(risk.level, "high"), line
    open_danger = working(plan, language)
    open_danger.episode = replace(open_danger.episode, levels={"suicide": "high"})
    assert questions(responder.compose(open_danger)) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reply_cut_short_is_ended_by_one_short_line(language: Language) -> None:
    work = working(Plan(), language)
    work.spoken.append("这句已经给你看过了。" if language == "zh" else "This one was shown. ")
    lines = responder.finish(work)
    assert len(lines) == 1
    assert lines[0] in bank(language).lines("moves", "finish", "finish")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_stopping_as_often_as_one_likes_is_always_answered(language: Language) -> None:
    work = working(Plan(), language)
    for _ in range(12):
        assert responder.stopped(work)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_answer_is_longer_and_still_asks_once(language: Language) -> None:
    plan = Plan(length="long", topic="thesis", skill="restatement")
    lines = responder.compose(working(plan, language, topics=(Topic("thesis"),)))
    assert len(lines) >= 4
    assert questions(lines) <= 1


plans = st.builds(
    Plan,
    stage=st.sampled_from(Stage.__args__),  # type: ignore[attr-defined]
    skill=st.sampled_from(Skill.__args__),  # type: ignore[attr-defined]
    second=st.none() | st.sampled_from(Skill.__args__),  # type: ignore[attr-defined]
    question=st.booleans(),
    length=st.sampled_from(("short", "normal", "long")),
    topic=st.none() | st.sampled_from(("exams", "parents", "sleep", "unknown")),
    facet=st.none() | st.sampled_from(("failed", "unknown")),
    why=st.sampled_from(Why.__args__),  # type: ignore[attr-defined]
    small=st.none() | st.sampled_from(("yes", "human", "listen_only", "about_you.who", "unknown")),
)


@settings(max_examples=150, deadline=None)
@given(
    plans,
    st.sampled_from(("zh", "en")),
    st.integers(0, 300),
    st.sampled_from(FEELINGS),
    st.booleans(),
    st.booleans(),
)
def test_whatever_the_plan_there_is_a_reply_with_one_question_at_most(
    plan: Plan, language: Language, turns: int, feeling: str, slots: bool, exhausted: bool
) -> None:
    work = working(plan, language, turns=turns, feelings=(FeelingRead(feeling, 0.7),))  # type: ignore[arg-type]
    said: frozenset[str] = frozenset()
    if exhausted:
        words = bank(language)
        said = fingerprints(
            "\n".join(line for path in words.paths() for line in words.lines(*path))
        )
    work.chooser = Chooser("s", turns, said, SLOTS[language] if slots else {})
    lines = responder.compose(work)
    assert "".join(lines).strip()
    assert questions(lines) <= 1
    assert not re.search(r"\{\w+\}", "".join(lines))
    assert len(set(lines)) == len(lines)

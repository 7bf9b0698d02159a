"""Decide what one reply should do.

Stages follow Hill: explore while the story is still being told, comfort when a feeling stands out
and the story is known, act only when the person asks for it or has been heard for a while and is
not venting. Someone who wants to vent is not advised; at most one question; no two questions in
more than two replies running; at most one offer, and none soon after a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.advice import advice_asked, advice_plan
from qingting.companion.plan.answering import answer_plan
from qingting.companion.plan.checked_in import check_in_plan
from qingting.companion.plan.dependence import to_us_plan
from qingting.companion.plan.exercising import exercise_plan, exercise_to_offer, step_out
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.no_better import no_better_plan
from qingting.companion.plan.openings import opening_plan
from qingting.companion.plan.plan import Length, Plan, Skill, Stage, Why
from qingting.companion.plan.remarked import leaves, tells_more, with_remark
from qingting.companion.plan.requests import request_in, request_plan
from qingting.companion.plan.shaped import shaped_plan
from qingting.companion.plan.small_talk import about_you, shape_of
from qingting.companion.plan.voiced import voice_plan
from qingting.companion.recall.near import related
from qingting.companion.understand.reading import Topic
from qingting.companion.understand.situations import Situation, situation_of
from qingting.companion.work import Work

# Turns of exploring before comfort may lead by a feeling, and by itself; turns before anything may
# be suggested unasked.
_EXPLORE_TURNS: Final = 3
_TURNS_BEFORE_COMFORT: Final = 6
_TURNS_BEFORE_SUGGESTION: Final = 8
_TURNS_AFTER_OFFER: Final = 5
_TURNS_AFTER_REFUSAL: Final = 6
# A topic stays the topic for a few turns after it was last named.
_TOPIC_LASTS: Final = 1
_GATHER_EVERY: Final = 9
# Noticing their effort in every other reply is flattery.
_PRAISE_EVERY: Final = 6
_STRONG: Final = 0.6
# Asking for something ends "just listen": the person leads.
_ASKS: Final = ("advice", "exercise", "information")
_TAKE_UP_EVERY: Final = 5
# A message longer than this that wants to stop tells of something first.
_GOING: Final = 40
_SCRAP: Final[Mapping[Language, int]] = {"zh": 3, "en": 9}


def plan_for(work: Work) -> Plan:
    """The plan of this reply."""
    text, language = work.message.text, work.language
    step_out(work)
    answer = check_in_plan(work) or answer_plan(work) or no_better_plan(work) or to_us_plan(work)
    if answer is not None:
        return answer
    request = request_in(work)
    straight = _about_us(work, request) or voice_plan(work) or opening_plan(work)
    if straight is not None:
        return straight
    exercise = exercise_plan(work)
    advice = advice_plan(work) if exercise is None or exercise.part == "begin" else None
    if advice is not None or exercise is not None:
        return advice or exercise or Plan()
    if request is not None and work.reading.need != "human":
        return request_plan(work, request)
    shape = shape_of(text, language)
    if (work.state.offered_exercise or work.state.offered_article) and shape == "no":
        shape = "refused"
    if work.reading.refused and shape in (None, "no"):
        shape = "refused"
    if shape is None and _goes(work):
        shape = "goodbye"
    plan = shaped_plan(work, shape, _topic(work), asks=_may_ask(work)) or _helping(work)
    plan = replace(plan, situation=_situation(work, plan), advice=advice_asked(work))
    if plan.situation is not None and plan.why == "unsure":
        plan = replace(plan, why="heard_topic")
    return with_remark(work, plan)


def _goes(work: Work) -> bool:
    """Whether they are going. "Enough of that, I can't sleep" ends a subject, not the talk."""
    if work.reading.need == "stop" and len(work.message.text) < _GOING and not tells_more(work):
        return True
    return leaves(work) and not tells_more(work)


def _about_us(work: Work, request: str | None) -> Plan | None:
    """The plan of a straight answer about ourselves."""
    us = about_you(work.message.text) or ("who" if work.reading.need == "about_you" else None)
    if us is None or (us == "why_asking" and request == "too_many_questions"):
        return None
    return Plan(
        stage="explore",
        skill="information",
        question=False,
        why="asked_about_us",
        small=f"about_you.{us}",
    )


def _situation(work: Work, plan: Plan) -> Situation | None:
    """The authored situation this message tells of, for a reply that takes something up."""
    if plan.small not in (None, "good_news"):
        return None
    return situation_of(work.message.text, work.language)


def _helping(work: Work) -> Plan:
    topic = _topic(work)
    stage = _stage(work)
    skill, second, why = _skills(work, stage, topic)
    listens = work.state.listen_only and work.reading.need not in _ASKS
    suggests = stage == "act" and work.protection.may_offer and not listens
    # Who asks how to say it to somebody is not given a body scan.
    open_to_exercise = suggests and work.reading.need != "information" and not advice_asked(work)
    open_to_exercise = open_to_exercise and not work.state.quiet
    exercise = exercise_to_offer(work, topic) if open_to_exercise else None
    if exercise is not None:
        return Plan(
            stage=stage,
            skill=skill,
            question=False,
            offer="exercise",
            length=_length(work),
            topic=topic.name if topic else None,
            facet=topic.facet if topic else None,
            why="asked_for_advice" if work.reading.need in _ASKS else why,
            exercise=exercise,
            part="offer",
        )
    return Plan(
        stage=stage,
        skill=skill,
        second="suggestion" if suggests else second,
        # A suggestion nobody asked for stands alone: a question after it would press.
        question=_may_ask(work) and not listens and (work.reading.need in _ASKS or not suggests),
        offer="exercise" if suggests else None,
        length=_length(work),
        topic=topic.name if topic else None,
        facet=topic.facet if topic else None,
        why="asked_for_advice" if work.reading.need in _ASKS else why,
    )


def _topic(work: Work) -> Topic | None:
    if work.reading.topics:
        return work.reading.topics[0]
    state = work.state
    if state.topic and state.turns - state.topic_turn <= _TOPIC_LASTS:
        return Topic(state.topic, state.facet)
    return None


def _stage(work: Work) -> Stage:
    state, need = work.state, work.reading.need
    if state.listen_only and need not in _ASKS:
        return "comfort" if heard_feeling(work) else "explore"
    if need in _ASKS:
        return "act"
    rested = (
        state.turns - state.offered_turn >= _TURNS_AFTER_OFFER
        and state.turns - state.refused_turn >= _TURNS_AFTER_REFUSAL
    )
    feeling = heard_feeling(work)
    heavy = feeling is not None and feeling.label not in GLAD
    if (
        state.turns >= _TURNS_BEFORE_SUGGESTION
        and rested
        and heavy
        and state.turns % 2
        and work.protection.may_offer
        and _told_much(work)
    ):
        return "act"
    if state.turns >= _EXPLORE_TURNS and feeling is not None and feeling.strength >= 0.4:
        return "comfort"
    return "explore" if state.turns < _TURNS_BEFORE_COMFORT or state.turns % 3 else "comfort"


def _skills(work: Work, stage: Stage, topic: Topic | None) -> tuple[Skill, Skill | None, Why]:
    turn = work.state.turns
    feeling = heard_feeling(work)
    # Who is in the middle of something heavy is met there, not led back to earlier words.
    free = work.recalled is not None and (feeling is None or feeling.strength < _STRONG)
    gathers = turn and turn % _GATHER_EVERY == 0 and "quote" in work.chooser.slots
    if free and gathers and _same_matter(work):
        return "restatement", None, "gathering"
    if free and turn % _TAKE_UP_EVERY == _TAKE_UP_EVERY - 1:
        return "restatement", None, "taking_up_again"
    first_and_strong = turn == 0 and feeling is not None and feeling.strength >= _STRONG
    if feeling is not None and (stage == "comfort" or not work.reading.topics or first_and_strong):
        praised = turn % _PRAISE_EVERY == 1 and _told_much(work)
        return "reflection", "affirmation" if praised else None, "heard_feeling"
    if topic is not None and (work.reading.topics or turn % 2):
        return "reflection", None, "heard_topic"
    return (
        "restatement",
        "affirmation" if turn % _PRAISE_EVERY == 1 and _told_much(work) else None,
        "unsure",
    )


def _same_matter(work: Work) -> bool:
    """Whether what was recalled and what is said now are about the same thing."""
    earlier, topics = work.recalled, [topic.name for topic in work.reading.topics]
    if earlier is None:
        return False
    now = work.message.text
    return related(earlier.quote, earlier.topic, now, topics, work.language)


def _may_ask(work: Work) -> bool:
    """Not three questions in a row: a talk is not an interview. And later on none after a scrap
    like "34" that was not understood: it is on its way somewhere by itself."""
    turns, asked = work.state.turns, work.state.question_turns[-2:]
    scrap = len(work.message.text.strip()) <= _SCRAP[work.language] and not (
        work.reading.topics or work.reading.feelings
    )
    asks = asked != (turns - 1, turns) and not (scrap and turns >= _TURNS_BEFORE_COMFORT)
    return asks and not work.state.quiet


def _told_much(work: Work) -> bool:
    """Whether the message told a piece of the story: only then is there an effort to notice."""
    return len(work.message.text) >= (30 if work.language == "zh" else 90)


def _length(work: Work) -> Length:
    return "long" if shape_of(work.message.text, work.language) == "say_more" else "short"

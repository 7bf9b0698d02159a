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
from qingting.companion.plan.advice import advice_asked
from qingting.companion.plan.exercising import exercise_plan, exercise_to_offer
from qingting.companion.plan.felt import GLAD, glad, heard_feeling
from qingting.companion.plan.plan import Length, Plan, Skill, Stage, Why
from qingting.companion.plan.requests import request_of, request_plan
from qingting.companion.plan.small_talk import about_you, good_news, shape_of
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
_SCRAP: Final[Mapping[Language, int]] = {"zh": 3, "en": 9}
_FEW_WORDS: Final = (
    "hello",
    "thanks",
    "yes",
    "no",
    "dont_know",
    "dots",
    "correction",
    "laugh",
    "never_mind",
    "not_enough",
    "help_me",
)


def plan_for(work: Work) -> Plan:
    """The plan of this reply."""
    text, language = work.message.text, work.language
    request = request_of(work)
    us = about_you(text) or ("who" if work.reading.need == "about_you" else None)
    if us is not None and not (us == "why_asking" and request == "too_many_questions"):
        return Plan(
            stage="explore",
            skill="information",
            question=False,
            why="asked_about_us",
            small=f"about_you.{us}",
        )
    exercise = exercise_plan(work)
    if exercise is not None:
        return exercise
    if request is not None and work.reading.need != "human":
        return request_plan(work, request)
    shape = shape_of(text, language)
    if work.state.offered_exercise and shape == "no":
        shape = "refused"
    if work.reading.refused and shape in (None, "no"):
        shape = "refused"
    if shape is None and work.reading.need == "stop" and len(text) < 40:
        shape = "goodbye"
    plan = _small(work, shape) or _helping(work)
    return replace(plan, situation=_situation(work, plan), advice=advice_asked(work))


def _situation(work: Work, plan: Plan) -> Situation | None:
    """The authored situation this message tells of, for a reply that takes something up."""
    if plan.small not in (None, "good_news"):
        return None
    return situation_of(work.message.text, work.language)


def _small(work: Work, shape: str | None) -> Plan | None:
    """Plans for messages that are only a shape: a nod, a shrug, a goodbye."""
    topic = _topic(work)
    name = topic.name if topic else None
    facet = topic.facet if topic else None
    if work.reading.need == "human":
        return Plan(
            stage="act",
            skill="information",
            offer="person",
            question=False,
            why="asked_for_advice",
            small="human",
        )
    if shape == "goodbye":
        return Plan(stage="comfort", skill="presence", question=False, why="leaving", small=shape)
    if shape in ("refused", "swear"):
        return Plan(
            stage="comfort",
            skill="presence",
            question=False,
            why="refused" if shape == "refused" else "few_words",
            small=shape,
        )
    if shape == "listen_only":
        return Plan(
            stage="explore",
            skill="presence",
            question=False,
            why="listening_only",
            small="listen_only",
        )
    if shape in _FEW_WORDS:
        # "I don't know" is met with room; only at the very start a first question helps.
        willing = (
            ("hello", "yes", "no") if work.state.turns > 1 else ("hello", "yes", "no", "dont_know")
        )
        asks = shape in willing and _may_ask(work)
        skill: Skill = "question" if asks else "presence"
        # The greeting itself asks; a question after it would be the second.
        return Plan(
            stage="explore",
            skill=skill,
            question=asks and shape not in ("hello", "help_me"),
            why="few_words",
            small=shape,
            topic=name,
            facet=facet,
        )
    if _said_before(work):
        return Plan(
            stage="comfort",
            skill="reflection",
            question=False,
            why="few_words",
            small="repeat",
            topic=name,
            facet=facet,
        )
    if shape is None and good_news(work.message.text, work.language) and glad(work):
        return Plan(
            stage="explore",
            skill="affirmation",
            # Topic packs ask after what hurts; the glad lines bring their own questions.
            question=False,
            why="heard_feeling",
            small="good_news",
        )
    return None


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
    if free and turn and turn % _GATHER_EVERY == 0 and "quote" in work.chooser.slots:
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


def _said_before(work: Work) -> bool:
    text = work.message.text.strip()
    return any(h.speaker == "person" and h.text.strip() == text for h in work.state.history)

"""Plans for messages that are only a shape (a nod, a shrug, a goodbye), said again, or news."""

from __future__ import annotations

from typing import Final

from qingting.companion.plan.news import news_of
from qingting.companion.plan.plan import Plan, Skill
from qingting.companion.understand.reading import Topic
from qingting.companion.work import Work

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


def shaped_plan(work: Work, shape: str | None, topic: Topic | None, *, asks: bool) -> Plan | None:
    """The plan for a message that is only a shape, for one that was said before and for news; None
    for any other. topic: what the talk is about. asks: whether the reply may ask."""
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
    if shape in ("goodbye", "hush"):
        # Whoever goes, or wants quiet, is let be: one line, no why, nothing offered.
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
        asks = asks and shape in willing
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
    news = news_of(work) if shape is None else None
    if news is not None:
        return Plan(
            stage="explore",
            skill="affirmation",
            # Topic packs ask after what hurts; the glad lines bring their own questions.
            question=False,
            why="heard_feeling",
            small=news,
        )
    return None


def _said_before(work: Work) -> bool:
    text = work.message.text.strip()
    return any(h.speaker == "person" and h.text.strip() == text for h in work.state.history)

"""When a reply hands over something to read.

Asked for, it is given at once. Unasked it is offered seldom, only where what is told is just what
an article is for, and never beside another offer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.library.asking import fresh_loss, named_in, wants_reading
from qingting.companion.library.fitting import asked_in, best_fitting, may_be_given, on_topic
from qingting.companion.library.shelf import articles
from qingting.companion.plan.answering import ANSWERED
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.small_talk import big_news, good_news
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

# How `small` of a plan begins that is about something to read; the rest is a list of
# moves/article.toml.
ARTICLE: Final = "article."
# A thing one could look up, asked beside nothing else: an article may be just that.
_FACTS: Final = "facts"
# Whoever begins to tell is listened to: nothing is offered before this turn (from 0).
_TURNS_BEFORE: Final = 2
# Turns after anything was offered, or turned down; and after an article.
_TURNS_AFTER_OFFER: Final = 5
_TURNS_AFTER_REFUSAL: Final = 6
_TURNS_AFTER_ARTICLE: Final = 10
# A feeling stronger than this is met by listening.
_TOO_STRONG: Final = 0.92


def with_article(work: Work, plan: Plan) -> Plan:
    """The plan, with something to read where it was asked for or fits."""
    if (
        work.protection.listening
        or plan.part in ("go_on", "resume")
        or _wanted_exercise(work, plan)
    ):
        return plan
    if not articles(work.language):
        return plan
    if work.state.offered_article and plan.small == "yes":
        return _small(plan, "taken", work.state.offered_article)
    return _asked(work, plan) or _offered(work, plan)


def _asked(work: Work, plan: Plan) -> Plan | None:
    """The plan of a reply to somebody who asks for something to read, or just what an article
    tells; None for any other message, and beside grave danger."""
    if work.protection.authored or at_least(work.reading.risk.level, "high"):
        return None
    wants, asked = wants_reading(work.message.text), asked_in(work)
    if not wants and (asked is None or not asked.plainly):
        return None
    named = named_in(work.message.text, work.language) if wants else None
    slug = asked.slug if asked is not None else named or on_topic(work)
    if slug is not None and not may_be_given(articles(work.language)[slug], work, asked=True):
        slug = None
    if not wants and (slug is None or slug in work.state.articles):
        # Asked again in other words: the talk goes on.
        return None
    if plan.small == ANSWERED or (plan.small or "").startswith("about_you."):
        # Their question has words of its own; the article stands beside them.
        return replace(plan, question=False, offer="article", article=slug) if slug else plan
    if not wants and (plan.small not in (None, _FACTS) or plan.taken_up is not None):
        # What they asked for ("what time is it, I can't sleep"), a first sentence to their parents
        # or a thing remembered of them goes before something to read.
        return None
    if slug is None:
        return _small(plan, "shelf", "")
    if wants or plan.small is not None:
        return _small(plan, "wanted", slug)
    return _small(plan, "answer", slug)


def _wanted_exercise(work: Work, plan: Plan) -> bool:
    """Whether an exercise begins that they asked for, or said yes to."""
    return plan.part == "begin" and (
        bool(work.state.offered_exercise) or work.reading.need == "exercise"
    )


def _small(plan: Plan, what: str, slug: str) -> Plan:
    return Plan(
        stage="act",
        skill="information",
        question=False,
        offer="article",
        why="asked_to_read",
        small=f"{ARTICLE}{what}",
        topic=plan.topic,
        facet=plan.facet,
        article=slug,
    )


def _offered(work: Work, plan: Plan) -> Plan:
    """The plan with an article offered, where one fits and an offer may be made at all."""
    if not _may_offer(work, plan):
        return plan
    slug = best_fitting(work, plan.situation)
    if slug is None:
        return plan
    # The offer asks; a question beside it would be the second.
    return replace(plan, question=False, offer="article", article=slug)


def _may_offer(work: Work, plan: Plan) -> bool:
    state, turns = work.state, work.state.turns
    helps = plan.small is None and plan.part is None and plan.why != "refused"
    free = plan.offer is None and plan.second != "suggestion"
    free = free and plan.taken_up is None and plan.noted is None
    rested = (
        turns - state.offered_turn >= _TURNS_AFTER_OFFER
        and turns - state.refused_turn >= _TURNS_AFTER_REFUSAL
        and turns - state.article_turn >= _TURNS_AFTER_ARTICLE
    )
    listens = state.listen_only or state.quiet or (state.run is not None and state.run.going)
    return (
        helps
        and free
        and rested
        and not listens
        and turns >= _TURNS_BEFORE
        and (turns > _TURNS_BEFORE or _stays_with_it(work))
        and work.protection.may_offer
        and not work.reading.refused
        and _calm(work)
    )


def _stays_with_it(work: Work) -> bool:
    """Whether the message goes on with what the talk was about, or names a side of another topic:
    who pours out one thing after another wants to be heard, and an article would be advice."""
    topics, before = work.reading.topics, work.state.topic
    if not topics or before is None:
        return True
    return topics[0].name == before or topics[0].facet is not None


def _calm(work: Work) -> bool:
    """Whether somebody can be handed anything: no danger, nothing glad, no fresh loss, and no
    feeling so strong that it has to be met first."""
    danger = (work.episode.level, work.reading.risk.level)
    if any(at_least(level, "moderate") for level in danger):
        return False
    text = work.message.text
    if good_news(text, work.language) or big_news(text, work.language):
        return False
    feeling = heard_feeling(work)
    if feeling is not None and (feeling.label in GLAD or feeling.strength >= _TOO_STRONG):
        return False
    told = [heard.text for heard in work.state.history if heard.speaker == "person"]
    return not any(map(fresh_loss, (text, *told)))

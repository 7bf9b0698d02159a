"""Whether an article fits what is being told, and which fits best.

The wrong article is worse than none, and each sign of what somebody tells is wrong now and then.
So two have to agree: a situation that the article names, words told for just this article, its
question, its topic; a feeling that it is for counts half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from qingting.companion.exercise.fitting import ruled_out
from qingting.companion.library.article import Article
from qingting.companion.library.asking import Asked, asked_for
from qingting.companion.library.shelf import articles
from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.reading import Kind, Level, at_least
from qingting.companion.understand.situations import Keys, Situation, keys_of, situation_of
from qingting.companion.understand.topics import topics_of
from qingting.companion.work import Work

# What a sign counts, and how much it takes.
_SIGN: Final = 1.0
_HALF: Final = 0.5
_ENOUGH: Final = 2.0
# A feeling weaker than this is a guess.
_FELT: Final = 0.5
# What was told so many of their messages ago is still what the talk is about.
_BACK: Final = 2
# A long telling has words of everything in it; what it is about, they do not say.
_LONGEST: Final[Mapping[Language, int]] = {"zh": 110, "en": 260}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a talk is about just now, told in this message and the last ones. situations: keys.
    near: slugs of articles for which just this is told. topics: their names. feelings: of this
    message, strength by label. asked: what this message asks."""

    situations: frozenset[str]
    near: frozenset[str]
    topics: frozenset[str]
    feelings: Mapping[str, float]
    asked: Asked | None


def matter_of(work: Work, situation: Situation | None = None) -> Matter:
    """What this talk is about. situation: what the reply to come takes up."""
    told = _told(work)
    named = frozenset({situation.key} if situation is not None else ())
    return Matter(
        situations=frozenset(_situations(work, told)) | named,
        near=frozenset(_near(told, work.language)),
        topics=frozenset(
            topic.name for text in told for topic in topics_of(cleaned(text), text, work.language)
        ),
        feelings={one.label: one.strength for one in work.reading.feelings},
        asked=asked_in(work),
    )


def asked_in(work: Work) -> Asked | None:
    """The article whose question this message asks, by itself or after the message before it:
    "thinking about the counsellor", "do they tell the university"."""
    text, language = work.message.text, work.language
    asked = asked_for(text, language)
    before = [heard.text for heard in work.state.history if heard.speaker == "person"]
    return asked or (asked_for(text, language, after=before[-1]) if before else None)


def may_be_given(article: Article, work: Work, *, asked: bool = False) -> bool:
    """Whether nothing that is known speaks against handing it over. asked: they asked for it, so
    what is known only in part, of low level, does not count: "why can't i sleep" is no mania."""
    least: Level = "moderate" if asked else "low"
    reading = replace(
        work.reading, risk=replace(work.reading.risk, levels=_of(work.reading.risk.levels, least))
    )
    episode = replace(work.episode, levels=_of(work.episode.levels, least))
    reasons = ruled_out(episode, reading)
    if set(work.episode.levels) <= {"panic"}:
        # Of panic alone nobody has to be kept from reading.
        reasons -= {"episode"}
    return not article.not_when & reasons


def fits(article: Article, work: Work, matter: Matter | None = None) -> float:
    """How well an article fits what is told now, by the signs of it; 0 where it does not. matter:
    from `matter_of`, where it is known already."""
    matter = matter or matter_of(work)
    when = article.when
    asked = matter.asked is not None and matter.asked.slug == article.slug
    signs = (bool(when.situations & matter.situations), article.slug in matter.near, asked)
    if not any(signs) or not may_be_given(article, work):
        return 0.0
    well = _SIGN * sum(signs)
    if (when.topics | {article.slug}) & matter.topics:
        well += _SIGN
    if max((matter.feelings.get(one, 0.0) for one in when.feelings), default=0.0) >= _FELT:
        well += _HALF
    return well if well >= _ENOUGH else 0.0


def best_fitting(work: Work, situation: Situation | None = None) -> str | None:
    """The slug of the article that fits best and was not handed over in this talk; None where none
    does, or two do equally well. situation: what the reply to come takes up."""
    matter = matter_of(work, situation)
    found = sorted(
        (
            (well, one.slug)
            for one in articles(work.language).values()
            if one.slug not in work.state.articles and (well := fits(one, work, matter)) > 0
        ),
        reverse=True,
    )
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]


def on_topic(work: Work) -> str | None:
    """The article for somebody who asks for something to read and does not say on what: what the
    talk is about, with less asked of it than where nobody asked."""
    matter = matter_of(work)
    scored = []
    for article in articles(work.language).values():
        if not may_be_given(article, work, asked=True):
            continue
        about = (article.when.topics | {article.slug}) & (matter.topics | {work.state.topic or ""})
        own = article.slug in matter.topics or article.slug in matter.near
        felt = max((matter.feelings.get(one, 0.0) for one in article.when.feelings), default=0.0)
        if about or own:
            well = fits(article, work, matter) + own + felt / 10
            scored.append((well + 1 / (1 + len(article.when.topics)), article.slug))
    return max(scored, default=(0.0, None))[1]


def _told(work: Work) -> tuple[str, ...]:
    """Their last messages, this one first; none that tells at length."""
    before = [heard.text for heard in work.state.history if heard.speaker == "person"]
    last = (work.message.text, *reversed(before[-_BACK:]))
    return tuple(text for text in last if len(text) <= _LONGEST[work.language])


def _near(told: tuple[str, ...], language: Language) -> Iterator[str]:
    """Articles for which just this is told, in all of these messages together."""
    text = cleaned("\n".join(told)).text
    for slug, groups in _keys(language):
        if any(keys.weight(text) for keys in groups):
            yield slug


@cache
def _keys(language: Language) -> tuple[tuple[str, tuple[Keys, ...]], ...]:
    near = table("library")["near"][language]
    return tuple(
        (slug, tuple(keys_of(group, language, slug) for group in groups))
        for slug, groups in near.items()
    )


def _of(levels: Mapping[Kind, Level], least: Level) -> dict[Kind, Level]:
    """Those of at least a level."""
    return {kind: level for kind, level in levels.items() if at_least(level, least)}


def _situations(work: Work, told: tuple[str, ...]) -> Iterator[str]:
    """Keys of what they told in these messages."""
    for text in told:
        for kind in ("", *work.reading.risk.levels):
            found = situation_of(text, work.language, danger=kind, plain=False)
            if found is not None:
                yield found.key
    if work.protection.situation is not None:
        yield work.protection.situation.key

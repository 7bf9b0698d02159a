"""Articles as the pages show them, in the writing of whoever reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.library.article import AUTHORS, SHELVES, Article, Source
from qingting.companion.library.minutes import minutes
from qingting.companion.library.shelf import articles
from qingting.companion.person import Person
from qingting.companion.words.script import in_script
from qingting.library.wording import links_in, worded
from qingting.library.words import shelf_names

# An address of the library with the language of the page kept in it.
Keep = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list."""

    slug: str
    title: str
    lead: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Shelved:
    """The articles of one shelf."""

    name: str
    articles: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """One article on its page. reviewed_by: "" where nobody but its authors has read it."""

    title: str
    lead: str
    minutes: int
    body: SafeString
    sources: Sequence[Source]
    reviewed: date
    reviewed_by: str
    licence: str


@dataclass(frozen=True, slots=True)
class Next:
    """What may come after an article: the id and title of an exercise, and another article."""

    exercise: tuple[str, str] | None
    article: Listed | None


def shelves(person: Person) -> list[Shelved]:
    """All articles in the person's language, by shelf."""
    names, found = shelf_names(), articles(person.language).values()
    shown = [
        Shelved(names[shelf], tuple(listed(one, person) for one in found if one.shelf == shelf))
        for shelf in SHELVES
    ]
    return [one for one in shown if one.articles]


def shown(article: Article, person: Person, keep: Keep) -> ShownArticle:
    """One article. keep: makes the addresses of other articles."""
    by = "" if article.reviewed_by == AUTHORS else article.reviewed_by
    return ShownArticle(
        title=in_script(article.title, person),
        lead=in_script(article.lead, person),
        minutes=minutes(article, person.language),
        body=worded(in_script(article.body, person), _leading(person, keep)),
        sources=article.sources,
        reviewed=article.reviewed,
        reviewed_by=in_script(by, person),
        licence=article.licence,
    )


def listed(article: Article, person: Person) -> Listed:
    """One article in a list."""
    return Listed(
        article.slug,
        in_script(article.title, person),
        in_script(article.lead, person),
        minutes(article, person.language),
    )


def next_after(article: Article, person: Person) -> Next:
    """What may come next: what the article itself leads to first, else its neighbour on the
    shelf."""
    links = links_in(article.body)
    named = titles(person.language)
    skills = [name for kind, name in links if kind == "skill" and name in named]
    known = articles(person.language)
    others = [name for kind, name in links if kind == "article" and name in known]
    others += [one.slug for one in known.values() if one.shelf == article.shelf]
    other = next((name for name in others if name != article.slug), None)
    skill = next(iter(skills), None)
    return Next(
        (skill, in_script(named[skill]["title"], person)) if skill else None,
        listed(known[other], person) if other else None,
    )


def _leading(person: Person, keep: Keep) -> Callable[[str, str], str | None]:
    """Where the links of an article lead."""
    known = articles(person.language)

    def resolve(kind: str, name: str) -> str | None:
        if kind == "skill":
            return reverse("skill", args=[name]) if name in exercises() else None
        if kind == "article":
            return keep(reverse("article", args=[name])) if name in known else None
        return {"help": reverse("now"), "plan": reverse("plan")}.get(kind) if not name else None

    return resolve

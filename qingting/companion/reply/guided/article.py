"""Replies that hand over something to read: the short answer, the line that offers or gives it, and
the quiet card under it."""

from __future__ import annotations

from typing import Final

from qingting.companion.events import ToRead
from qingting.companion.library.minutes import minutes
from qingting.companion.library.shelf import articles
from qingting.companion.person import Language, Person
from qingting.companion.plan.articles import ARTICLE
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.words.bank import bank
from qingting.companion.words.script import in_script
from qingting.companion.work import Work

# What stands on a card beside the title; and on the card that leads to all articles.
_MINUTES: Final[dict[Language, str]] = {
    "zh": "{title} · {minutes} 分钟",
    "en": "{title} · {minutes} min",
}
_ALL: Final[dict[Language, str]] = {
    "zh": "慢慢看 · 所有的文章",
    "en": "Something to read · all of it",
}


def is_about_article(small: str | None) -> bool:
    """Whether a reply is about something to read and nothing besides."""
    return (small or "").startswith(ARTICLE)


def article(work: Work) -> tuple[str, ...]:
    """The lines of such a reply; empty where none is left."""
    what = (work.plan.small or "").removeprefix(ARTICLE)
    lists = Lists(work, bank(work.language))
    _fill(work)
    lines: list[str | None] = []
    if what == "answer":
        answers = lists.moves("article", "answer", work.plan.article or "", "lines")
        lines.append(work.chooser.choose(answers))
        what = "given"
    elif what == "wanted":
        what = "given"
    of_it = lists.moves("article", what)
    lines.append(work.chooser.choose(of_it) or work.chooser.anew(of_it))
    work.article = work.plan.article
    return tuple(line for line in lines if line)


def offer_article(work: Work) -> tuple[str, ...]:
    """The line that hands over the planned article beside another reply; nothing when none is."""
    plan = work.plan
    if plan.offer != "article" or plan.article is None or is_about_article(plan.small):
        return ()
    _fill(work)
    # What answers a question gives it; anything else only offers.
    what = "offer" if plan.small is None else "beside"
    line = work.chooser.choose(Lists(work, bank(work.language)).moves("article", what))
    if line is None:
        return ()
    work.article = plan.article
    return (line,)


def card(slug: str, language: Language, person: Person, *, wrote: str = "") -> ToRead | None:
    """The card of an article in the reader's characters; None for one that is gone. slug: "" for
    all of them."""
    if not slug:
        return ToRead("", in_script(_ALL[language], person, wrote=wrote), language)
    found = articles(language).get(slug)
    if found is None:
        return None
    text = _MINUTES[language].format(title=found.title, minutes=minutes(found, language))
    return ToRead(slug, in_script(text, person, wrote=wrote), language)


def _fill(work: Work) -> None:
    """Put title and minutes where lines have them."""
    found = articles(work.language).get(work.plan.article or "")
    if found is not None:
        work.chooser.slots = {
            **work.chooser.slots,
            "title": found.title,
            "minutes": str(minutes(found, work.language)),
        }

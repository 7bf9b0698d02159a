"""Articles of the library: the head, the length, the links, the sources, and the day of the last
reading; and that both languages offer the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from qingting.companion.library.article import (
    CHECKED,
    NOT_WHEN,
    SHELVES,
    SOURCE_KINDS,
    parted,
)
from qingting.companion.library.minutes import length
from qingting.companion.person import Language
from qingting.companion.understand.reading import FEELINGS
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, tables
from qingting.content_check.schema import Field, Spec, against

SHELF: Final = "library"
_NAMES: Final = Field("names", required=False)
_WHEN: Final[Spec] = {
    "topics": _NAMES,
    "feelings": Field("names", required=False, among=FEELINGS),
    "situations": _NAMES,
    "asks": _NAMES,
}
_SOURCE: Final[Spec] = {
    "title": Field("text"),
    "by": Field("text"),
    "year": Field("number"),
    "kind": Field("text", among=SOURCE_KINDS),
    "url": Field("text", required=False),
    "checked": Field("text", among=CHECKED),
}
HEAD: Final[Spec] = {
    "title": Field("text"),
    "lead": Field("text"),
    "shelf": Field("text", among=SHELVES),
    "reviewed": Field("day"),
    "reviewed_by": Field("text"),
    "not_when": Field("names", among=NOT_WHEN),
    "when": Field("table", inside=_WHEN),
    "source": Field("tables", required=False, inside=_SOURCE),
}
# 汉字 of a Chinese body, words of an English one: three minutes.
LENGTH: Final[Mapping[Language, tuple[int, int]]] = {"zh": (650, 1000), "en": (450, 650)}
# 汉字, letters. A title is what a person would call it, a lead one line.
TITLE: Final[Mapping[Language, int]] = {"zh": 18, "en": 60}
LEAD: Final[Mapping[Language, int]] = {"zh": 40, "en": 120}
HEADINGS: Final = (2, 4)
ITEMS: Final = 5
# A year and a half, after which somebody reads it again.
OLDEST: Final = 548

_LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)]*)\)")
_FOREIGN: Final = re.compile(
    r"<[a-zA-Z/!][^>]*>|!\[|```|^\s*\d+\. |^#(?!# )|https?://", re.MULTILINE
)
_ITEM: Final = re.compile(r"(?:^- .*\n?)+", re.MULTILINE)
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def check(folder: Folder, today: date) -> Iterator[Finding]:
    """Every article."""
    for document in folder.on(SHELF, *LANGUAGES):
        language = document.language
        if language is None or not document.name.endswith(".md"):
            continue
        wrong = list(against(document, HEAD))
        yield from wrong
        yield from _body(document, language, folder)
        if not wrong:
            yield from _head(document, language, folder)
            yield from _reviewed(document, today)
            yield from _beside(document, folder)


def _head(document: Document, language: Language, folder: Folder) -> Iterator[Finding]:
    data = document.data
    for key, most in (("title", TITLE), ("lead", LEAD)):
        text = str(data[key])
        size = len(_HAN.findall(text)) if language == "zh" else len(text)
        if size > most[language]:
            yield document.found(
                "article_line", (key,), field=key, size=str(size), most=str(most[language])
            )
    when: Mapping[str, Any] = data["when"]
    for topic in when.get("topics", ()):
        if f"{language}/topics/{topic}.toml" not in folder.by_name:
            yield document.found("no_topic", ("when", "topics"), value=str(topic))
    known = _situations(folder, language)
    for name in when.get("situations", ()):
        if name not in known:
            yield document.found("no_situation", ("when", "situations"), value=str(name))
    if not data.get("source"):
        yield document.found("no_source")


def _body(document: Document, language: Language, folder: Folder) -> Iterator[Finding]:
    _, body = parted(document.text)
    begins = document.text.count("\n", 0, document.text.rindex(body.strip()[:40] or "+++")) + 1
    least, most = LENGTH[language]
    size = length(body, language)
    if not least <= size <= most:
        values = {"size": str(size), "least": str(least), "most": str(most)}
        yield document.found("article_length", begins, **values)
    for found in _LINK.finditer(body):
        if not _leads(found[1], language, folder):
            at = begins + body.count("\n", 0, found.start())
            yield document.found("article_link", at, link=found[1])
    foreign = _FOREIGN.search(body)
    if foreign is not None:
        at = begins + body.count("\n", 0, foreign.start())
        yield document.found("article_markup", at, mark=foreign[0].strip())
    headings = len(re.findall(r"^## ", body, re.MULTILINE))
    lists = _ITEM.findall(body)
    if not HEADINGS[0] <= headings <= HEADINGS[1] or len(lists) > 1:
        yield document.found("article_shape", begins, headings=str(headings), lists=str(len(lists)))
    elif lists and lists[0].count("\n- ") + 1 > ITEMS:
        yield document.found("article_shape", begins, headings=str(headings), lists="1 > 5")


def _leads(link: str, language: Language, folder: Folder) -> bool:
    kind, found, name = link.partition(":")
    if not found:
        return False
    if kind in ("help", "plan"):
        return not name
    return (
        f"exercises/{name}.toml" in folder.by_name
        if kind == "skill"
        else kind == "article" and f"{language}/{SHELF}/{name}.md" in folder.by_name
    )


def _reviewed(document: Document, today: date) -> Iterator[Finding]:
    day: date = document.data["reviewed"]
    if day > today:
        yield document.found("future", ("reviewed",), day=str(day), today=str(today))
    elif (today - day).days > OLDEST:
        days = str((today - day).days)
        yield document.found("article_old", ("reviewed",), day=str(day), days=days)


def _beside(document: Document, folder: Folder) -> Iterator[Finding]:
    """What both languages have in common: the shelf, and when it is not offered."""
    other = folder.by_name.get(document.other)
    if other is None or document.language != "en":
        return
    for key in ("shelf", "not_when"):
        mine, theirs = document.data.get(key), other.data.get(key)
        if (sorted(mine) if isinstance(mine, list) else mine) != (
            sorted(theirs) if isinstance(theirs, list) else theirs
        ):
            yield document.found("article_differs", (key,), field=key, other=other.name)


def _situations(folder: Folder, language: Language) -> frozenset[str]:
    return frozenset(
        f"{document.stem}.{one.get('name')}"
        for document in folder.on("situations", language)
        for _, one in tables(document.data.get("situation", ()))
    )

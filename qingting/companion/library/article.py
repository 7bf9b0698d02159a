"""An article as data: a head of fields in TOML between two lines of `+++`, and its body.

content/<language>/library/<slug>.md. The body is Markdown and is kept as text; the page words it
(qingting.library), the terminal shows it as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from qingting.companion.exercise.exercise import Unless
from qingting.companion.words.bank import ContentError

Shelf = Literal["feelings", "study", "people", "getting_help", "safe"]
SHELVES: Final[tuple[Shelf, ...]] = Shelf.__args__  # type: ignore[attr-defined]
SourceKind = Literal["guideline", "law", "study", "book", "service"]
SOURCE_KINDS: Final[tuple[SourceKind, ...]] = SourceKind.__args__  # type: ignore[attr-defined]
# How it is known that a source exists and says so: it was opened, or it is known for certain.
CHECKED: Final = ("opened", "known")
# Of the reasons to leave something for another day, those that are known of a talk.
NOT_WHEN: Final[tuple[Unless, ...]] = ("episode", "abuse", "delusion", "mania", "eating_disorder")
# Nobody but those who wrote it has read it yet.
AUTHORS: Final = "authors"

_FENCE: Final = "+++"
_LICENCE: Final = re.compile(r"^# licence: (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A work that an article follows. year: when it came out. url: its official home, "" for a
    work that has none."""

    title: str
    by: str
    year: int
    kind: SourceKind
    url: str = ""
    checked: str = "known"


@dataclass(frozen=True, slots=True)
class When:
    """Where an article may be offered. topics: of a talk. feelings: labels. situations: their keys,
    e.g. "exams.night_before". asks: phrasings by which somebody asks for just this."""

    topics: frozenset[str] = frozenset()
    feelings: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language.

    slug: its name, the same in both languages. lead: one line that says what it gives. not_when:
    when it is not offered. reviewed, reviewed_by: who last read it through and when; "authors" is
    those who wrote it. licence: SPDX name. body: Markdown.
    """

    slug: str
    title: str
    lead: str
    shelf: Shelf
    reviewed: date
    reviewed_by: str
    not_when: frozenset[Unless]
    when: When
    sources: tuple[Source, ...]
    licence: str
    body: str


def parted(text: str) -> tuple[str, str]:
    """The head and the body of a file. Raises ContentError when it has no head."""
    lines = text.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
    if not lines or lines[0].strip() != _FENCE:
        raise ContentError("the first line is not +++")
    ends = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), None)
    if ends is None:
        raise ContentError("the head is not closed by +++")
    return "\n".join(lines[1:ends]) + "\n", "\n".join(lines[ends + 1 :]).strip() + "\n"


def head_of(text: str) -> Mapping[str, Any]:
    """The fields of a head. Raises ContentError when they are no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(str(error)) from error


def read(slug: str, text: str) -> Article:
    """An article from the text of its file. Raises ContentError when it is not in the documented
    shape (docs/content.md)."""
    head, body = parted(text)
    data = head_of(head)
    try:
        return _article(slug, data, head, body)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{type(error).__name__}: {error}") from error


def _article(slug: str, data: Mapping[str, Any], head: str, body: str) -> Article:
    shelf, unless = data["shelf"], frozenset(data["not_when"])
    if shelf not in SHELVES or not unless <= set(NOT_WHEN):
        raise ValueError("shelf or not_when is not known")
    if not isinstance(data["reviewed"], date) or not body.strip():
        raise ValueError("reviewed is no date, or the body is empty")
    when = data.get("when", {})
    licence = _LICENCE.search(head)
    return Article(
        slug=slug,
        title=_text(data["title"]),
        lead=_text(data["lead"]),
        shelf=shelf,
        reviewed=data["reviewed"],
        reviewed_by=_text(data["reviewed_by"]),
        not_when=unless,
        when=When(
            topics=frozenset(map(_text, when.get("topics", ()))),
            feelings=frozenset(map(_text, when.get("feelings", ()))),
            situations=frozenset(map(_text, when.get("situations", ()))),
            asks=tuple(map(_text, when.get("asks", ()))),
        ),
        sources=tuple(_source(one) for one in data.get("source", ())),
        licence=licence[1] if licence else "",
        body=body,
    )


def _source(data: Mapping[str, Any]) -> Source:
    if data["kind"] not in SOURCE_KINDS:
        raise ValueError("the kind of a source is not known")
    return Source(
        title=_text(data["title"]),
        by=_text(data["by"]),
        year=int(data["year"]),
        kind=data["kind"],
        url=_text(data.get("url", "")),
        checked=_text(data.get("checked", "known")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value

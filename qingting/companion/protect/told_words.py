"""The words around telling one person (content/<language>/told.toml): what the young person hears
first, the letter itself, what whoever gets it sees, and reminders that say nothing.

A letter is made of a name, what to do, and what the person wrote for it. There is no way for a
talk, a score or anything else of theirs to get into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml

To = Literal["letter", "guardian"]
Lead = Literal["later", "now", "asked", "failed", "not_kept"]

_PARAGRAPH: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, word for word."""

    subject: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as they are sent."""
        return _PARAGRAPH.join(self.lines)


@dataclass(frozen=True, slots=True)
class Answering:
    """What whoever got a letter sees: how to respond, and what follows each answer."""

    title: str
    how: tuple[str, ...]
    there: str
    cannot: str
    closed: str


def letter_to(
    to: To,
    language: Language,
    *,
    name: str,
    who: str = "",
    say: str = "",
    never_tell: str = "",
    link: str,
) -> Letter:
    """The letter. to: whether to somebody they named or to a guardian. who: what the young person
    is called by them. say, never_tell: the young person's own words. Raises ContentError."""
    words = _told(language)[to]
    shared = _told(language)["letter"]
    gaps = {"name": name, "who": who or words["unnamed"][0], "link": link}
    lines = [*words["hello"], *words["what"]]
    filled = [_filled(line, gaps) for line in lines]
    if say:
        filled.append(_filled(shared["say"][0], {"words": say}))
    if never_tell:
        filled.append(_filled(shared["never_tell"][0], {"words": never_tell}))
    filled += [_filled(line, gaps) for line in (*words["answer"], *words["why_you"])]
    return Letter(
        _filled(words["subject"][0], gaps), tuple(line[:1].upper() + line[1:] for line in filled)
    )


def lead(which: Lead, language: Language, seed: str, **gaps: str) -> str:
    """What the young person is told; which of its variants is fixed by the seed."""
    variants = _told(language)["lead"][which]
    return _filled(variants[sum(seed.encode()) % len(variants)], gaps)


def reminder(language: Language, seed: str, link: str) -> Letter:
    """A reminder that says nothing of what it is."""
    words = _told(language)["reminder"]
    subjects = words["subject"]
    lines = tuple(_filled(line, {"link": link}) for line in words["body"])
    return Letter(subjects[sum(seed.encode()) % len(subjects)], lines)


def answering(language: Language) -> Answering:
    """The words of the page behind the link."""
    words = _told(language)["answer"]
    return Answering(
        title=words["title"][0],
        how=tuple(words["how"]),
        there=words["there"][0],
        cannot=words["cannot"][0],
        closed=words["closed"][0],
    )


@cache
def _told(language: Language) -> dict[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "told.toml")


def _filled(line: str, gaps: dict[str, str]) -> str:
    """A line with its gaps filled. What fills one stays on one line, and is not looked through for
    gaps itself."""
    pieces = line.split("{")
    told = [pieces[0]]
    for piece in pieces[1:]:
        gap, _, rest = piece.partition("}")
        told += [" ".join(gaps[gap].split()), rest]
    return "".join(told)

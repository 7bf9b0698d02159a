"""What an answer in a safety conversation tells, in a person's own words.

The ways to say it are content (content/lexicon/telling.toml), readable and changeable without
touching code. What no pattern reads stays untold: the question is asked again, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qingting.companion.protect.naming import (
    BREAK,
    could_know,
    denied,
    hurt_by,
    listed,
    means_named,
    parts,
    people_named,
    person_named,
    role_of,
    supposed,
)
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.words.fragments import against_self

__all__ = [
    "FACETS",
    "could_know",
    "hurt_by",
    "means_named",
    "people_named",
    "person_named",
    "role_of",
    "told",
]

# Longer than this is a telling, not an answer; it is read on its own words.
_ANSWER: Final = 60
_CLAUSE: Final = re.compile(r"[,:，、]")
_SENTENCE: Final = re.compile(r"[^。.!?;\n…]+[。.!?;\n…]*")
_LATIN: Final = re.compile(r"[a-z]")


def _same() -> dict[str, str]:
    return {str(one): str(other) for one, other in table("telling")["same"].items()}


# Every facet whose answers must be read; others are answered by whatever comes.
FACETS: Final[frozenset[str]] = frozenset(
    {str(one["facet"]) for one in table("telling")["tells"]} | set(_same())
) - frozenset(str(facet) for facet in table("telling")["any_answer"])
_READABLE: Final = FACETS | frozenset(str(facet) for facet in table("telling")["any_answer"])
# Told over a full stop: "i tried once. last night."
_FLOWING: Final = frozenset({"attempt"})
# What somebody took or did is never passed over, in whatever quotation marks.
_EVEN_QUOTED: Final = frozenset({"act", "awake"})
_QUOTED: Final = re.compile(
    r"“[^”\n]{2,200}”|「[^」\n]{2,200}」|『[^』\n]{2,200}』|\"[^\"\n]{2,200}\""
    r"|(?<!\w)'(?=\S)[^'\n]{0,200}(?:'(?=\w)[^'\n]{0,200}){0,6}(?<=\S)'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The same thing said with and without Chinese characters; only what can match is tried."""

    han: re.Pattern[str] | None
    latin: re.Pattern[str] | None

    def place(self, said: _Sentence, *, meant: bool = True) -> int | None:
        """Where it is said, or None. meant: only where nothing right before it denies it."""
        for pattern, there in ((self.han, said.han), (self.latin, said.latin)):
            if pattern is None or not there:
                continue
            for match in pattern.finditer(said.text):
                start = match.start()
                if meant and (denied(said.text, start) or supposed(said.text, start)):
                    continue
                return start
        return None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A piece of clean text, and which scripts are in it."""

    text: str
    han: bool
    latin: bool


@dataclass(frozen=True, slots=True)
class _Tell:
    """One value of one facet. rank: its place in the file, the gravest first. over: values that
    it takes back when said after them. unless: what in the same clause makes it not so."""

    rank: int
    facet: str
    value: str
    answer: _Patterns
    own: _Patterns
    unless: _Patterns
    over: frozenset[str]


def told(text: str, asked: str | None) -> dict[str, str]:
    """Reads facet -> value from a message. text: as typed, of any length. asked: the facet our
    last reply asked about, or None; short answers count for it alone."""
    clean = cleaned(text).text.strip()
    if not clean:
        return {}
    heard: dict[str, _Tell] = {}
    mine = _unquoted(clean)
    for piece in _SENTENCE.findall(mine):
        _read(_sentence(piece), heard, _tells(), answers=False)
    _read(_sentence(mine), heard, _of(_FLOWING), answers=False)
    if mine != clean:
        for piece in _SENTENCE.findall(clean):
            _read(_sentence(piece), heard, _of(_EVEN_QUOTED), answers=False)
    found = {facet: tell.value for facet, tell in heard.items()}
    if asked is not None and asked in _READABLE:
        value = _answer(mine, text, _same().get(asked, asked))
        if value is not None:
            found[asked] = value
    return found


def _unquoted(clean: str) -> str:
    """The text without what it quotes: a sentence somebody else said, or a draft, is no answer of
    their own. A text that is nothing but a quotation stays."""
    left = _QUOTED.sub(" … ", clean)
    return left if re.search(r"\w", left) else clean


def _answer(clean: str, text: str, asked: str) -> str | None:
    """The value of the facet that was asked about, or None when nothing answers it."""
    heard: dict[str, _Tell] = {}
    mine = [tell for tell in _tells() if tell.facet == asked]
    if len(clean) > _ANSWER:
        for piece in _SENTENCE.findall(clean):
            _read(_sentence(piece), heard, mine, answers=False)
    else:
        _read(_sentence(clean), heard, mine, answers=True)
        if not heard and asked == "who" and _somebody_to_tell(text):
            return "named"
        # "I don't know, my sister maybe": what keeps them may come after the comma.
        for clause in () if heard or asked == "kept_going" else BREAK.split(clean):
            _read(_sentence(clause), heard, mine, answers=True)
    if asked in heard:
        return heard[asked].value
    refused = listed("guard", "refusal").search(clean) is not None
    blames = against_self(text)
    if asked == "kept_going" and _substantial(clean) and not (refused or blames):
        return "told"
    return None


def _somebody_to_tell(text: str) -> bool:
    """Whether somebody is named who is not said to hurt them."""
    named = person_named(text)
    return named is not None and role_of(named) not in hurt_by(text)


def _read(
    said: _Sentence, heard: dict[str, _Tell], tells: Sequence[_Tell], *, answers: bool
) -> None:
    """Puts what one piece tells into `heard`: the graver value stays, unless it is taken back."""
    places: dict[str, int] = {}
    for tell in tells:
        before = heard.get(tell.facet)
        taken_back = before is not None and before.value in tell.over
        if before is not None and before.rank <= tell.rank and not taken_back:
            continue
        place = tell.own.place(said)
        if place is None and answers:
            place = tell.answer.place(said)
        if place is None or (taken_back and place < places.get(tell.facet, -1)):
            continue
        around = said if answers else _clause(said, place)
        if tell.unless.place(around, meant=False) is not None:
            continue
        heard[tell.facet] = tell
        places[tell.facet] = place


def _sentence(text: str) -> _Sentence:
    text = text.strip()
    return _Sentence(text, has_han(text), _LATIN.search(text) is not None)


def _clause(said: _Sentence, place: int) -> _Sentence:
    """The clause of a sentence that a place is in."""
    breaks = BREAK if said.han else _CLAUSE
    start = max((m.end() for m in breaks.finditer(said.text, 0, place)), default=0)
    after = breaks.search(said.text, place)
    return _sentence(said.text[start : after.start() if after else None])


def _substantial(clean: str) -> bool:
    if has_han(clean):
        return len(clean) >= 4
    return len(clean.split()) >= 3


@lru_cache(maxsize=4)
def _of(facets: frozenset[str]) -> tuple[_Tell, ...]:
    return tuple(tell for tell in _tells() if tell.facet in facets)


@lru_cache(maxsize=1)
def _tells() -> tuple[_Tell, ...]:
    """Raises LexiconError when a pattern cannot be used."""
    return tuple(
        _Tell(
            rank,
            one["facet"],
            one["value"],
            _compiled(one.get("answer", [])),
            _compiled(one.get("own", [])),
            _compiled(one.get("unless", [])),
            frozenset(one.get("over", ())),
        )
        for rank, one in enumerate(table("telling")["tells"])
    )


def _compiled(patterns: list[str]) -> _Patterns:
    groups: dict[bool, list[str]] = {True: [], False: []}
    for pattern in patterns:
        groups[_needs_han(pattern)].append(pattern)
    return _Patterns(
        alternatives(groups[True], parts()) if groups[True] else None,
        alternatives(groups[False], parts()) if groups[False] else None,
    )


def _needs_han(pattern: str) -> bool:
    return has_han(pattern) or "_zh}" in pattern

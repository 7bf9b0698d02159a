"""Finds where a text speaks of danger: the rules of content/lexicon, run over one view.

A rule says what words together mean for one kind of danger. Whether the person means it, of
themselves, now, is decided afterwards (frames, subject). A rule may keep examples for the tests:
`hear`, `leave`, and `before`, what the person had said a turn earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, cast

from qingting.companion.understand.lexicon import (
    LexiconError,
    alternatives,
    expand,
    shared_parts,
    table,
)
from qingting.companion.understand.reading import KINDS, LEVELS, Kind, Level, Mark, rank

FILES: Final = (
    "suicide_zh",
    "suicide_en",
    "self_harm",
    "violence",
    "abuse",
    "sexual_violence",
    "exploitation",
    "substance",
    "eating_disorder",
    "psychosis",
    "mania",
    "panic",
)
# Takes the place of an idiom: a character no rule matches, so that 笑死 is not read as 死.
BLANK: Final = "\ue000"
# One sentence pasted a thousand times is judged as if pasted sixty times.
_FIRST: Final = 40
_LAST: Final = 20
_ALL_FRAMES: Final = ("denied", "past", "joked", "fictional", "academic", "quoted", "third_person")


Writing = Literal["han", "latin"]
# Patterns by the writing they need: half of a message's time went into Chinese rules over English
# text and the other way round.
Find = tuple[tuple[Writing | None, re.Pattern[str]], ...]
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile("[a-z]", re.IGNORECASE)
# In a pattern: words of letters, apart from classes such as \\b and \\w.
_LATIN_WORD: Final = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{2,}|\\[bwW]")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that together mean a danger.

    alone: the level when nothing else in the message or the turns before speaks of danger.
    frames: the ways of meaning it otherwise that may lower it; empty for a rule that stands.
    owner: "self" where the words themselves name the person as the one in danger, "other" where
        they name somebody else, None where the sentence must be asked.
    sure: the trained heads may not doubt it where nothing lowers it.
    """

    name: str
    kind: Kind
    level: Level
    alone: Level
    frames: tuple[Mark, ...]
    owner: str | None
    find: Find
    sure: bool = False

    def places(self, text: str, writing: frozenset[Writing]) -> list[re.Match[str]]:
        """Where its words stand in a text. writing: what the text is written in."""
        return [
            match
            for needs, pattern in self.find
            if needs is None or needs in writing
            for match in pattern.finditer(text)
            if match.end() > match.start()
        ]


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that matched text[start:end] of a view."""

    rule: Rule
    start: int
    end: int


def masked(text: str) -> str:
    """The text with idioms blanked out, at the same length."""
    return _idioms().sub(lambda match: BLANK * len(match[0]), text)


def find(text: str) -> Iterator[Hit]:
    """Every place where a rule matches the text, idioms left out."""
    readable = masked(text)
    writing = writing_of(readable)
    for rule in rules():
        matches = rule.places(readable, writing)
        if len(matches) > _FIRST + _LAST:
            matches = [*matches[:_FIRST], *matches[-_LAST:]]
        for match in matches:
            yield Hit(rule, match.start(), match.end())


def writing_of(text: str) -> frozenset[Writing]:
    """What a text is written in."""
    found: list[Writing] = ["han"] if _HAN.search(text) else []
    return frozenset([*found, "latin"] if _LATIN.search(text) else found)


def _needs(pattern: str) -> Writing | None:
    """The writing without which a pattern finds nothing; None where that cannot be said."""
    han, latin = _HAN.search(pattern), _LATIN_WORD.search(pattern)
    if han and latin:
        return None
    return "han" if han else "latin" if latin else None


def _by_writing(patterns: Sequence[str], parts: Mapping[str, str]) -> Find:
    """Patterns of the same need compiled as one."""
    whole = [(pattern, _needs(expand(pattern, parts))) for pattern in patterns]
    needs: tuple[Writing | None, ...] = ("han", "latin", None)
    return tuple(
        (need, alternatives([p for p, one in whole if one == need], parts))
        for need in needs
        if any(one == need for _, one in whole)
    )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All the rules, the gravest first. Raises LexiconError for one that cannot be used."""
    loaded = [rule for file in FILES for rule in _rules_of(file)]
    return tuple(sorted(loaded, key=lambda rule: -rank(rule.level)))


@lru_cache(maxsize=1)
def _idioms() -> re.Pattern[str]:
    return alternatives(table("idioms")["idioms"], shared_parts())


def _rules_of(file: str) -> Iterator[Rule]:
    content = table(file)
    parts = {**shared_parts(), **content.get("parts", {})}
    for entry in content["rule"]:
        yield _rule(file, entry, parts)


def _rule(file: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    name, kind, level = entry["name"], entry["kind"], entry["level"]
    alone, frames = entry.get("alone", level), tuple(entry.get("frames", _ALL_FRAMES))
    if kind not in KINDS or level not in LEVELS or alone not in LEVELS:
        raise LexiconError(f"{file}.toml, rule {name!r}: unknown kind or level")
    if not set(frames) <= set(_ALL_FRAMES):
        raise LexiconError(f"{file}.toml, rule {name!r}: unknown frame in {frames}")
    return Rule(
        name=name,
        kind=kind,
        level=level,
        alone=alone,
        frames=cast("tuple[Mark, ...]", frames),
        owner=entry.get("owner"),
        find=_by_writing(entry["find"], parts),
        sure=bool(entry.get("sure", not frames)),
    )

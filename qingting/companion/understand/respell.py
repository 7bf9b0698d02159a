"""The ways of writing that stand for other words, as data, and when each is believed.

content/lexicon/respell.toml holds spellings with one life; content/lexicon/coded.toml words with
two, together with what around them decides which life is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.understand.clean import Clean
from qingting.companion.understand.lexicon import alternatives, expand, shared_parts, table

Speech = Literal["chinese", "english"]

# How far around a word its company is looked for.
_NEAR: Final = 48
_STOP: Final = re.compile(r"[。!?;\n…]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Respelling:
    """One hidden way of writing and what it says in plain words. All patterns are compiled when
    they are first needed: a message needs few of them.

    cue: letters that stand in every match; most messages are done with looking for them. needs:
    must stand near the match. unless: must not stand in its sentence, except where `grave` words
    stand there too. Empty where the spelling alone is enough.
    """

    find: str
    to: str
    cue: str
    needs: str
    unless: str
    grave: str

    def __call__(self, match: re.Match[str]) -> str | None:
        """The plain words for a match, or None where its other life is meant."""
        if not self.needs and not self.unless:
            return self.to
        before, after = _sides(match)
        if self.needs and not _compiled(self.needs).search(f"{before}\n{after}"):
            return None
        if self.unless:
            sentence = f"{_STOP.split(before)[-1]}\n{_STOP.split(after, maxsplit=1)[0]}"
            playful = _compiled(self.unless).search(sentence)
            if playful and not _compiled(self.grave).search(sentence):
                return None
        return self.to


def respelled(clean: Clean, speech: Speech) -> Clean:
    """The text with the hidden writings of one language put in plain words."""
    for respelling in _respellings(speech):
        if respelling.cue in clean.text:
            clean = clean.rewrite(_compiled(respelling.find), respelling)
    return clean


def patterns(speech: Speech) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of one language with its cue. Raises LexiconError for one that cannot be
    used; while messages are read patterns are compiled only as they are needed."""
    for respelling in _respellings(speech):
        for company in (respelling.needs, respelling.unless, respelling.grave):
            _compiled(company)
        yield respelling.cue, _compiled(respelling.find)


def cue_of(pattern: str) -> str:
    """The longest piece of plain letters that every match of a regular expression contains; empty
    where that cannot be read off it (groups, classes and what may be left out are passed over)."""
    pieces, piece, place = [""], "", 0
    while place < len(pattern):
        letter, step = pattern[place], 1
        if letter == "|":
            return ""
        if letter in "([{":
            step = _closing(pattern, place) - place + 1
        literal = letter not in r"\([{.^$?*+)" or pattern[place : place + 2] in _PLAIN
        if letter == "\\":
            step, letter = 2, pattern[place + 1]
        following = pattern[place + step : place + step + 1]
        if literal and (not following or following not in "?*{"):
            piece += letter
        if not literal or (following and following in "?*{+"):
            pieces.append(piece)
            piece = ""
        place += step
    return max([*pieces, piece], key=len)


_PLAIN: Final = frozenset({r"\.", r"\*", r"\+", r"\?", r"\(", r"\)", r"\[", r"\|", r"\^", r"\$"})
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}


def _closing(pattern: str, place: int) -> int:
    """Where the group, class or count that opens at `place` ends."""
    opening, depth = pattern[place], 0
    here = place
    while here < len(pattern):
        letter = pattern[here]
        if letter == "\\":
            here += 1
        elif letter == "[" and opening == "(":
            here = _closing(pattern, here)
        elif letter == opening and (opening != "[" or here == place):
            depth += 1
        elif letter == _PAIRS[opening]:
            depth -= 1
            if depth == 0:
                return here
        here += 1
    return len(pattern) - 1


def _sides(match: re.Match[str]) -> tuple[str, str]:
    """What stands near a match, before and after it."""
    begin, end = match.span()
    return match.string[max(0, begin - _NEAR) : begin], match.string[end : end + _NEAR]


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    # A line's end ends a wish as a text's end does.
    return alternatives([f"(?m:{pattern})"], {})


@lru_cache(maxsize=2)
def _respellings(speech: Speech) -> tuple[_Respelling, ...]:
    return tuple(_read(speech))


def _read(speech: Speech) -> Iterator[_Respelling]:
    coded = table("coded")
    parts = {**shared_parts(), **coded["parts"]}
    grave = expand(coded["grave"][speech], parts)
    for entry in (*table("respell")[speech], *coded[speech]):
        for pattern in entry["find"]:
            find = expand(pattern, parts)
            needs = expand(entry.get("needs", ""), parts)
            unless = expand(entry.get("unless", ""), parts)
            yield _Respelling(find, entry["to"], cue_of(find), needs, unless, grave)

"""English words made unreadable on purpose: k1ll, su*cide, s-u.ic_ide, *die*, ki11, t00k th3m.

Marks and stars are undone only where a listed word appears (content/lexicon/respell.toml), so
that prices, names and addresses stay what they are. Digits inside a word are read as letters; in a
text full of them, digits at the edges of words too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qingting.companion.understand.clean import Clean
from qingting.companion.understand.lexicon import table

_LETTER: Final = r"a-z0-9$@!|€£¢"
_JOINT: Final = r"*#._~/\\^\-"
# A word as typed: letters and what stands for letters, with marks inside, before and after it.
_TOKEN: Final = re.compile(rf"[{_LETTER}{_JOINT}]{{2,40}}")
_MARKS: Final = re.compile(rf"[{_JOINT}]+")
_TRAILING: Final = ".!|*#~-_/"
_EMPHASIS: Final = re.compile(r"[*_~]{1,3}([a-z]+)[*_~]{1,3}")
# One sign for i and l, since 1, ! and | may be either.
_FOLD: Final = str.maketrans("l1!|£0345$@789€¢", "iiiiioeassatbgec")
_STARS: Final = re.compile(r"([a-z]+)([*#/%]{1,5})([a-z]*)")
# A starred word of this length or more is known even when the stars are too few or too many.
_LONG: Final = 6
# 1 and 0 inside a word stand for the letters they look like.
_INSIDE: Final = re.compile(r"(?<=[a-z])(?:[10345$@€]{1,2}|!)(?=[a-z])|(?<!\w)\$(?=[a-z]{3})")
_SIGN: Final = re.compile(r"[0-9!$@€]")
_DIGITS: Final = str.maketrans("1!0345@$€", "iioeasase")
# In a text with so many of them, digits that begin or end a word are letters as well.
_MANY: Final = 3
_ANYWHERE: Final = re.compile(
    r"(?<![\w$@])(?!\d+(?:st|nd|rd|th|am|pm|k|x|hrs?|mins?|s|d)?(?![\w$@]))"
    r"(?=[\w$@!€]*[a-z])[a-z0-9$@€]*[10345$@€][a-z0-9$@!€]*(?<!!)|(?<![\w.:])1(?= [a-z])"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """folded: each word by its folded letters. exact: those that need a sign that is no letter,
    because another word looks like them. starred: those known by their first and last letters."""

    folded: Mapping[str, str]
    exact: frozenset[str]
    starred: tuple[str, ...]


def uncovered(clean: Clean) -> Clean:
    """The text with disguised words of the list written plainly."""
    return clean.rewrite(_TOKEN, _word)


def lettered(clean: Clean) -> Clean:
    """The text with the letters that digits and signs inside words stand for."""
    if not _SIGN.search(clean.text):
        return clean
    if len(_INSIDE.findall(clean.text)) >= _MANY:
        clean = clean.rewrite(_ANYWHERE, _letters)
    return clean.rewrite(_INSIDE, _letters)


def _letters(match: re.Match[str]) -> str:
    letters = match[0].translate(_DIGITS)
    # Two in a row are two letters (t00k); a doubled i is a doubled l (ki11).
    return letters.replace("ii", "ll")


def _word(match: re.Match[str]) -> str | None:
    return _known(match[0])


@lru_cache(maxsize=8192)
def _known(token: str) -> str | None:
    """The plain word a token stands for; None when it is not disguised or not of the list."""
    words = _words()
    if token.isalpha() and token.isascii():
        plain = words.folded.get(token.translate(_FOLD))
        return None if plain in (None, token) or plain in words.exact else plain
    emphasis = _EMPHASIS.fullmatch(token)
    if emphasis:
        return words.folded.get(emphasis[1].translate(_FOLD), emphasis[1])
    for core in (token.rstrip(_TRAILING), token):
        found = words.folded.get(_MARKS.sub("", core).translate(_FOLD))
        if found is not None:
            return None if core == found else found + token[len(core) :]
    stars = _STARS.fullmatch(token.rstrip(".!"))
    return _starred(stars[1], len(stars[2]), stars[3]) if stars else None


def _starred(begin: str, hidden: int, end: str) -> str | None:
    """The one listed word that begins and ends so; None when there are none or several."""
    found = [
        word
        for word in _words().starred
        if word.startswith(begin) and word.endswith(end) and _fits(len(word), begin, hidden, end)
    ]
    return found[0] if len(found) == 1 else None


def _fits(length: int, begin: str, hidden: int, end: str) -> bool:
    shown = len(begin) + len(end)
    if length == shown + hidden:
        return bool(end) or len(begin) > 1
    return length >= _LONG and length > shown >= _LONG // 2 and bool(end)


@lru_cache(maxsize=1)
def _words() -> _Words:
    listed = table("respell")["disguised"]
    folded = {
        _MARKS.sub("", word.replace(" ", "")).translate(_FOLD): word for word in listed["words"]
    }
    return _Words(folded, frozenset(listed["exact"]), tuple(listed["starred"]))

"""Chinese words of which one character is typed in letters: 跳lou, t楼, 割 wan, 强j, yi书.

The words and their sounds are listed in content/lexicon/respell.toml. At least one character must
still be Chinese, or the whole of a grave word be spelled out inside a Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from qingting.companion.understand.clean import Clean, has_han
from qingting.companion.understand.lexicon import table

_LETTERS: Final = re.compile(r"[a-z]+")


def spelled_out(clean: Clean) -> Clean:
    """The text with half-spelled Chinese words written in characters."""
    if not has_han(clean.text):
        return clean
    typed = set(_LETTERS.findall(clean.text))
    if not typed & _pieces():
        return clean
    return clean.rewrite(_pattern(), _word)


def _word(match: re.Match[str]) -> str | None:
    word = _words()[int(str(match.lastgroup)[1:])]
    letters = "".join(_LETTERS.findall(match[0]))
    if not letters:
        return None
    if has_han(match[0]):
        return word
    grave = word in _table("initials") and word not in table("respell")["pinyin"]["not_whole"]
    return word if grave and letters == _sounds()[word].replace(" ", "") else None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    alternatives = (f"(?P<w{place}>{_spellings(word)})" for place, word in enumerate(_words()))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(alternatives)})(?![a-z])")


def _spellings(word: str) -> str:
    """Every character as itself, as its sound or, where the list allows it, its first letter."""
    initials = word in _table("initials")
    parts = [
        f"(?:{letter}|{sound}{'|' + sound[0] if initials else ''})"
        for letter, sound in zip(word, _sounds()[word].split(), strict=True)
    ]
    return " ?".join(parts)


@lru_cache(maxsize=1)
def _pieces() -> frozenset[str]:
    """Every run of letters that may be part of a listed word."""
    return frozenset(piece for word in _words() for piece in _runs(word))


def _runs(word: str) -> Iterator[str]:
    sounds = _sounds()[word].split()
    initials = word in _table("initials")
    for begin in range(len(sounds)):
        for end in range(begin + 1, len(sounds) + 1):
            yield "".join(sounds[begin:end])
            if initials:
                yield "".join(sound[0] for sound in sounds[begin:end])


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    return tuple(sorted(_sounds(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _sounds() -> Mapping[str, str]:
    return {**_table("initials"), **_table("sounds")}


def _table(name: str) -> Mapping[str, str]:
    sounds: Mapping[str, str] = table("respell")["pinyin"][name]
    return sounds

"""Undoes the ways of writing that hide a word: split letters, homophones, initials, masks.

What counts as a respelling is data (content/lexicon/respell.toml), with both lives of a word
where it has two. Nothing here decides about danger; it only makes words readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qingting.companion.understand.clean import Clean, has_han
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
# Marks that end or pause a sentence are not tricks: they stay, so that two thoughts stay two.
_PAUSE: Final = r",。!?;:、\n…()\[\]\"“”‘’《》「」"
# Anything else, up to three marks, between two Chinese characters: 自.杀, 自 杀, 自🔪杀.
_SPLIT_HAN: Final = re.compile(rf"(?<=[{_HAN}])[^\w{_PAUSE}]{{1,3}}(?=[{_HAN}])")
# The same mark between single characters, three or more in a row: s u i c i d e, 不,想,活.
_SPLIT_RUN: Final = re.compile(
    rf"(?<![a-z'])[a-z{_HAN}]([^\w\n])\1{{0,2}}[a-z{_HAN}](?:\1{{1,3}}[a-z{_HAN}])+(?![a-z'])"
)
# Two views differ only where one of these is present; most messages have neither.
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_MIXED: Final = re.compile(
    rf"(?<=[{_HAN}])[a-z][a-z']{{2,20}}|(?<![a-z'])[a-z][a-z']{{2,20}}(?=[{_HAN}])"
)
# 1 and 0 inside a word stand for the letters they look like.
_LEET: Final = re.compile(r"(?<=[a-z])[10345!$@](?=[a-z])|(?<![\w])\$(?=[a-z]{3})")
_LEET_LETTER: Final = {
    "1": "i", "!": "i", "0": "o", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Respelling:
    """One hidden way of writing: where it is found and what it says in plain words."""

    find: re.Pattern[str]
    to: str


def views(clean: Clean) -> tuple[Clean, ...]:
    """The text as one reader after another would read it: one view, or two where marks were
    put between letters. Each is to be searched; the worst reading counts."""
    plain = _respelled(_untricked(clean))
    glued = _SPLIT_HAN.sub("", clean.text) != clean.text or _SPLIT_RUN.search(clean.text)
    if not glued:
        return (plain,)
    tight = clean.rewrite(_SPLIT_RUN, _letters_only).rewrite(_SPLIT_HAN, lambda _: "")
    return (plain, _respelled(_untricked(tight)))


def pinyin_is_chinese(clean: Clean) -> bool:
    """True when a text without Chinese characters reads as Chinese once respelled."""
    return not has_han(clean.text) and has_han(_respelled(clean).text)


def _letters_only(match: re.Match[str]) -> str:
    return match[0].replace(match[1], "")


def _untricked(clean: Clean) -> Clean:
    shorter = clean.rewrite(_STRETCHED, lambda match: match[1])
    return shorter.rewrite(_LEET, lambda match: _LEET_LETTER[match[0]])


def _respelled(clean: Clean) -> Clean:
    for respelling in _respellings("chinese"):
        clean = clean.rewrite(respelling.find, _constant(respelling.to))
    # English words are looked for between word edges, which Chinese characters do not give.
    clean = clean.rewrite(_MIXED, lambda match: f" {match[0]} ")
    for respelling in _respellings("english"):
        clean = clean.rewrite(respelling.find, _constant(respelling.to))
    return clean


def _constant(to: str) -> _Constant:
    return _Constant(to)


@dataclass(frozen=True, slots=True)
class _Constant:
    """Says the same plain word for every match."""

    to: str

    def __call__(self, match: re.Match[str]) -> str:
        return self.to


@lru_cache(maxsize=2)
def _respellings(language: str) -> tuple[_Respelling, ...]:
    return tuple(
        _Respelling(alternatives(entry["find"], shared_parts()), str(entry["to"]))
        for entry in table("respell")[language]
    )

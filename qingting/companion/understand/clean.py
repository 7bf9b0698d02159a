"""Text made comparable while every character remembers where it was typed.

A `Clean` is a rewritten text with, for each of its characters, the half-open range of the
original it stands for. All matching happens on it; evidence is mapped back through it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import opencc

from qingting.companion.understand.lookalikes import LOOKALIKES
from qingting.companion.understand.reading import Span

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032\u00b4"), "'")
_KEPT_CONTROLS: Final = "\n\t"
_DROPPED: Final = frozenset({"Cf", "Mn", "Me", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Clean:
    """A comparable text. starts and ends: for each character, its range in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original range of text[start:end]; start < end is required."""
        return Span(self.starts[start], self.ends[end - 1])

    def rewrite(self, pattern: re.Pattern[str], to: Callable[[re.Match[str]], str | None]) -> Clean:
        """Each match replaced by `to(match)`, or left as it is where that is None; the new
        characters all point at the whole match."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            if match.start() == match.end():
                continue
            new = to(match)
            if new is None:
                continue
            parts.append(self.text[done : match.start()])
            starts.extend(self.starts[done : match.start()])
            ends.extend(self.ends[done : match.start()])
            parts.append(new)
            starts.extend([self.starts[match.start()]] * len(new))
            ends.extend([self.ends[match.end() - 1]] * len(new))
            done = match.end()
        if done == 0:
            return self
        parts.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Clean("".join(parts), tuple(starts), tuple(ends))


def has_han(text: str) -> bool:
    """True when there is at least one Chinese character."""
    return _HAN.search(text) is not None


def cleaned(original: str) -> Clean:
    """Lower case, half width, simplified, without accents, invisible or look-alike characters."""
    if original.isascii() and original.isprintable():
        places = tuple(range(len(original) + 1))
        return Clean(original.lower(), places[:-1], places[1:])
    letters: list[str] = []
    starts: list[int] = []
    for place, typed in enumerate(original):
        plain = _plain(typed)
        letters.append(plain)
        starts.extend([place] * len(plain))
    text = _simplified("".join(letters))
    return Clean(text, tuple(starts), tuple(start + 1 for start in starts))


@lru_cache(maxsize=8192)
def _plain(typed: str) -> str:
    """One typed character as zero or more plain ones. Cached per character, never per text."""
    if "一" <= typed <= "鿿" or typed in _KEPT_CONTROLS:
        return typed
    if typed in "\r\u0085\u2028\u2029":
        return "\n"
    if typed == "…":
        return "…"
    opened = unicodedata.normalize("NFKD", typed.translate(LOOKALIKES)).lower()
    opened = unicodedata.normalize("NFKD", opened).translate(LOOKALIKES)
    opened = opened.translate(_APOSTROPHES)
    return "".join(
        " " if unicodedata.category(letter) == "Zs" else letter
        for letter in opened
        if unicodedata.category(letter) not in _DROPPED and unicodedata.category(letter) != "Cc"
    )


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=8192)
def _simplified_letter(letter: str) -> str:
    plain = str(_converter().convert(letter))
    return plain if len(plain) == 1 else letter


def _simplified(text: str) -> str:
    """Simplified characters, of the same length, so that places stay true."""
    if not has_han(text):
        return text
    whole = str(_converter().convert(text))
    if len(whole) == len(text):
        return whole
    return "".join(_simplified_letter(letter) for letter in text)

"""Runs of digits in a text, however they are written: 400-123, ４００, 四零零, nine one one.

A chunk is written without a break; a run is chunks of one writing with at most spaces, a hyphen,
a dot or brackets between them. What a run means is decided in `numbers`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Writing = Literal["figures", "han", "words"]

_HAN_VALUES: Final = (
    "零〇", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖",
)  # fmt: skip
_HAN: Final = {char: str(value) for value, chars in enumerate(_HAN_VALUES) for char in chars}
_ENGLISH: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# Beside these a Han numeral is a quantity (三百, 第二), and 一 is part of a word (统一, 一定).
_QUANTITY: Final = frozenset("十百千万亿第几两")
_BEFORE_YI: Final = frozenset("统万唯单逐")
_AFTER_YI: Final = frozenset("定直起下个样般些点会旦边切次声句遍种位时")

# What is skipped inside a number: zero-width marks and the frame of keycap signs.
_HIDDEN: Final = "\u200b-\u200f\u2060\ufeff\ufe0f\u20e3"
_HYPHENS: Final = r"\-\u2010-\u2013\u2212\uff0d"  # no long dash: that one parts sentences
_SPACE: Final = rf"[ \t\u00a0\u3000{_HIDDEN}]{{0,3}}"
# A bracket may close after a chunk, or open before one it closes again: (021) 5550, 1 (555) 01.
_GAP: Final = re.compile(
    rf"{_SPACE}[{_HYPHENS}·]?{_SPACE}|\.|[)）]{_SPACE}[{_HYPHENS}]?{_SPACE}|{_SPACE}\({_SPACE}"
)
_TIGHT: Final = re.compile(rf"[{_HYPHENS}·.]")
_CHUNK: Final = re.compile(
    rf"(?P<figures>[0-9](?:[0-9{_HIDDEN}]*[0-9])?)"
    rf"|(?P<han>[{''.join(_HAN)}]+)"
    rf"|(?P<words>\b(?:{'|'.join(_ENGLISH)})\b)",
    re.IGNORECASE,
)

# Dates, spans of years, times, amounts with commas, decimals: read first and never called. One
# dot makes a decimal; two may part a phone number.
_YEAR: Final = "(?:19|20)[0-9]{2}"
_ORDINARY: Final = re.compile(
    rf"(?<![0-9])(?:{_YEAR}[{_HYPHENS}./](?:0?[1-9]|1[0-2])[{_HYPHENS}./](?:[12][0-9]|3[01]|0?[1-9])"
    rf"|[0-3]?[0-9][{_HYPHENS}./][0-3]?[0-9][{_HYPHENS}./]{_YEAR}"
    rf"|{_YEAR} ?[{_HYPHENS}~] ?{_YEAR}"
    r"|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?"
    r"|[0-9]{1,3}(?:,[0-9]{3})+"
    r"|(?<!\.)[0-9]+\.[0-9]+(?!\.[0-9]))(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Digits written without a break: `digits` in western figures, standing at text[start:end]."""

    start: int
    end: int
    digits: str
    writing: Writing


Run = tuple[Chunk, ...]


def runs(text: str) -> list[Run]:
    """Every run of chunks in the text, from left to right; dates, times and amounts left out."""
    plain = _ORDINARY.sub(lambda match: "\n" * len(match[0]), western(text))
    found: list[Run] = []
    current: list[Chunk] = []
    for chunk in _chunks(plain):
        if current and not _joined(plain, current[-1], chunk):
            found.append(tuple(current))
            current = []
        current.append(chunk)
    if current:
        found.append(tuple(current))
    return found


def tight(text: str, left: Chunk, right: Chunk) -> bool:
    """True when nothing but a hyphen or a dot parts two chunks of a run: 400-123, not 400 123."""
    return _TIGHT.fullmatch(text, left.end, right.start) is not None


def only_digits(number: str) -> str:
    """The digits of a number as people write it, in western figures."""
    return "".join(char for char in western(number) if char in "0123456789")


def western(text: str) -> str:
    """The text with the figures of every script (full-width, Arabic, ...) as 0-9; same length."""
    if text.isascii():
        return text
    return "".join(
        char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char))
        for char in text
    )


def _chunks(plain: str) -> Iterator[Chunk]:
    for match in _CHUNK.finditer(plain):
        start, end = match.span()
        if match["figures"]:
            yield Chunk(start, end, only_digits(match[0]), "figures")
        elif match["words"]:
            yield Chunk(start, end, str(_ENGLISH.index(match[0].lower())), "words")
        else:
            yield from _han_chunk(plain, start, end)


def _han_chunk(plain: str, start: int, end: int) -> Iterator[Chunk]:
    """The dialled part of a string of Han numerals, if any."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if before in _QUANTITY or after in _QUANTITY:
        return
    if plain[start] == "一" and before in _BEFORE_YI:
        start += 1
    if end > start and plain[end - 1] == "一" and after in _AFTER_YI:
        end -= 1
    if end > start:
        yield Chunk(start, end, "".join(_HAN[char] for char in plain[start:end]), "han")


def _joined(plain: str, left: Chunk, right: Chunk) -> bool:
    gap = plain[left.end : right.start]
    if left.writing != right.writing or _GAP.fullmatch(gap) is None:
        return False
    return "(" not in gap or plain[right.end : right.end + 1] == ")"

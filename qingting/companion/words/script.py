"""Simplified to traditional characters, for people who read or write traditional Chinese."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from qingting.companion.person import Person


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(name: str) -> _Converter:
    import opencc  # 25 ms; only people who need it pay for it

    converter: _Converter = opencc.OpenCC(name)
    return converter


def in_script(text: str, person: Person, *, wrote: str = "") -> str:
    """Chinese text in the characters of this person: traditional (Taiwan or Hong Kong forms) when
    their locale says so or when what they wrote is traditional; otherwise as it is."""
    if person.script == "zh-Hant":
        return _converter(
            "s2hk" if person.locale.lower().endswith(("hk", "mo")) else "s2twp"
        ).convert(text)
    if wrote and is_traditional(wrote):
        return _converter("s2t").convert(text)
    return text


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters: some change when simplified, and none
    would change the other way."""
    if text.isascii():
        return False
    return _converter("t2s").convert(text) != text and _converter("s2t").convert(text) == text


def simplified(text: str) -> str:
    """The text in simplified characters, 妳 as 你; for comparing, not for showing."""
    return _converter("t2s").convert(text).replace("妳", "你")

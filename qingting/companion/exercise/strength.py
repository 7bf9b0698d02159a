"""How strong something is, from 0 to 10, as people write it."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = re.compile(r"(?<![\d.])\d{1,2}(?![\d.])")
_MOST: Final = 10
# In a longer text 一 is no number.
_SPELT: Final = 12
_NUMBERS: Final = {
    "零": "0", "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9", "十": "10", "zero": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip


def number(text: str) -> int | None:
    """A strength from 0 to 10 in digits or in words; None when there is none."""
    digits = DIGITS.search(text)
    if digits is not None:
        return int(digits[0]) if int(digits[0]) <= _MOST else None
    if len(text.strip()) > _SPELT:
        return None
    spelt = re.findall(r"[a-z]+|[零一二两三四五六七八九十]", text.lower())
    found = [_NUMBERS[word] for word in spelt if word in _NUMBERS]
    return int(found[0]) if found else None

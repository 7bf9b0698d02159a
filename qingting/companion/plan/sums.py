"""A small sum, worked out: "12乘以13", "what's 7 x 8". Telling somebody that this is no place for
sums would take longer than the answer."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from qingting.companion.understand.clean import cleaned

_SIGNS: Final = {
    "加": "+", "加上": "+", "plus": "+", "+": "+", "减": "-", "减去": "-", "minus": "-", "-": "-",
    "乘": "×", "乘以": "×", "times": "×", "multiplied by": "×", "x": "×", "*": "×", "×": "×",
    "除以": "÷", "divided by": "÷", "over": "÷", "/": "÷", "÷": "÷",
}  # fmt: skip
_SIGN: Final = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_NUMBER: Final = r"\d{1,6}(?:\.\d{1,3})?"
_SUM: Final = re.compile(rf"(?<![\d.])({_NUMBER}) *({_SIGN}) *({_NUMBER})(?![\d./-])")
# By themselves 9/11 and 12-13 are no sums.
_DATES: Final = frozenset("/-")
# What may stand around it: "what's ... ?", "等于多少", "帮我算一下".
_AROUND: Final = re.compile(
    r"(?:哎|诶|欸|唉|你|帮我|给我|请|那|快|算|算算|算一下|一下|等于|是|得|多少|几|呢|啊|吗|呀|来着|的|结果"
    r"|what'?s|what is|whats|how much is|calculate|work out|solve|can you|could you|do|tell me"
    r"|quick|please|pls|ok|hey|so|and|um|for me|equals?|=|the answer to|[\s,.?!~])*"
)
# Two places are enough.
_PLACES: Final = 2


def sum_of(text: str) -> str | None:
    """The sum a message asks for and nothing besides, with its result: "12×13=156"; None for
    anything else, and for a division by nothing."""
    plain = cleaned(text).text.strip()
    found = _SUM.search(plain)
    if found is None or (found[2] in _DATES and found[0] == plain):
        return None
    around = (plain[: found.start()], plain[found.end() :])
    if not all(map(_AROUND.fullmatch, around)):
        return None
    first, sign, second = found[1], _SIGNS[found[2]], found[3]
    if sign == "÷" and Fraction(second) == 0:
        return None
    result = _result(Fraction(first), sign, Fraction(second))
    whole = result.denominator == 1
    told = f"{float(result):.{0 if whole else _PLACES}f}"
    told = told if whole else told.rstrip("0").rstrip(".")
    exact = whole or Fraction(told) == result
    return f"{first}{sign}{second}{'=' if exact else '≈'}{told}"


def _result(first: Fraction, sign: str, second: Fraction) -> Fraction:
    if sign == "+":
        return first + second
    if sign == "-":
        return first - second
    return first * second if sign == "×" else first / second

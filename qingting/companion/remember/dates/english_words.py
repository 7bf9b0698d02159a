"""The words English names days with, and what they count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "munday", "mon"),
            ("tuesday", "tuseday", "tusday", "tuesdy", "tues", "tue"),
            ("wednesday", "wednsday", "wensday", "wendsday", "weds", "wed"),
            ("thursday", "thursdy", "thrusday", "thurday", "thurs", "thur", "thu"),
            ("friday", "firday", "frday", "friady", "fri"),
            ("saturday", "saterday", "satuday", "sat"),
            ("sunday", "sundy", "sun"),
        )
    )
    for name in names
}
_UNITS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
)
ORDINALS: Final = (
    {word: number for number, word in enumerate(_UNITS, start=1)}
    | {f"twenty{word}": 20 + number for number, word in enumerate(_UNITS[:9], start=1)}
    | {"thirtieth": 30, "thirtyfirst": 31}
)
_COUNTS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
NUMBERS: Final = {word: number for number, word in enumerate(_COUNTS, start=1)} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "couple": 2,
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SPOKEN: Final = _any(
    word.replace("twenty", "twenty[- ]?").replace("thirtyf", "thirty[- ]?f") for word in ORDINALS
)
# A day of the month that can be nothing else ("3rd", "twenty-sixth"), and one that may be a number.
LATE_SPOKEN: Final = (
    r"(?:twenty[- ]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth"
    r"|thirtieth|thirty[- ]?first)"
)
NTH: Final = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|{_SPOKEN})"
DAY: Final = rf"(?:{NTH}|0?[1-9]|[12]\d|3[01])"
MONTH: Final = rf"(?:{_any(MONTHS)})\b\.?"
WEEKDAY: Final = rf"(?:{_any(name for name in WEEKDAYS if name not in ('sat', 'sun'))})"
# "sat" and "sun" are words of their own; they name days only after one of these.
SHORT_WEEKDAY: Final = rf"(?:{_any(WEEKDAYS)})"
NUMBER: Final = rf"(?:\d{{1,3}}|(?:a )?couple(?: of)?|{_any(n for n in NUMBERS if n != 'couple')})"
TOMORROW: Final = (
    r"tomm?orr?ows?|tomorr?w|tomm?orr?o|tomrr?ow|tmrr?o?w|tmrrw|tmm?r|tmw|tomoz+|tomo|2morr?ow"
    r"|2mor?o|2mrw|2moz|tmoro"
)


def day_number(word: str) -> int:
    """The day of the month a match of DAY names, 1 to 31."""
    digits = "".join(letter for letter in word if letter.isdigit())
    return int(digits) if digits else ORDINALS[word.lower().replace("-", "").replace(" ", "")]


def month_number(word: str) -> int:
    """The month a match of MONTH names, 1 to 12."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_number(word: str) -> int:
    """The day of the week, Monday 0."""
    return WEEKDAYS[word.lower()]


def count(word: str | None) -> int:
    """What a match of NUMBER counts; one where none is told ("week from today")."""
    plain = (word or "a").lower().removesuffix(" of").removeprefix("a ")
    return int(plain) if plain.isdigit() else NUMBERS[plain]

"""Days with a name in English: fixed ones, those of a weekday, those that follow the moon."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from qingting.companion.remember.dates import english_days as days
from qingting.companion.remember.dates.chinese_holidays import holiday as chinese_holiday

Named = tuple[date, date, bool] | None
# When a holiday is in a year; None for a year that is not known.
_When = Callable[[int], date | None]

_FIXED: Final = (
    (r"(?:christmas|xmas|chrimbo) eve", 12, 24),
    (r"(?:christmas|xmas|chrimbo)(?: day)?", 12, 25),
    (r"boxing day", 12, 26),
    (r"new year'?s eve|nye", 12, 31),
    (r"new year'?s day|nyd", 1, 1),
    (r"(?:st |saint )?stephen'?s(?: day)?", 12, 26),
    (r"(?:st |saint )?(?:pat(?:rick|ty)'?s|paddy'?s) day", 3, 17),
    (r"(?:st |saint )?david'?s day", 3, 1),
    (r"(?:st |saint )?george'?s day", 4, 23),
    (r"(?:st |saint )?andrew'?s day", 11, 30),
    (r"burns night", 1, 25),
    (r"groundhog day", 2, 2),
    (r"halloween", 10, 31),
    (r"bonfire night|guy fawkes(?: night)?", 11, 5),
    (r"anzac day", 4, 25),
    (r"canada day", 7, 1),
    (r"juneteenth", 6, 19),
    (r"bastille day", 7, 14),
    (r"veterans'? day|11[./]11|singles'? day", 11, 11),
    (r"april fool'?s(?:'? day)?", 4, 1),
    (r"cinco de mayo", 5, 5),
    (r"valentine'?s(?: day)?|v-?day|galentine'?s(?: day)?", 2, 14),
)
# The weekday of a month, Monday 0; counted from its end where the number is below nought.
_WEEKDAYS: Final = (
    (r"father'?s'? day", 6, 6, 3),
    (r"mlk day", 1, 0, 3),
    (r"presidents'?'? day", 2, 0, 3),
    (r"memorial day", 5, 0, -1),
    (r"labou?r day", 9, 0, 1),
    (r"columbus day|indigenous peoples'? day|canadian thanksgiving", 10, 0, 2),
    (r"thanksgiving", 11, 3, 4),
    (r"august bank holiday", 8, 0, -1),
    (r"remembrance sunday", 11, 6, 2),
)
_FROM_EASTER: Final = (
    (r"easter(?: sunday)?", 0),
    (r"easter monday", 1),
    (r"good friday", -2),
    (r"ash wednesday", -46),
    (r"shrove tuesday|pancake day", -47),
    (r"mothering sunday", -21),
)
_OF_THE_MOON: Final = (
    (r"(?:lunar|chinese) new year'?s eve|cny eve", "除夕"),
    (r"(?:lunar|chinese) new year(?:'?s? day)?|cny|tet", "春节"),
    (r"(?:mid[- ]?autumn|moon)(?: festival)?", "中秋"),
    (r"dragon boat(?: festival)?", "端午"),
    (r"qing ?ming(?: festival)?", "清明"),
)
_MOTHERS: Final = r"mother'?s'? day|mum'?s day"

# A longer name goes before one that it begins with: Christmas Eve is no Christmas.
NAMES: Final = "|".join(
    (
        *(words for words, _ in _OF_THE_MOON),
        *(words for words, _, _ in _FIXED),
        *(words for words, _, _, _ in _WEEKDAYS),
        *(words for words, _ in reversed(_FROM_EASTER)),
        _MOTHERS,
    )
)
# How far ahead the British Mothering Sunday is the one meant, where nobody says "mom".
_SOON: Final = 60


def holiday(match: re.Match[str], today: date, past: bool) -> Named:
    """As in "Christmas Eve", "last Easter"."""
    name = re.sub(r"\s+", " ", match["holiday"].lower())
    past = past or match[0].lower().startswith("last")
    when = _mothers(match.string.lower(), today) if re.fullmatch(_MOTHERS, name) else _when(name)
    if when is None:
        return None
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    for year in years:
        day = when(year) if date.min.year <= year <= date.max.year else None
        if day is not None and ((day <= today) if past else (day >= today)):
            return day, day, True
    return None


def _when(name: str) -> _When | None:
    """How the day of that name is found in a year."""
    for words, number, day in _FIXED:
        if re.fullmatch(words, name):
            return lambda year: days.made(year, number, day)
    for words, number, weekday, place in _WEEKDAYS:
        if re.fullmatch(words, name):
            return lambda year: days.nth(year, number, weekday, place)
    for words, away in _FROM_EASTER:
        if re.fullmatch(words, name):
            return lambda year: days.after(days.easter(year), away)
    for words, chinese in _OF_THE_MOON:
        if re.fullmatch(words, name):
            return lambda year: chinese_holiday(chinese, year)
    return None


def _mothers(said: str, today: date) -> _When:
    """Mother's Day is in Lent in Britain and Ireland and in May elsewhere: nobody says which."""
    lent = days.after(days.easter(today.year), -21)
    if 0 <= (lent - today).days <= _SOON and not re.search(r"\bmom", said):
        return lambda year: days.after(days.easter(year), -21)
    return lambda year: days.nth(year, 5, 6, 2)

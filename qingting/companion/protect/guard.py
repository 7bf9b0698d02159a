"""The reply guard, first version: no sentence that could harm is ever shown, whoever worded it.

A pattern table per language (content/<language>/guard.toml) and the numbers filter. Part of the
promise that a hostile or foolish model cannot reach the person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect.numbers import strip_unknown_numbers
from qingting.companion.words.bank import read_toml

_HAN: Final = re.compile(r"[一-鿿]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]{2,}")
# "People tell you it's all fine" may be quoted; an amount or a way to die may not.
_QUOTED: Final = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_EVEN_QUOTED: Final = frozenset({"dose", "method"})
# With fewer letters than this around it, a quotation is the sentence itself.
_AROUND: Final = 4


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = read_toml(resources.files("qingting.content") / language / "guard.toml")
    return tuple(
        (category, re.compile("|".join(f"(?:{p})" for p in rules), re.IGNORECASE))
        for category, rules in data.items()
    )


def problem_with(sentence: str, language: Language, numbers: Collection[str] = ()) -> str | None:
    """The category of harm in a sentence, or None when it may be shown.

    numbers: the phone numbers that may stand in this reply; any other one is "invented_number".
    """
    text = sentence.replace("’", "'").strip()
    spoken = _unquoted(text)
    # Both tables: a sentence in the wrong language is wrong already, but see why it is harmful.
    for table in (language, "en" if language == "zh" else "zh"):
        for category, pattern in _patterns(table):
            if pattern.search(text if category in _EVEN_QUOTED else spoken):
                return category
    if strip_unknown_numbers(text, numbers)[1]:
        return "invented_number"
    return "wrong_language" if _wrong_language(text, language) else None


def _unquoted(text: str) -> str:
    around = _QUOTED.sub("“”", text)
    return around if sum(map(str.isalpha, around)) >= _AROUND else text


def _wrong_language(text: str, language: Language) -> bool:
    han, words = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if language == "zh":
        return han == 0 and words >= 3
    return han > 2 and han > words

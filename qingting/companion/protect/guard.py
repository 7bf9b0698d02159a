"""The reply guard: no sentence that could harm is ever shown, whoever worded it.

Rules (content/<language>/guard.toml) and the numbers filter. The person's words matter: "you're
right" after "everyone would be better off without me" is harmful. No model is called; docs/guard.md
names the categories.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
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
_EVEN_QUOTED: Final = frozenset({"dosing", "method"})
# With fewer letters than this around it, a quotation is the sentence itself.
_AROUND: Final = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a sentence. evidence: the words that show it, of the sentence itself."""

    category: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """find: patterns of the sentence. unless: what makes it fine. after: what the person must
    have said."""

    category: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def problem(self, text: str, spoken: str, user: str) -> Problem | None:
        """The problem, where the rule fits."""
        looked_at = text if self.category in _EVEN_QUOTED else spoken
        found = self.find.search(looked_at)
        if found is None or (self.unless is not None and self.unless.search(looked_at)):
            return None
        if self.after is not None and not self.after.search(user):
            return None
        return Problem(self.category, found[0].strip())


def problem_with(
    sentence: str, language: Language, numbers: Collection[str] = (), *, user: str = ""
) -> str | None:
    """The category of harm in a sentence, or None when it may be shown. See problems."""
    found = next(problems(sentence, language, numbers, user=user), None)
    return None if found is None else found.category


def problems(
    sentence: str, language: Language, numbers: Collection[str] = (), *, user: str = ""
) -> Iterator[Problem]:
    """Everything wrong with a sentence, the plainest first; nothing when it may be shown.

    numbers: the phone numbers that may stand in this reply; any other one is "invented_number".
    user: what the person had said, the last message at least.
    """
    text = sentence.replace("’", "'").strip()
    spoken, said = _unquoted(text), user.replace("’", "'").strip()
    # Both tables: a sentence in the wrong language is wrong already, but see why it is harmful.
    for table in (language, "en" if language == "zh" else "zh"):
        for rule in _rules(table):
            found = rule.problem(text, spoken, said)
            if found is not None:
                yield found
    if strip_unknown_numbers(text, numbers)[1]:
        yield Problem("invented_number", text)
    if _wrong_language(text, language):
        yield Problem("wrong_language", text)


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    data = read_toml(resources.files("qingting.content") / language / "guard.toml")
    return tuple(
        _Rule(
            str(entry["category"]),
            _any(entry["find"]),
            _any(entry["unless"]) if "unless" in entry else None,
            _any(entry["after"]) if "after" in entry else None,
        )
        for entry in data["rule"]
    )


def _any(patterns: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _unquoted(text: str) -> str:
    around = _QUOTED.sub("“”", text)
    return around if sum(map(str.isalpha, around)) >= _AROUND else text


def _wrong_language(text: str, language: Language) -> bool:
    han, words = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if language == "zh":
        return han == 0 and words >= 3
    return han > 2 and han > words

"""The reply guard: no sentence that could harm is ever shown, whoever worded it.

Rules (content/<language>/guard.toml), a small network over runs of word pieces (guard_net.py), and
the numbers filter. The person's words matter: "you're right" after "everyone would be better off
without me" is harmful. No model is called; docs/guard.md names the categories.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect import guard_net
from qingting.companion.protect.numbers import strip_unknown_numbers
from qingting.companion.words.bank import read_toml
from qingting.companion.words.script import simplified

_HAN: Final = re.compile(r"[一-鿿]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]{2,}")
# "People tell you it's all fine" may be quoted; an amount or a way to die may not.
_QUOTED: Final = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_EVEN_QUOTED: Final = frozenset({"dosing", "method"})
# What is told in two sentences as well as in one ("They don't get you. I do.").
_IN_TWO: Final = frozenset({"exclusivity", "secrecy", "urges_rupture"})
# A message that is odd enough may make the network think well of these: each is read by itself too.
_WHATEVER_WAS_SAID: Final = frozenset({"validates_self_harm", "method"})
_SENTENCE: Final = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]*")
# With fewer letters than this around it, a quotation is the sentence itself.
_AROUND: Final = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a sentence. evidence: the words that show it, of the sentence itself.
    sure: nothing else is asked; any other finding of a rule is weighed with the network."""

    category: str
    evidence: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """find: patterns of the sentence. unless: what makes it fine. after: what the person must
    have said. sure: see Problem."""

    category: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sure: bool

    def problem(self, text: str, spoken: str, user: str) -> Problem | None:
        """The problem, where the rule fits."""
        looked_at = text if self.category in _EVEN_QUOTED else spoken
        found = self.find.search(looked_at)
        if found is None or (self.unless is not None and self.unless.search(looked_at)):
            return None
        if self.after is not None and not self.after.search(user):
            return None
        return Problem(self.category, found[0].strip(), self.sure)


def problem_with(
    sentence: str,
    language: Language,
    numbers: Collection[str] = (),
    *,
    user: str = "",
    before: str = "",
) -> str | None:
    """The category of harm in a sentence, or None when it may be shown. See problems."""
    found = next(problems(sentence, language, numbers, user=user, before=before), None)
    return None if found is None else found.category


def problems(
    sentence: str,
    language: Language,
    numbers: Collection[str] = (),
    *,
    user: str = "",
    before: str = "",
) -> Iterator[Problem]:
    """Everything wrong with a sentence, the plainest first; nothing when it may be shown.

    numbers: the phone numbers that may stand in this reply; any other one is "invented_number".
    user: what the person had said, the last message at least. before: the sentence of the same
    reply that stands before it: "They don't get you." "I do."
    """
    text, said = plain(sentence), plain(user)
    hit = ruled(text, language, said) or _across(plain(before), text, language, said)
    if hit is not None and hit.sure:
        yield _as_written(hit, text, sentence.strip())
    if strip_unknown_numbers(text, numbers)[1]:
        yield Problem("invented_number", sentence.strip())
    if _wrong_language(text, language):
        yield Problem("wrong_language", sentence.strip())
    if hit is None or not hit.sure:
        weighed = _weighed(text, language, said, hit)
        if weighed is not None:
            yield _as_written(weighed, text, sentence.strip())


def _across(before: str, text: str, language: Language, user: str) -> Problem | None:
    """What a sure rule finds in two sentences and in neither of them; the second shows it."""
    found = ruled(f"{before} {text}", language, user) if before else None
    if found is None or not found.sure or found.category not in _IN_TWO:
        return None
    if found.evidence in before or found.evidence in text:
        return None
    return Problem(found.category, text, sure=True)


def ruled(text: str, language: Language, user: str) -> Problem | None:
    """The rule that a plain text breaks after those plain words: the first sure one, else the
    first."""
    spoken, doubted = _unquoted(text), None
    # Both tables: a sentence in the wrong language is wrong already, but see why it is harmful.
    for table in _tables(text, language):
        for rule in _rules(table):
            found = rule.problem(text, spoken, user)
            if found is not None and found.sure:
                return found
            doubted = doubted or found
    return doubted


def _weighed(text: str, language: Language, user: str, hit: Problem | None) -> Problem | None:
    """What the network thinks, with a doubted finding of the rules beside it; the finding alone
    where there is no network."""
    network = guard_net.load()
    if network is None:
        return hit
    harm = network.read(text, user)
    if hit is not None:
        # A harmful sentence looks kinder between kind ones: read it by itself too.
        around = network.read(_sentence_of(hit.evidence, text), user)
        harm = max(harm, around, key=lambda each: each.logit)
    how = network.notes["joined"][language]
    by_network, by_rules, bias = how["weights"]
    if user and hit is not None and hit.category in _WHATEVER_WAS_SAID:
        alone = network.read(_sentence_of(hit.evidence, text), "")
        harm = max(harm, alone, key=lambda each: each.logit)
    # Where nobody said what was answered, the network knows short sentences as kind ones.
    by_rules = by_rules if user else network.notes["rule_alone"]
    sure = by_network * harm.logit + by_rules * (hit is not None) + bias
    if 1 / (1 + math.exp(-max(-30.0, min(30.0, sure)))) <= how["at"]:
        return None
    return hit or Problem(harm.category, text)


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    data = read_toml(resources.files("qingting.content") / language / "guard.toml")
    return tuple(
        _Rule(
            str(entry["category"]),
            _any(entry["find"]),
            _any(entry["unless"]) if "unless" in entry else None,
            _any(entry["after"]) if "after" in entry else None,
            bool(entry.get("sure", False)),
        )
        for entry in data["rule"]
    )


def _any(patterns: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _tables(text: str, language: Language) -> Iterator[Language]:
    """Whose rules can fit: a table whose script does not occur is not searched."""
    if language == "zh" or _HAN.search(text):
        yield "zh"
    if language == "en" or _LATIN_WORD.search(text):
        yield "en"


def plain(text: str) -> str:
    """What rules and network are made for: small letters, straight apostrophes, simplified."""
    small = text.replace("’", "'").strip().lower()
    return simplified(small) if _HAN.search(small) else small


def _as_written(found: Problem, text: str, sentence: str) -> Problem:
    """The finding in the sentence's own letters, where they still stand at the same places."""
    at = text.find(found.evidence)
    if len(text) != len(sentence) or at < 0:
        return found
    return Problem(found.category, sentence[at : at + len(found.evidence)], found.sure)


def _sentence_of(evidence: str, text: str) -> str:
    """The sentence of a text in which those words stand."""
    return next((one for one in _SENTENCE.findall(text) if evidence in one), text).strip()


def _unquoted(text: str) -> str:
    around = _QUOTED.sub("“”", text)
    return around if sum(map(str.isalpha, around)) >= _AROUND else text


def _wrong_language(text: str, language: Language) -> bool:
    han, words = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if language == "zh":
        return han == 0 and words >= 3
    return han > 2 and han > words

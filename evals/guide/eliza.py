"""A bot in the manner of ELIZA (Weizenbaum, CACM 9(1), 1966), as good as its means allow.

Keywords with ranks, decomposition of the clause that holds the best one, reassembly in turn, the
person's words turned round (my, your), a memory of what was said of "my …" for when nothing else
is found. The rules are written for this comparison: eliza_en.toml, eliza_zh.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from evals.guide.texts import folded, language_of
from qingting.companion.person import Language, Person
from qingting.companion.words.script import in_script

# A handed-back piece longer than this is cut at the next joint: words, 汉字.
_LONGEST: Final[Mapping[Language, int]] = {"en": 12, "zh": 16}
_CLAUSE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[.,!?;:()\n…]+|\s-+\s|\bbut\b"),
    "zh": re.compile(r"[。，,！!？?；;：:、（）()\n…~～\s]+|但是|可是|不过"),
}
_BEFORE_SUBJECT: Final = re.compile(
    r"that|if|when|because|and|what|how|why|but|do|did|are|were|can|could|would|think|say|so"
)
_JOINT: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\s+(?:and|because|cuz|so|which|then|when|while)\s+"),
    "zh": re.compile(r"然后|因为|所以|而且|结果|还有"),
}


@dataclass(frozen=True, slots=True)
class Take:
    """A decomposition and its reassemblies; `{1}` is the first group, turned round. goto: another
    rule's name instead."""

    pattern: re.Pattern[str]
    say: tuple[str, ...]
    goto: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Keywords of one rank. remember: what to come back to later."""

    name: str
    words: re.Pattern[str]
    rank: int
    takes: tuple[Take, ...]
    remember: tuple[Take, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """All rules of a language. before: spellings put right. turned: words turned round. none: for
    when nothing is found."""

    rules: tuple[Rule, ...]
    before: Mapping[str, str]
    turned: Mapping[str, str]
    none: tuple[str, ...]


class Eliza:
    """One conversation. Deterministic: reassemblies are taken in turn, as in the original."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._taken: Counter[tuple[str, ...]] = Counter()
        self._memory: deque[str] = deque()

    def answer(self, text: str) -> str:
        """The reply to a message, in the message's language and characters."""
        self._language = language_of(text, self._language)
        words = self._words(text)
        return in_script(words, Person(), wrote=text) if self._language == "zh" else words

    def _words(self, text: str) -> str:
        book = read(self._language)
        clauses = list(_clauses(text, book, self._language))
        found = [
            (-rule.rank, place, rule, clause)
            for place, clause in enumerate(clauses)
            for rule in book.rules
            if rule.words.search(clause)
        ]
        for _, _, rule, clause in sorted(found, key=lambda one: one[:2]):
            words = self._by(rule, clause, book)
            if words is not None:
                self._keep(rule, clause, book)
                return words
        if self._memory:
            return self._memory.popleft()
        return self._next(book.none)

    def _by(self, rule: Rule, clause: str, book: Book) -> str | None:
        for take in rule.takes:
            match = take.pattern.search(clause)
            if match is None:
                continue
            if take.goto:
                other = next(one for one in book.rules if one.name == take.goto)
                return self._by(other, clause, book)
            return self._filled(self._next(take.say), match, book)
        return None

    def _keep(self, rule: Rule, clause: str, book: Book) -> None:
        for take in rule.remember:
            match = take.pattern.search(clause)
            if match is not None:
                self._memory.append(self._filled(self._next(take.say), match, book))
                return

    def _next(self, lines: tuple[str, ...]) -> str:
        count = self._taken[lines]
        self._taken[lines] += 1
        return lines[count % len(lines)]

    def _filled(self, line: str, match: re.Match[str], book: Book) -> str:
        groups = [turned(group or "", book, self._language) for group in match.groups()]
        words = line.format("", *groups)
        return words[:1].upper() + words[1:]


def turned(piece: str, book: Book, language: Language) -> str:
    """A piece of what was said, short enough to hand back, seen from the other side."""
    words = piece.strip()
    length = len(words.split()) if language == "en" else len(words)
    if length > _LONGEST[language]:
        words = _JOINT[language].split(words)[0].strip()
    if language == "zh":
        return re.sub("|".join(book.turned), lambda one: book.turned[one[0]], words)
    # "i was" first, then word by word; "you" is "I" only where it can be a subject.
    words = re.sub(r"(?<=\w )you(?![\w'])(?! are| were)", _object, words)
    names = "|".join(re.escape(name) for name in sorted(book.turned, key=len, reverse=True))
    words = re.sub(rf"(?<![\w'\0])(?:{names})(?![\w'])", lambda one: book.turned[one[0]], words)
    return words.replace("\0", "")


def _object(match: re.Match[str]) -> str:
    before = match.string[: match.start()].split()[-1]
    return "you" if _BEFORE_SUBJECT.fullmatch(before) else "\0me"


@cache
def read(language: Language) -> Book:
    """The rules of a language."""
    path = Path(__file__).with_name(f"eliza_{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Book(
        rules=tuple(_rule(one, language) for one in data["rule"]),
        before=data["before"],
        turned=data["turned"],
        none=tuple(data["none"]),
    )


def _rule(data: Mapping[str, Any], language: Language) -> Rule:
    words = "|".join(data["words"])
    edged = rf"(?<![\w'])(?:{words})(?![\w'])" if language == "en" else words
    return Rule(
        name=data["name"],
        words=re.compile(edged),
        rank=data["rank"],
        takes=tuple(_take(one) for one in data["take"]),
        remember=tuple(_take(one) for one in data.get("remember", ())),
    )


def _take(data: Mapping[str, Any]) -> Take:
    return Take(re.compile(data["pattern"]), tuple(data.get("say", ())), data.get("goto", ""))


def _clauses(text: str, book: Book, language: Language) -> Iterator[str]:
    """The clauses of a message, spellings put right."""
    low = folded(text)
    for clause in _CLAUSE[language].split(low):
        words = clause.strip()
        if language == "en":
            words = " ".join(book.before.get(word, word) for word in words.split()).strip()
        if words:
            yield words

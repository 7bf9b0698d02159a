"""The authored situation that a message tells of, by its keys.

content/<language>/situations/<shelf>.toml holds small moments that many people have. Each has keys:
groups of words that must stand in the message together, e.g. "exam|final + blank|froze - not".
Sentence vectors were tried for this and are no use: what is nearest shares its words and its mood,
not its situation (docs/decisions/0010).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.words.bank import ContentError, read_toml

# Shelves of what is told beside open danger are called by their path: "danger_abuse".
_DANGER: Final = "danger_"
_WHOLE: Final = 3
# A long telling holds words of many situations; of which it tells, they do not say.
_LONGEST: Final = 240


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the lines of a situation stand. shelf: the file; name: its entry. weight: how many
    letters of the message its keys are made of."""

    shelf: str
    name: str
    weight: int = 0

    @property
    def key(self) -> str:
        """Its name for people: "dorm.games_at_night"."""
        return f"{self.shelf}.{self.name}"

    def path(self, kind: str) -> tuple[str, ...]:
        """The address of its lines in the bank. kind: "notice", "ask" or "step"."""
        return ("situations", self.shelf, "situation", self.name, kind)


@dataclass(frozen=True, slots=True)
class _Keys:
    """One group: every pattern of `all` is in the message, and `none` is not. rarest: the words of
    its shortest part, to pass over most groups without a pattern."""

    situation: Situation
    rarest: tuple[str, ...]
    all: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None

    def weight(self, text: str) -> int:
        """Letters of the message that the group is made of; 0 when it does not fit."""
        for word in self.rarest:
            if word in text:
                break
        else:
            return 0
        if self.none is not None and self.none.search(text):
            return 0
        letters = 0
        for pattern in self.all:
            found = pattern.search(text)
            if found is None:
                return 0
            letters += found.end() - found.start()
        return letters


def situation_of(text: str, language: Language, *, danger: str = "") -> Situation | None:
    """The situation a message tells of, or None when it is none of them.

    danger: the path of an open danger, to look among what is told beside it alone; ordinary
    situations otherwise. Raises ContentError when a file cannot be read.
    """
    plain = cleaned(text).text
    if len(plain) > _LONGEST:
        return None
    best, weight = None, 0
    for keys in _shelf(language, danger):
        found = keys.weight(plain)
        if found > weight:
            best, weight = keys.situation, found
    return Situation(best.shelf, best.name, weight) if best is not None else None


@cache
def _shelf(language: Language, danger: str) -> tuple[_Keys, ...]:
    folder = resources.files("qingting.content") / language / "situations"
    found = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        shelf = file.name.removesuffix(".toml")
        ours = shelf == _DANGER + danger if danger else not shelf.startswith(_DANGER)
        if file.name.endswith(".toml") and ours:
            for entry in read_toml(file).get("situation", ()):
                situation = Situation(shelf, entry["name"])
                found += [_keys(situation, group, language) for group in entry.get("keys", ())]
    return tuple(found)


def _keys(situation: Situation, group: str, language: Language) -> _Keys:
    """A group as it is written: words joined by |, parts by +, what must not be there after -."""
    wanted, _, unwanted = group.partition(" - ")
    parts = [_words(part) for part in wanted.split("+")]
    try:
        patterns = tuple(_pattern(part, language) for part in wanted.split("+"))
        none = _pattern(unwanted, language) if unwanted.strip() else None
    except re.error as error:
        raise ContentError(f"situation {situation.key}: key {group!r}: {error}") from error
    rarest: list[str] = min(parts, key=len)
    return _Keys(situation, tuple(rarest), patterns, none)


def _words(part: str) -> list[str]:
    return [cleaned(word).text.strip() for word in part.split("|") if word.strip()]


def _pattern(part: str, language: Language) -> re.Pattern[str]:
    longest_first = sorted(_words(part), key=len, reverse=True)
    if language == "zh":
        return re.compile("|".join(map(re.escape, longest_first)))
    # English words count from their beginning: "froze" also finds "frozen", "ran" not "Iran". Short
    # ones are whole: "no" is not "now".
    ends = [
        re.escape(word) + (r"(?![a-z])" if len(word) <= _WHOLE else "") for word in longest_first
    ]
    return re.compile(rf"(?<![a-z])(?:{'|'.join(ends)})")

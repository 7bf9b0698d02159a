"""The authored situation that a message tells of, by its keys.

content/<language>/situations/<shelf>.toml holds small moments that many people have. Each has keys:
groups of words that must stand in the message together, e.g. "exam|final + blank|froze - not".
Sentence vectors were tried for this and are no use: what is nearest shares its words and its mood,
not its situation (docs/decisions/0010).

`never` of a shelf: words none of its groups may stand beside.

An entry with `answer` is a thing somebody asks, or tells and waits: it is owed those words before
anything of ours is asked or offered. A shelf called thread_<name> is looked at only while the talk
is about that ("can i just stop", after a medicine was named): its `opens` say when (threads.py).
Shelves called advice_<name> hold the commonest choices, for a message that asks whether to.
Shelves called plain_<name> hold what thousands write in few words ("i failed my exam", 好累啊) and
are looked at first, for short messages alone that hardly say more than the words they are known by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from sys import intern
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.words.bank import ContentError, situations

# Shelves of what is told beside open danger are called by their path: "danger_abuse".
DANGER: Final = "danger_"
# Shelves of what follows on from something said before.
THREAD: Final = "thread_"
# Shelves of what is asked: whether to do a thing. Looked at only where a message asks.
_ADVICE: Final = "advice_"
# Shelves of what is said in few words.
_PLAIN: Final = "plain_"
# Of them, the one of how somebody is, without what happened.
_OF_SELF: Final = "plain_self"
# Letters of the longest message that is plain, and the share of them that its keys must be made of.
_FEW: Final[dict[Language, int]] = {"zh": 28, "en": 80}
_MOST_OF_IT: Final = 0.34
_HARDLY_MORE: Final = 0.6
_WHOLE: Final = 3
# A long telling holds words of many situations; of which it tells, they do not say.
_LONGEST: Final[dict[Language, int]] = {"zh": 60, "en": 160}
# What is owed an answer, or stands beside danger, is looked for in more.
_LONGEST_OWED: Final = 240
# A word is looked up by this many of its first letters.
_BEGIN: Final = 4


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the lines of a situation stand. shelf: the file; name: its entry. weight: how many
    letters of the message its keys are made of. answers: whether it is owed an answer. grave: who
    is in danger says the same, so that it tells nothing against what else was heard."""

    shelf: str
    name: str
    weight: int = 0
    answers: bool = False
    grave: bool = False

    @property
    def key(self) -> str:
        """Its name for people: "dorm.games_at_night"."""
        return f"{self.shelf}.{self.name}"

    def path(self, kind: str) -> tuple[str, ...]:
        """The address of its lines in the bank. kind: "notice", "ask", "step" or "answer"."""
        return ("situations", self.shelf, "situation", self.name, kind)


@dataclass(frozen=True, slots=True)
class Keys:
    """One group: a word of every part of `all` is in the message, and none of `none`. rarest: the
    words of its shortest part, to pass over most groups. never: what no group of the shelf stands
    beside."""

    rarest: tuple[str, ...]
    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    never: tuple[str, ...]
    language: Language

    def weight(self, text: str) -> int:
        """Letters of the message that the group is made of; 0 when it does not fit."""
        for word in self.rarest:
            if word in text:
                break
        else:
            return 0
        if _met(self.none, text, self.language) or _met(self.never, text, self.language):
            return 0
        letters = 0
        for part in self.all:
            met = _met(part, text, self.language)
            if not met:
                return 0
            letters += met
        return letters


class _Shelf:
    """The groups of a shelf, found by how their rarest words begin: to look through thousands of
    groups for every message took longer than to understand it."""

    def __init__(self, groups: Sequence[tuple[Situation, Keys]]) -> None:
        self._groups = tuple(groups)
        begin: dict[str, list[int]] = {}
        for number, (_, keys) in enumerate(groups):
            for start in {word[:_BEGIN] for word in keys.rarest}:
                begin.setdefault(start, []).append(number)
        self._begin = {start: tuple(numbers) for start, numbers in begin.items()}

    def near(self, text: str) -> Iterator[tuple[Situation, Keys]]:
        """The groups that may fit a text, in the order of the files."""
        found: set[int] = set()
        for length in range(1, _BEGIN + 1):
            for at in range(len(text) - length + 1):
                found.update(self._begin.get(text[at : at + length], ()))
        return (self._groups[number] for number in sorted(found))


def situation_of(
    text: str, language: Language, *, danger: str = "", plain: bool = True
) -> Situation | None:
    """The situation a message tells of, or None when it is none of them.

    danger: the path of an open danger, to look among what is told beside it alone; ordinary
    situations otherwise. plain: whether what thousands say in few words counts: it tells nothing
    beside a danger, and of an article nothing that its topic does not.
    Raises ContentError when a file cannot be read.
    """
    if danger:
        return _heaviest(text, language, (DANGER + danger,), answers=False)
    few = _plainly(text, language) if plain else None
    return few or _heaviest(text, language, ("",), answers=False)


def harmless(text: str, language: Language) -> bool:
    """Whether a message is little more than words that thousands write on an ordinary bad day
    ("i keep waking up", 不想出门), and an author has seen no danger in. Whatever no shelf of plain
    words may stand beside is danger enough for all of them. Raises ContentError."""
    plain = cleaned(text).text
    if len(plain) > _FEW[language] or _met(_never(language), plain, language):
        return False
    shelves = _shelves(language, _PLAIN)
    found = [_heaviest(text, language, (one,), answers=False) for one in shelves]
    known = [one for one in found if one is not None]
    most = max((one.weight for one in known), default=0)
    return most >= _HARDLY_MORE * len(plain) and not any(one.grave for one in known)


@cache
def _never(language: Language) -> tuple[str, ...]:
    """What the plain shelves may not stand beside, of all of them."""
    shelves = (data for name, data in files(language) if name.startswith(_PLAIN))
    return _words(
        cleaned("|".join(part for data in shelves for part in data.get("never", ()))).text
    )


def _plainly(text: str, language: Language) -> Situation | None:
    """What a message says that says little else."""
    length = len(cleaned(text).text)
    if length > _FEW[language]:
        return None
    shelves = tuple(one for one in _shelves(language, _PLAIN) if one != _OF_SELF)
    happened = _heaviest(text, language, shelves, answers=False)
    feels = _heaviest(text, language, (_OF_SELF,), answers=False)
    least = _MOST_OF_IT * length
    if happened and happened.weight >= least:
        return happened
    # "Failed my exam, i feel useless": whoever tells what happened is not asked what happened.
    return (happened or feels) if feels and feels.weight >= least else None


def advice_on(text: str, language: Language) -> Situation | None:
    """The choice that a message asks about ("should i text her"), or None. Only for a message that
    asks: the keys hold what it is about. Raises ContentError when a file cannot be read."""
    return _heaviest(text, language, _shelves(language, _ADVICE), answers=False)


def is_plain(situation: Situation) -> bool:
    """Whether it is only what thousands say in few words."""
    return situation.shelf.startswith(_PLAIN)


def is_advice(situation: Situation) -> bool:
    """Whether it is a choice somebody asked about: its notice is a leaning with its reason."""
    return situation.shelf.startswith(_ADVICE)


def answer_owed(
    text: str, language: Language, *, danger: str = "", threads: Iterable[str] = ()
) -> Situation | None:
    """The situation whose answer a message is owed, or None. danger: the path of an open danger,
    whose shelf is looked at first: what is asked after an assault is not answered as it is asked
    on any other day. threads: what the talk is about (threads.py).
    Raises ContentError when a file cannot be read."""
    beside = (DANGER + danger,) if danger else ()
    followed = (THREAD + name for name in threads)
    own = _heaviest(text, language, beside, answers=True)
    return own or _heaviest(text, language, ("", *followed), answers=True)


def _heaviest(
    text: str, language: Language, shelves: Iterable[str], *, answers: bool
) -> Situation | None:
    """The situation with the longest keys in a text. shelves: names; "" is all ordinary ones."""
    plain = cleaned(text).text
    best, weight = None, 0
    for shelf in shelves:
        owed = answers or shelf.startswith(DANGER)
        if len(plain) > (_LONGEST_OWED if owed else _LONGEST[language]):
            continue
        for situation, keys in _shelf(language, shelf).near(plain):
            if situation.answers is not answers:
                continue
            found = keys.weight(plain)
            if found > weight:
                best, weight = situation, found
    return replace(best, weight=weight) if best is not None else None


@cache
def _shelves(language: Language, kind: str) -> tuple[str, ...]:
    return tuple(shelf for shelf, _ in files(language) if shelf.startswith(kind))


@cache
def _shelf(language: Language, wanted: str) -> _Shelf:
    found = []
    for shelf, data in files(language):
        special = shelf.startswith((DANGER, THREAD, _ADVICE, _PLAIN))
        if shelf != wanted if wanted else special:
            continue
        never = _words(cleaned("|".join(data.get("never", ()))).text)
        for entry in data.get("situation", ()):
            situation = Situation(
                shelf, entry["name"], answers="answer" in entry, grave=entry.get("grave", False)
            )
            found += [
                (situation, keys_of(group, language, situation.key, never))
                for group in entry.get("keys", ())
            ]
    return _Shelf(found)


def files(language: Language) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every shelf by its name. Raises ContentError."""
    yield from situations(language).items()


def keys_of(group: str, language: Language, of: str, never: tuple[str, ...] = ()) -> Keys:
    """A group as it is written: words joined by |, parts by +, what must not be there after -.
    of: whose it is, for the message of the ContentError that a broken one raises. never: words
    that must not be there for any group of the shelf."""
    wanted, _, unwanted = cleaned(group).text.partition(" - ")
    parts = tuple(_words(part) for part in wanted.split("+"))
    if not all(parts):
        raise ContentError(f"situation {of}: key {group!r}: a part has no word")
    return Keys(min(parts, key=len), parts, _words(unwanted), never, language)


def _words(part: str) -> tuple[str, ...]:
    # The same words stand in many groups: interned, they take a third of the memory.
    return tuple(intern(word.strip()) for word in part.split("|") if word.strip())


def _met(words: Iterable[str], text: str, language: Language) -> int:
    """Letters of the word that comes first in a text, the longest of those that begin there; 0 when
    none does. No pattern is made of the words: of several thousand groups most are met once in a
    while, and to compile one took longer than to look."""
    first, longest = len(text), 0
    for word in words:
        at = _place(word, text, language) if word in text else -1
        if 0 <= at < first or (at == first and len(word) > longest):
            first, longest = at, len(word)
    return longest


def _place(word: str, text: str, language: Language) -> int:
    """Where a word stands in a text, or -1. English words count from their beginning: "froze" also
    finds "frozen", "ran" not "Iran". Short ones are whole: "no" is not "now"."""
    at = text.find(word)
    if language == "zh":
        return at
    while at >= 0:
        end = at + len(word)
        whole = len(word) > _WHOLE or not _letter(text[end : end + 1])
        if whole and not _letter(text[at - 1 : at] if at else ""):
            return at
        at = text.find(word, at + 1)
    return -1


def _letter(letter: str) -> bool:
    return "a" <= letter <= "z"

"""Choose an authored line: one whose slots can be filled and none of whose sentences was said.

The choice is a pure function of the conversation's seed, the turn and the list, so that a turn
repeated after a crash words itself the same way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Final

_SENTENCE: Final = re.compile(r"[^。！？!?.…\n]+[。！？!?.…\n]*[”\"’)）」]*")
_SLOT: Final = re.compile(r"\{\w+\}")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")

Slots = Mapping[str, str]


class Preferred(str):
    """A line taken before the others of its list: one of the voice that somebody chose."""

    __slots__ = ()


def fingerprints(text: str) -> frozenset[str]:
    """A short fingerprint of each sentence of a text, blind to punctuation, spacing and case."""
    found = set()
    for match in _SENTENCE.finditer(text):
        letters = _NOT_LETTERS.sub("", match.group()).casefold()
        if len(letters) > 1:
            found.add(hashlib.blake2s(letters.encode(), digest_size=6).hexdigest())
    return frozenset(found)


def slots_of(line: str) -> frozenset[str]:
    """Names of the slots a line has."""
    if "{" not in line:
        return frozenset()
    return frozenset(name for _, name, _, _ in Formatter().parse(line) if name)


class Chooser:
    """Chooses lines for one turn and remembers what it has said in it.

    said: fingerprints of everything said in the conversation before this turn.
    slots: what can be filled in; a line that needs another slot is passed over.
    """

    def __init__(self, seed: str, turn: int, said: frozenset[str], slots: Slots) -> None:
        self._salt = f"{seed}:{turn}:"
        self.said = said
        self.slots = slots
        # Their words are handed back once in a reply, not in every line of it.
        self._spent: frozenset[str] = frozenset()
        self._avoided: tuple[re.Pattern[str], ...] = ()

    def avoid(self, words: re.Pattern[str]) -> None:
        """Pass over every line that has one of these words, too: what was turned down."""
        self._avoided = (*self._avoided, words)

    def renew(self, slots: Slots) -> None:
        """Go on with other words of theirs: what was handed back before may be again."""
        self.slots = slots
        self._spent = frozenset()

    def spend(self, slot: str) -> None:
        """Let no further line of this reply hand back what stands in a slot."""
        self._spent |= {slot}

    def choose(
        self,
        lines: Iterable[str],
        *,
        require: str | None = None,
        without: frozenset[str] = frozenset(),
    ) -> str | None:
        """A line, filled, or None when all were said or cannot be filled.

        require: a slot the line must have. without: slots it must not have.
        """
        for line in sorted(lines, key=self._order):
            if any(avoided.search(line) for avoided in self._avoided):
                continue
            needs = slots_of(line)
            if require is not None and require not in needs:
                continue
            if needs & (without | self._spent) or not needs <= self.slots.keys():
                continue
            words = _filled(line, self.slots) if needs else line
            # A line filled with other words is still the same line.
            prints = fingerprints(words) | fingerprints(_SLOT.sub("", line))
            if prints and not prints & self.said:
                self.said |= prints
                self._spent |= needs
                return words
        return None

    def again(self, lines: Iterable[str]) -> str | None:
        """A line without slots, said before or not; for when nothing else is left."""
        plain = [line for line in lines if not slots_of(line)]
        return min(plain, key=self._order, default=None)

    def anew(self, lines: Iterable[str]) -> str | None:
        """A line whose slots tell what is so now, said before or not: it is another time by now."""
        fitting = [line for line in lines if slots_of(line) <= self.slots.keys()]
        line = min(fitting, key=self._order, default=None)
        return line.format_map(self.slots) if line is not None else None

    def first(self, *lists: Iterable[str], require: str | None = None) -> str | None:
        """The first line found, trying the lists in order: most specific first."""
        for lines in lists:
            words = self.choose(lines, require=require)
            if words is not None:
                return words
        return None

    def _order(self, line: str) -> tuple[bool, bytes]:
        drawn = hashlib.blake2s((self._salt + line).encode(), digest_size=8).digest()
        return not isinstance(line, Preferred), drawn


def _filled(line: str, slots: Slots) -> str:
    words = line.format_map(slots)
    return Preferred(words) if isinstance(line, Preferred) else words

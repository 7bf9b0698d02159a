"""What every composer of words of danger needs: lines of one path, questions marked as put, a
number marked as given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, Facet, Path
from qingting.companion.protect.move import Move
from qingting.companion.understand.about_us import answer_to
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.situations import Situation
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser, fingerprints

_NUMBERS: Final = frozenset({"line", "emergency", "police"})

Parts = list[str | None]


@dataclass(slots=True)
class Voice:
    """Finds the lines of one turn and remembers what was put and given.

    bank: all authored lines of the language. path: whose words are spoken. asked: questions now
    put, as "path.facet"; said: fingerprints of their words. number: whether a number was given.
    offered: what was offered. situation: what they told, where it is nothing that was asked. tells:
    whether anybody can be told of danger from here.
    """

    bank: Bank
    chooser: Chooser
    language: Language
    episode: Episode
    minor: bool = False
    situation: Situation | None = None
    tells: bool = False
    path: Path = ""
    asked: list[str] = field(default_factory=list)
    said: frozenset[str] = frozenset()
    number: bool = False
    offered: str = ""

    @property
    def imminent(self) -> bool:
        """Whether it may be now."""
        return at_least(self.episode.level, "imminent")

    def plain(self, lines: Lines) -> str | None:
        """One of the lines, without a number; None when all were said."""
        return self.chooser.choose(lines, without=_NUMBERS)

    def numbered(self, lines: Lines) -> str | None:
        """One of the lines, with its number."""
        words = self.chooser.choose(lines)
        self.number = self.number or words is not None
        return words

    def own(self, *path: str) -> Lines:
        """Lines of the path that speaks: content/<language>/danger/<path>.toml."""
        return self.bank.lines("danger", self.path, *path)

    def safety(self, *path: str) -> Lines:
        """Lines of content/<language>/safety."""
        return self.bank.lines("safety", *path)

    def stay(self) -> str | None:
        """A line that takes up what they told, where that is known; else one that only stays."""
        told = self.bank.lines(*self.situation.path("notice")) if self.situation else ()
        return self.plain(told) or self.plain(self.own("stay", "lines"))

    def owed_answer(self) -> str | None:
        """The answer to what they asked or told, where that is one that has an answer."""
        if self.situation is None:
            return None
        lines = self.bank.lines(*self.situation.path("answer"))
        return self.plain(lines) or self.numbered(lines)

    def asked_of_it(self) -> str | None:
        """The question that belongs to what they told; None where it has none."""
        if self.situation is None:
            return None
        return self.marked("told", self.bank.lines(*self.situation.path("ask")))

    def bring(self, move: Move) -> str | None:
        """A line with a number; where the place has none to call, people in words, and the page
        shows the international finder beside them."""
        if move.number is None:
            return None
        level = "high" if at_least(self.episode.level, "high") else "moderate"
        return self.numbered(self.own(level, "bring")) or self.without_number()

    def without_number(self) -> str | None:
        """People in words."""
        shared = self.bank.lines("danger", "suicide", "moderate", "bring_plain")
        return self.plain(self.own("moderate", "bring_plain")) or self.plain(shared)

    def ask(self, move: Move) -> str | None:
        """The first of the move's questions that has words left."""
        for facet in move.asks:
            words = self.plain(self._questions(facet))
            if words is not None:
                return self.mark(facet, words)
        return None

    def marked(self, facet: Facet, lines: Lines) -> str | None:
        """A question out of the lines, marked as put."""
        words = self.plain(lines)
        return self.mark(facet, words) if words is not None else None

    def mark(self, facet: Facet, words: str) -> str:
        """Mark a question as put."""
        self.asked.append(f"{self.path}.{facet}")
        self.said |= fingerprints(words)
        return words

    def us(self, name: str) -> str | None:
        """A straight answer about us; said again when all its lines were said."""
        lines = self.bank.lines("moves", "about_you", answer_to(name, tells=self.tells))
        return (self.plain(lines) or self.chooser.again(lines)) if name else None

    def _questions(self, facet: Facet) -> Lines:
        if facet == DIRECT:
            return self.own("moderate", "ask")
        more = self.safety("people", "offer", "lines") if facet == "who" else ()
        return (*self.own("probes", facet), *more)

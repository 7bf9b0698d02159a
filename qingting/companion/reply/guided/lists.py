"""The lists of authored lines that one reply may draw on."""

from __future__ import annotations

from qingting.companion.plan.plan import Plan
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.work import Work


def is_question(line: str) -> bool:
    """Whether a line asks."""
    return "？" in line or "?" in line


class Lists:
    """Lists by what they are for: a move, the situation told, the topic talked about."""

    def __init__(self, work: Work, words: Bank) -> None:
        self._work = work
        self._plan: Plan = work.plan
        self._bank = words

    def moves(self, *path: str) -> Lines:
        """Everyday lines (content moves/); while they have enough of questions, those that ask
        nothing."""
        lines = self._bank.lines("moves", *path)
        if path[0] != "about_you" and self._work.state.quiet:
            return tuple(line for line in lines if not is_question(line))
        return lines

    def situation(self, kind: str) -> Lines:
        """Lines of the situation that the message tells of. kind: "notice", "ask", "step"."""
        near = self._plan.situation
        return self._bank.lines(*near.path(kind)) if near is not None else ()

    def topic(self, kind: str) -> list[Lines]:
        """Lists of the topic talked about, its named side first."""
        if self._plan.topic is None:
            return []
        shelf = ("topics", self._plan.topic)
        lists = [self._bank.lines(*shelf, kind)]
        if self._plan.facet is not None:
            lists.insert(0, self._bank.lines(*shelf, "facet", self._plan.facet, kind))
        return lists

    def facet(self, kind: str) -> Lines:
        """Lines of the very side of the topic that this message names."""
        if not self.names_facet:
            return ()
        named = self._work.reading.topics[0]
        return self._bank.lines("topics", named.name, "facet", named.facet or "", kind)

    @property
    def names_facet(self) -> bool:
        """Whether this very message names a side of the topic talked about."""
        topics = self._work.reading.topics
        return bool(topics) and topics[0].facet is not None and self._plan.topic == topics[0].name

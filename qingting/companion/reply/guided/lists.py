"""The lists of authored lines that one reply may draw on."""

from __future__ import annotations

from typing import Final

from qingting.companion.plan.direct import ASKED
from qingting.companion.plan.plan import Plan
from qingting.companion.voice.now import is_glad, words_now
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.work import Work

# Lists that fit any message.
_GOES_ON: Final = frozenset({"stance", "question", "restatement", "finish"})


def is_question(line: str) -> bool:
    """Whether a line asks."""
    return "？" in line or "?" in line


class Lists:
    """Lists by what they are for: a move, the situation told, the topic talked about."""

    def __init__(self, work: Work, words: Bank) -> None:
        self._work = work
        self._plan: Plan = work.plan
        self._bank = words
        self._voice = words_now(work)
        # A line that merely goes on, in however fine a voice, is no answer to something good.
        self._plainly = _GOES_ON if self._voice is not None and is_glad(work) else frozenset()

    def moves(self, *path: str) -> Lines:
        """Everyday lines (content moves/), those of the chosen voice first; while they have enough
        of questions, those that ask nothing."""
        if path[0] == "small" and path[-1].startswith(ASKED):
            # An answer to something asked point-blank has a file of its own.
            path = ("asked", path[-1].removeprefix(ASKED), "say")
        lines = self._bank.lines("moves", *path)
        if self._voice is not None and path[0] not in self._plainly:
            lines = (*self._voice.lines(*path), *lines)
        if path[0] != "about_you" and (self._work.state.quiet or self._only_greets(path)):
            return tuple(line for line in lines if not is_question(line))
        return lines

    def _only_greets(self, path: tuple[str, ...]) -> bool:
        """Whether these are greetings for somebody whom the law keeps us from asking first."""
        asks = self._work.policy.asks_first(minor=self._work.person.is_minor)
        return path[-1] == "hello" and not asks

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

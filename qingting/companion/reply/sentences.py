"""Cuts a reply into sentences while it is still being written.

A sentence is let go when the character after it has come: only then is it known that no closing
quote, further dot or decimal belongs to it. Nothing is added or lost: the pieces, joined, are
what was fed, whatever the chunks were.
"""

from __future__ import annotations

import re
from typing import Final

# Dots, marks and the like, or the end of a line.
_END: Final = re.compile(r"[。！？…；.!?]+|\n")
_SPACE: Final = re.compile(r"\s*")
_CLOSERS: Final = "”’」』）)】]》〉*_~～"
_CHINESE_END: Final = re.compile(r"[。！？；]")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# What stands before a dot that ends no sentence: a word, an initial, a number of a list.
_WORD: Final = re.compile(r"(?:^|[\s(\[\"“‘'])([A-Za-z][A-Za-z.]*)$")
_NUMBERED: Final = re.compile(r"(?:^|\n)\s*\d{1,3}$")
# Abbreviations that no sentence ends with.
_NEVER_LAST: Final = re.compile(
    r"(?i:mrs?|ms|mx|dr|st|prof|rev|gen|col|capt|lt|sgt|hon|vs|e\.?g|i\.?e|cf|vol|fig|approx|dept"
    r"|univ|ltd|ave|blvd|rd|mt|ft|jan|feb|apr|jul|aug|sept?|oct|nov|dec)"
)
# Abbreviations and words that may end one: a small letter or a digit after them tells.
_MAYBE_LAST: Final = re.compile(
    r"(?i:etc|a\.?m|p\.?m|no|mar|jun|al|[sj]r|inc|co|u\.s|u\.k|ph\.d|est)"
)
# How far back from a dot is looked: longer than any abbreviation or list number.
_WINDOW: Final = 24


class SentenceSplitter:
    """Feed it deltas, take sentences. One object per reply; linear in the length of the text."""

    def __init__(self) -> None:
        self._held = ""
        self._seen = 0

    def feed(self, delta: str) -> list[str]:
        """The sentences that this delta completed, each with the spaces and newlines after it."""
        self._held += delta
        ready: list[str] = []
        while (cut := self._next_cut()) is not None:
            ready.append(self._held[:cut])
            self._held = self._held[cut:]
            self._seen = 0
        return ready

    def flush(self) -> str:
        """What is left when the stream is over, "" when nothing is. Whether it is a whole
        sentence only the reason for the end can tell."""
        rest, self._held, self._seen = self._held, "", 0
        return rest

    def _next_cut(self) -> int | None:
        """Where the first sentence ends, None while that is not known."""
        while (mark := _END.search(self._held, self._seen)) is not None:
            end = _after_closers(self._held, mark)
            spaces = _SPACE.match(self._held, end)
            after = spaces.end() if spaces else end
            if after == len(self._held):
                # The next character decides; look at this mark again when it is here.
                self._seen = mark.start()
                return None
            if _ends(self._held, mark, end, after):
                return after
            self._seen = mark.end()
        self._seen = len(self._held)
        return None


def _after_closers(text: str, mark: re.Match[str]) -> int:
    """Where the quotes and brackets that close right after the mark end."""
    end = mark.end()
    if mark[0][-1].isspace():
        return end
    while end < len(text) and (text[end] in _CLOSERS or _closes(text, end)):
        end += 1
    return end


def _closes(text: str, at: int) -> bool:
    """Whether a straight double quote closes: it does when one is open in this sentence."""
    return text[at] == '"' and text.count('"', 0, at) % 2 == 1


def _ends(text: str, mark: re.Match[str], end: int, after: int) -> bool:
    """Whether the mark ends a sentence.

    end: after the closing quotes. after: where the next visible character stands.
    """
    if "\n" in text[mark.start() : after]:
        return bool(text[: mark.start()].strip())
    if _CHINESE_END.search(mark[0]):
        return True
    following = text[after]
    if mark[0].strip("…") == "":
        return not following.islower()
    if after == end:
        return _ends_before_han(text, mark, following)
    if mark[0] == ".":
        return _dot_ends(text, mark.start(), end, following)
    if following.islower():
        # "I... don't know", '"Why?" she asked'; but "really? since when" is two.
        return end == mark.end() and not mark[0].endswith("..")
    return True


def _ends_before_han(text: str, mark: re.Match[str], following: str) -> bool:
    """Without a space only Chinese goes on with a new sentence ("好的.我在"), not "1.先"."""
    before = text[mark.start() - 1 : mark.start()]
    return bool(_HAN.match(following)) and not (mark[0] == "." and before.isdigit())


def _dot_ends(text: str, dot: int, end: int, following: str) -> bool:
    """A single dot with a space after it."""
    before = text[max(0, dot - _WINDOW) : dot]
    if _NUMBERED.search(before):
        return False
    if end > dot + 1 and following.islower():
        return False
    word = _WORD.search(before)
    if word is None:
        return True
    said = word[1]
    if (len(said) == 1 and said != "I") or _NEVER_LAST.fullmatch(said):
        return False
    if _MAYBE_LAST.fullmatch(said):
        return not (following.islower() or following.isdigit())
    return True

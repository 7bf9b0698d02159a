"""How much of what tells who somebody is is covered before a model elsewhere reads it.

    PYTHONPATH=. python -m evals.masking [--show]

zh.txt and en.txt hold invented messages, one a line; what must be covered stands in ⟦ ⟧. Counted:
spans wholly covered and covered in part, words covered that need not be, messages that
come back as they were.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qingting.companion.reply.model.hide import find_all
from qingting.companion.reply.model.masking import Masker

HERE: Final = Path(__file__).resolve().parent
_MARK: Final = re.compile(r"⟦(.+?)⟧")


@dataclass
class Score:
    """Counts over one file."""

    messages: int = 0
    spans: int = 0
    covered: int = 0
    partly: int = 0
    false: int = 0
    restored: int = 0
    missed: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)


def read(language: str) -> list[str]:
    """The marked messages of a language ("zh" or "en")."""
    return (HERE / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def spans_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain message, and where in it the marked spans are."""
    text, spans, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    return text + marked[end:], spans


def score(messages: list[str]) -> Score:
    """Mask each message as the first of a talk."""
    total = Score()
    for marked in messages:
        text, spans = spans_of(marked)
        found = [(one.start, one.end) for one in find_all(text)]
        total.messages += 1
        total.spans += len(spans)
        for start, end in spans:
            letters = [at for at in range(start, end) if text[at].isalnum()]
            if all(any(a <= at < b for a, b in found) for at in letters):
                total.covered += 1
            else:
                total.partly += any(a <= at < b for a, b in found for at in letters)
                total.missed.append(marked)
        for a, b in found:
            if not any(a < end and start < b for start, end in spans):
                total.false += 1
                total.needless.append(f"{text}  <- {text[a:b]}")
        masker = Masker()
        total.restored += masker.unmask(masker.mask(text)) == text
    return total


def main() -> None:
    """Print the figures; with --show what was missed and what was covered needlessly."""
    for language in ("zh", "en"):
        one = score(read(language))
        print(
            f"{language}: {one.covered} of {one.spans} spans covered, {one.partly} in part, "
            f"{one.false} covered needlessly, {one.restored} of {one.messages} messages restored"
        )
        if "--show" in sys.argv:
            print(*(f"  missed   {each}" for each in one.missed), sep="\n")
            print(*(f"  needless {each}" for each in one.needless), sep="\n")


if __name__ == "__main__":
    main()

"""Whole talks in which is marked what is worth keeping: training/authored/<language>/memory_*.txt.

A talk begins with "# " and its day; then comes one message a line. What is to be kept stands
between tags: `<event on="2026-03-13">midterm is friday</event>`. Cut into the pieces that reading
has, talks hold what the files of single pieces lack: how seldom anything is worth keeping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from qingting.companion.person import Language
from qingting.companion.remember.dates.span import DateSpan
from qingting.companion.remember.extract import sentences_of
from qingting.companion.remember.pieces import pieces

_DAY: Final = re.compile(r"# (\d{4}-\d{2}-\d{2})\s*$")
_TAG: Final = re.compile(r"<(?P<kind>[a-z]+)(?P<more>(?: [a-z]+=\"[^\"]*\")*)>|</(?P<end>[a-z]+)>")
_MORE: Final = re.compile(r'([a-z]+)="([^"]*)"')
# A piece tells of a thing where it holds so much of the words that are marked, or is so much them.
_OF_MARKED: Final = 0.5
_OF_PIECE: Final = 0.6


class Marked(NamedTuple):
    """What is to be kept of a message: its kind, place, and what else the tag says."""

    kind: str
    start: int
    end: int
    more: dict[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was typed, on its day, and what of it is to be kept."""

    text: str
    today: date
    marked: tuple[Marked, ...]


class Told(NamedTuple):
    """A piece of a message, the kinds it tells of, and its days."""

    text: str
    kinds: frozenset[str]
    days: tuple[DateSpan, ...]
    today: date


def messages(path: Path) -> Iterator[Message]:
    """The messages of a file. Raises ValueError for tags that are not closed."""
    today = date.min
    for line in path.read_text(encoding="utf-8").splitlines():
        if day := _DAY.match(line):
            today = date.fromisoformat(day[1])
        elif line.strip():
            yield _message(line.strip(), today)


def told(path: Path, language: Language) -> Iterator[Told]:
    """The pieces of every message of a file."""
    for message in messages(path):
        for sentence in sentences_of(message.text, language, message.today):
            for piece in pieces(sentence.plain, language, sentence.days):
                start, end = sentence.start + piece.start, sentence.start + piece.end
                kinds = {mark.kind for mark in message.marked if _tells(mark, start, end)}
                text = sentence.plain[piece.start : piece.end].strip()
                yield Told(text, frozenset(kinds), piece.days, message.today)


def _message(line: str, today: date) -> Message:
    text, place, opened, marked = "", 0, None, []
    for tag in _TAG.finditer(line):
        text += line[place : tag.start()]
        place = tag.end()
        if tag["kind"]:
            opened = (tag["kind"], len(text), dict(_MORE.findall(tag["more"])))
        elif opened is not None and opened[0] == tag["end"]:
            marked.append(Marked(opened[0], opened[1], len(text), opened[2]))
            opened = None
        else:
            raise ValueError(f"a tag that was not opened: {line}")
    if opened is not None:
        raise ValueError(f"a tag that is not closed: {line}")
    return Message(text + line[place:], today, tuple(marked))


def _tells(mark: Marked, start: int, end: int) -> bool:
    shared = min(mark.end, end) - max(mark.start, start)
    return shared >= _OF_MARKED * (mark.end - mark.start) or shared >= _OF_PIECE * (end - start)

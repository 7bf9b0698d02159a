"""Sentences that stand in two places: no sentence is said twice in a talk, so that a line which
shares one with another cannot be said after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qingting.companion.person import Language
from qingting.companion.words.choose import fingerprints
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Folder, Line

_SLOT: Final = re.compile(r"\{\w+\}")
_SENTENCE: Final = re.compile(r"[^。！？!?.…]+")
# Sentences shorter than this ("嗯", "Okay.") are borne: characters, words.
_SHORT: Final[dict[Language, int]] = {"zh": 5, "en": 4}


def check(folder: Folder) -> Iterator[Finding]:
    """Each language in itself; the second of two places is named, with the first."""
    for language in LANGUAGES:
        lines: dict[str, Line] = {}
        sentences: dict[str, Line] = {}
        for line in folder.lines:
            if line.language == language and line.spoken:
                yield from _of(line, lines, sentences)


def _of(line: Line, lines: dict[str, Line], sentences: dict[str, Line]) -> Iterator[Finding]:
    same = lines.setdefault(line.text, line)
    if same is not line:
        yield line.found("same_line", where=_where(same))
        return
    seen = [sentences.setdefault(one, line) for one in _long_sentences(line)]
    shared = next((one for one in seen if one is not line and _meet(one, line)), None)
    if shared is not None:
        yield line.found("same_sentence", where=_where(shared))


def _meet(one: Line, other: Line) -> bool:
    """Whether both can be said in one talk: two voices hardly ever are."""
    voices = one.document.shelf == other.document.shelf == "voices"
    return not voices or one.document is other.document


def _long_sentences(line: Line) -> Iterator[str]:
    for sentence in _SENTENCE.findall(_SLOT.sub("", line.text)):
        size = len(sentence) if line.language == "zh" else len(sentence.split())
        if size >= _SHORT[line.language]:
            yield from fingerprints(sentence)


def _where(line: Line) -> str:
    return f"{line.document.name}:{line.at}"

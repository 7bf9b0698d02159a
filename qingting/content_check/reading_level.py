"""How hard a file is to read: a measure for each language, over all lines of the file.

English: the grade of Kincaid et al. (1975), 0.39 words a sentence + 11.8 syllables a word - 15.59;
7 is what a reader of twelve follows without effort. Syllables are counted by groups of vowels.
Chinese: characters a sentence, and the share of characters outside the 3755 of the first level of
GB 2312, the list of common characters that every machine has; "嗯" is of the second and is spoken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder, Line

HIGHEST_GRADE: Final = 7.0
MOST_A_SENTENCE: Final = 24.0
LONGEST_SENTENCE: Final = 45
MOST_RARE: Final = 0.02
# Fewer sentences than this say nothing about a file.
_FEWEST: Final = 12

_SLOT: Final = re.compile(r"\{\w*\}")
_END: Final = re.compile(r"[.!?…:;]+|[。！？…；\n]+")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_WRITTEN: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9]")
_SPOKEN: Final = frozenset("嗯")
_LAST_OF_LEVEL_ONE: Final = 0xD7


def check(folder: Folder) -> Iterator[Finding]:
    """Each file of words."""
    lines: dict[str, list[Line]] = {}
    for line in folder.lines:
        lines.setdefault(line.document.name, []).append(line)
    for name, said in lines.items():
        document = folder.by_name[name]
        if document.language == "en":
            yield from _english(document, said)
        else:
            yield from _chinese(document, said)


def _english(document: Document, lines: list[Line]) -> Iterator[Finding]:
    sentences = [
        words for line in lines for one in _sentences(line.text) if (words := _WORD.findall(one))
    ]
    if len(sentences) < _FEWEST:
        return
    words = [word for sentence in sentences for word in sentence]
    reached = grade(len(sentences), len(words), sum(map(syllables, words)))
    if reached > HIGHEST_GRADE:
        yield document.found("grade", grade=f"{reached:.1f}", most=f"{HIGHEST_GRADE:g}")


def grade(sentences: int, words: int, sounds: int) -> float:
    """The Flesch-Kincaid grade; 0 and less is very easy."""
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has, at least 1."""
    plain = word.lower().replace("’", "'").partition("'")[0]
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee"))
    past = plain.endswith("ed") and not plain.endswith(("ted", "ded", "eed"))
    return max(1, count - (silent or past))


def _chinese(document: Document, lines: list[Line]) -> Iterator[Finding]:
    sizes: list[int] = []
    characters: Counter[str] = Counter()
    for line in lines:
        characters.update(_HAN.findall(line.text))
        own = [len(_WRITTEN.findall(one)) for one in _sentences(line.text)]
        sizes += [size for size in own if size]
        if max(own, default=0) > LONGEST_SENTENCE:
            size, most = str(max(own)), str(LONGEST_SENTENCE)
            yield line.found("long_sentence", size=size, most=most)
    if len(sizes) < _FEWEST:
        return
    mean = sum(sizes) / len(sizes)
    if mean > MOST_A_SENTENCE:
        yield document.found("long_sentences", mean=f"{mean:.0f}", most=f"{MOST_A_SENTENCE:g}")
    rare = {one: times for one, times in characters.items() if not common(one)}
    if sum(rare.values()) > MOST_RARE * characters.total():
        yield document.found("rare", characters="、".join(sorted(rare, key=lambda one: -rare[one])))


def _sentences(text: str) -> list[str]:
    return _END.split(_SLOT.sub("", text))


def common(character: str) -> bool:
    """Whether a character is a common one."""
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first <= _LAST_OF_LEVEL_ONE or character in _SPOKEN

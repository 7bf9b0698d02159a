"""Voices (content/<language>/voices): enough lines of every kind, short ones, over lists that there
are; a label that says AI; and nobody's kin or lover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qingting.companion.person import Language
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder
from qingting.content_check.schema import Field, Spec, named

_LINES: Final = Field("lines")
SPEC: Final[Spec] = {
    "name": Field("text"),
    "label": Field("text"),
    "about": Field("text"),
    "order": Field("number"),
    "works": Field("names"),
    "model": Field("text"),
    "truth": Field("table", inside={"human": _LINES, "who": _LINES}),
    "moves": Field("table"),
    "aside": Field("table"),
}
# How many lines a list of a voice has at the least: with fewer a talk of twenty turns is plain
# again before its end.
_LEAST: Final[Mapping[tuple[str, ...], int]] = {
    ("truth", "human"): 6,
    ("truth", "who"): 6,
    ("moves", "stance", "plain"): 14,
    ("moves", "stance", "room"): 8,
    ("moves", "stance", "effort"): 8,
    ("moves", "stance", "ordinary"): 8,
    ("moves", "restatement", "turned"): 8,
    ("moves", "restatement", "quoted"): 10,
    ("moves", "suggestion", "any", "lines"): 6,
    ("moves", "small", "hello"): 5,
    ("moves", "small", "thanks"): 5,
    ("moves", "small", "goodbye"): 6,
    ("moves", "finish", "finish"): 6,
    ("moves", "question", "follow"): 10,
    ("aside", "any", "lines"): 40,
    ("aside", "night", "lines"): 10,
    ("aside", "glad", "lines"): 10,
    **{
        ("aside", topic, "lines"): 4
        for topic in (
            *("exams", "grades", "thesis", "jobs", "work", "parents", "dorm", "friendship"),
            *("breakup", "crush", "loneliness", "comparison", "sleep", "procrastination"),
            *("perfectionism", "moving", "money", "meaning", "worth", "grief"),
        )
    },
    **{
        ("moves", "feelings", label, depth): least
        for label in (
            *("sadness", "fear", "anxiety", "shame", "guilt", "anger", "hurt", "hopelessness"),
            *("relief", "joy", "loneliness", "grief", "confusion", "overwhelm", "excitement"),
            *("gratitude", "love", "pride", "numbness"),
        )
        for depth, least in (("light", 3), ("strong", 5))
    },
}
# Asides that stand beside no topic.
_KINDS: Final = ("any", "night", "glad")
_MOST: Final[Mapping[Language, int]] = {"zh": 36, "en": 22}
_SLOT: Final = re.compile(r"\{\w+\}")
_LETTER: Final = re.compile(r"[\w]")
_SAYS_AI: Final = re.compile(r"(?<![A-Za-z])AI(?![A-Za-z])")
# Nobody here is anybody's family or love.
_NEAR: Final = re.compile(
    r"男友|女友|男朋友|女朋友|恋人|老公|老婆|对象|情人|妈妈|爸爸|妈咪|姐姐|哥哥|弟弟|妹妹|奶奶|外婆|爷爷"
    r"|\b(?:boyfriend|girlfriend|lover|husband|wife|mum|mom|mother|dad|father|sister|brother)s?\b",
    re.IGNORECASE,
)


def check(folder: Folder) -> Iterator[Finding]:
    """Every voice."""
    for document in folder.on("voices", *LANGUAGES):
        yield from _what_it_is(document)
        yield from _lists(document, folder)
        yield from _lines(document, folder)


def _what_it_is(document: Document) -> Iterator[Finding]:
    """Its label, and whom it is."""
    if not _SAYS_AI.search(str(document.data.get("label", ""))):
        yield document.found("voice_no_ai", ("label",))
    for key in ("name", "label", "about"):
        near = _NEAR.search(str(document.data.get(key, "")))
        if near is not None:
            yield document.found("voice_near", (key,), word=near[0])


def _lists(document: Document, folder: Folder) -> Iterator[Finding]:
    """What there must be, and that each list lies over one that is there."""
    given = dict(_given(document.data))
    for path, least in _LEAST.items():
        size = len(given.get(path, ()))
        if size < least:
            place = path if path in given else ()
            key = ".".join(path)
            yield document.found("voice_few", place, key=key, size=str(size), least=str(least))
    for path in given:
        if not _is_known(path, document, folder):
            key, kinds = ".".join(path), named(_KINDS)
            yield document.found("voice_over_nothing", path, key=key, kinds=kinds)


def _is_known(path: tuple[str, ...], document: Document, folder: Folder) -> bool:
    if path[0] == "aside":
        return path[1] in _KINDS or f"{document.language}/topics/{path[1]}.toml" in folder.by_name
    if path[0] != "moves" or len(path) < 3:
        return path[0] in ("truth", "works")
    under = folder.by_name.get(f"{document.language}/moves/{path[1]}.toml")
    return under is not None and path[2:] in dict(_given(under.data))


def _lines(document: Document, folder: Folder) -> Iterator[Finding]:
    """Short lines, for they stand beside others; and asides that ask nothing."""
    for line in folder.lines:
        if line.document is not document or not line.spoken:
            continue
        size, most = _size(line.text, line.language), _MOST[line.language]
        if size > most:
            yield line.found("voice_long", size=str(size), most=str(most))
        if line.path[:2] == ("voices", "aside") and ("?" in line.text or "？" in line.text):
            yield line.found("asks_here", key="aside")


def _size(text: str, language: Language) -> int:
    """汉字 and letters for zh, words for en; a gap counts as nothing."""
    plain = _SLOT.sub("", text)
    return len(_LETTER.findall(plain)) if language == "zh" else len(plain.split())


def _given(
    data: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _given(value, (*above, key))
        elif isinstance(value, list):
            yield (*above, key), value

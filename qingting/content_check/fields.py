"""Fields of all files but exercises: topics and situations by their spec; danger, safety and moves
by what the installed content has there, for those names are read by the code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from qingting.content_check import folder as folders
from qingting.content_check import voices
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, tables
from qingting.content_check.places import Path
from qingting.content_check.schema import Field, Spec, against, named

_LINES: Final = Field("lines")
_FACET: Final[Spec] = {"name": Field("text"), "cues": _LINES, "notice": _LINES, "ask": _LINES}
_TOPIC: Final[Spec] = {
    "title": Field("text"),
    "cues": _LINES,
    "notice": _LINES,
    "ask": _LINES,
    "widen": _LINES,
    "step": _LINES,
    "facet": Field("tables", required=False, inside=_FACET),
}
_SITUATION: Final[Spec] = {
    "name": Field("text"),
    "when": _LINES,
    # What only looks like it: the tests see to it that it is not taken for it.
    "near": Field("lines", required=False),
    # Others, by shelf and name, that tell the same moment: what is said there is true too.
    "like": Field("lines", required=False),
    "keys": _LINES,
    # Who is in danger says the same words.
    "grave": Field("yes_no", required=False),
    "notice": Field("lines", required=False),
    "answer": Field("lines", required=False),
    "ask": Field("lines", required=False),
    "step": Field("lines", required=False),
}
# All of them must be answered before anybody can be asked.
_CONSENT: Final[Spec] = {
    "version": Field("number"),
    "title": Field("text"),
    "means": _LINES,
    "never": _LINES,
    "who": Field("text"),
    "until": Field("text"),
    "take_back": Field("text"),
}
_SPECS: Final[Mapping[str, Spec]] = {
    "topics": _TOPIC,
    "situations": {
        "opens": Field("lines", required=False),
        # Words beside which no key of the shelf counts.
        "never": Field("lines", required=False),
        "situation": Field("tables", inside=_SITUATION),
    },
    "consent": _CONSENT,
    "voices": voices.SPEC,
}
_BY_NAME: Final = ("moves", "danger", "safety", *folders.SHOWN, *folders.FOR_OPERATORS)
# New files of these may come and old ones go; any other is read by its name.
_OPEN: Final = (
    "topics",
    "situations",
    "exercises",
    "voices",
    "library",
    "resources",
    "instruments",
    "lexicon",
)
_KNOWN: Final = (
    *folders.SPOKEN,
    *folders.SHOWN,
    *folders.FOR_OPERATORS,
    *folders.FOR_MACHINES,
    "model",
    "library",
)
_OWED: Final = ("# author note:", "# source:", "# licence:")
# A head is looked for before the first table, or in so much of a file.
_HEAD: Final = 2000


def check(folder: Folder) -> Iterator[Finding]:
    """Heads, files and fields."""
    for document in folder.documents:
        if document.name.endswith(".toml") or document.shelf == "library":
            yield from _head(document)
        if document.language is not None and document.shelf not in _KNOWN:
            yield document.found("unread", allowed=named(_KNOWN))
    for shelf, spec in _SPECS.items():
        for document in folder.on(shelf, *LANGUAGES):
            yield from against(document, spec)
    used = folder if folder.root == folders.installed() else _installed()
    yield from _files(folder, used)
    for document in folder.documents:
        known = used.by_name.get(document.name)
        if document.shelf in _BY_NAME and document.language is not None and known is not None:
            yield from _as_in(document, known)


@cache
def _installed() -> Folder:
    return folders.read(folders.installed())


def _head(document: Document) -> Iterator[Finding]:
    head = document.text[: document.text.find("\n[")][:_HEAD]
    for owed in _OWED:
        if owed not in head:
            yield document.found("head", owed=owed)


def _files(folder: Folder, used: Folder) -> Iterator[Finding]:
    """Files that the code reads by their names must be there."""
    broken = {one.file for one in folder.broken}
    for name, document in used.by_name.items():
        if document.shelf not in _OPEN and name not in folder.by_name and name not in broken:
            yield Finding("file_gone", name, 1)


def _as_in(document: Document, known: Document) -> Iterator[Finding]:
    """The tables of a file beside the same file of the installed content. Of an array, a field is
    owed that every table of it has."""
    allowed: dict[Path, set[str]] = defaultdict(set)
    owed: dict[Path, set[str]] = {}
    for _, kind, table in _tables(known.data):
        allowed[kind] |= table.keys()
        owed[kind] = owed.get(kind, set(table)) & table.keys()
    for place, kind, table in _tables(document.data):
        for key in sorted(table.keys() - allowed[kind]):
            names = named(sorted(allowed[kind])) or "-"
            yield document.found("unknown_field", (*place, key), field=key, allowed=names)
        for key in sorted(owed.get(kind, set()) - table.keys()):
            yield document.found("missing_field", place, field=key)


_Table = tuple[Path, Path, Mapping[str, Any]]


def _tables(table: Mapping[str, Any], place: Path = (), kind: Path = ()) -> Iterator[_Table]:
    """Every table: its place, the same with all tables of an array as one, and itself."""
    yield place, kind, table
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _tables(value, (*place, key), (*kind, key))
        elif isinstance(value, list):
            for number, one in tables(value):
                yield from _tables(one, (*place, key, number), (*kind, key, 0))

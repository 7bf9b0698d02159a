"""Both languages have the same files with the same lists, and what carries weight in both: slots
with a number or a memory, options that are known by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from qingting.companion.words.choose import slots_of
from qingting.content_check import places
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder, Line, tables

# A line with one of these says something that a line without it does not: a number to call, what
# was told before. The person's own words ("quote", "who", "answer") may stand where they read well.
_WEIGHTY: Final = frozenset({"line", "emergency", "means", "earlier"})
# Life differs: the situations of a language are its own.
_OF_THEIR_OWN: Final = ("situations", "library")
# A list with less than this share of the lines of the other language is thin.
_THIN: Final = 0.5

_Keys = Mapping[tuple[str, ...], places.Path]


def check(folder: Folder) -> Iterator[Finding]:
    """Each file beside its other language."""
    broken = {one.file for one in folder.broken}
    for document in folder.documents:
        other = folder.by_name.get(document.other)
        if document.language is None or document.other in broken:
            continue
        if other is None:
            yield document.found("no_pair", other=document.other)
        elif not document.for_machines and document.shelf not in _OF_THEIR_OWN:
            yield from _keys(document, other)
            yield from _version(document, other)
    yield from _lists(folder)


def _keys(document: Document, other: Document) -> Iterator[Finding]:
    """What only this one of the two has."""
    mine, theirs = keys(document.data), keys(other.data)
    for path in mine.keys() - theirs.keys():
        if path[:-1] in theirs or len(path) == 1:
            key = ".".join(path)
            yield document.found("only_here", mine[path], key=key, other=other.name)


def _version(document: Document, other: Document) -> Iterator[Finding]:
    """Who agreed in one language agreed to what is said in the other: one version for both."""
    mine, theirs = document.data.get("version"), other.data.get("version")
    if document.shelf == "consent" and mine != theirs:
        values = {"mine": str(mine), "theirs": str(theirs), "other": other.name}
        yield document.found("version_differs", ("version",), **values)


def keys(
    table: Mapping[str, Any], path: tuple[str, ...] = (), place: places.Path = ()
) -> dict[tuple[str, ...], places.Path]:
    """Every key of a file with its place. Tables of an array are known by their names."""
    found: dict[tuple[str, ...], places.Path] = {}
    for key, value in table.items():
        found[(*path, key)] = (*place, key)
        if isinstance(value, dict):
            found |= keys(value, (*path, key), (*place, key))
        elif isinstance(value, list):
            for number, one in tables(value):
                found[(*path, key)] = (*place, key, 0)
                where, name = (*place, key, number), (*path, key, str(one.get("name", number)))
                found[name] = where
                found |= keys(one, name, where)
    return found


def _lists(folder: Folder) -> Iterator[Finding]:
    """The lists of lines beside those of the other language: options, slots, how many."""
    lists: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
    for line in folder.lines:
        lists.setdefault((line.document.name, line.path), []).append(line)
    for (_, path), mine in lists.items():
        document = mine[0].document
        theirs = lists.get((document.other, path), [])
        if not theirs or not mine[0].spoken:
            continue
        counts = {"mine": str(len(mine)), "theirs": str(len(theirs)), "other": document.other}
        key = ".".join(path[2:])
        if path[-1] == "options" and len(mine) < len(theirs) and _counted(folder, document):
            yield mine[0].found("options_differ", key=key, **counts)
        elif len(mine) < _THIN * len(theirs):
            yield mine[0].found("thin", key=key, **counts)
        for slot in sorted(_slots(mine) - _slots(theirs)):
            yield mine[0].found("slot_only_here", key=key, slot=slot, other=document.other)


def _counted(folder: Folder, words: Document) -> bool:
    """Whether the steps of an exercise know its options by their numbers."""
    steps = folder.by_name.get(f"exercises/{words.stem}.toml")
    rows = steps.data.get("step") if steps is not None else None
    return any(
        "instead" in step or step.get("kind") == "play"
        for _, step in tables(rows if isinstance(rows, list) else ())
    )


def _slots(lines: list[Line]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for line in lines:
        try:
            found |= slots_of(line.text) & _WEIGHTY
        except ValueError:  # a bracket left open is a finding of its own
            continue
    return found

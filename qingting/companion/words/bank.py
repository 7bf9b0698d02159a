"""The authored lines of one language, from content/<language>, loaded once and never changed.

content/<language>/<shelf>/<file>.toml holds tables of lists of lines; a list is addressed by its
path, e.g. ("moves", "feelings", "sadness", "strong") or ("danger", "suicide", "high", "lead").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.person import Language

Lines = tuple[str, ...]

# How a situation is told: for its authors, and for the tests.
_ASIDE: Final = frozenset({"when", "near", "like"})


class ContentError(Exception):
    """A content file is missing or is not in the documented shape."""


class Bank:
    """Lines by path. Missing paths give an empty tuple, so that a thin language degrades to its
    more general lines instead of failing a turn."""

    def __init__(self, shelves: Mapping[str, Mapping[str, Any]]) -> None:
        self._lines: dict[tuple[str, ...], Lines] = {}
        for shelf, files in shelves.items():
            for name, data in files.items():
                for path, lines in lists_of(data):
                    self._lines[(shelf, name, *path)] = lines

    def lines(self, *path: str) -> Lines:
        """The lines at a path; empty when there are none."""
        return self._lines.get(path, ())

    def paths(self) -> Iterator[tuple[str, ...]]:
        """Every path, for the tools that check content."""
        return iter(self._lines)


def lists_of(
    data: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Lines]]:
    """Every list of a parsed file with its path; tables of an array are known by their names."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from lists_of(value, (*above, key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for table in value:
                yield from lists_of(table, (*above, key, table["name"]))
        elif isinstance(value, list):
            yield (*above, key), tuple(value)


@cache
def bank(language: Language) -> Bank:
    """The bank of a language. Raises ContentError naming the file that cannot be read."""
    shelves = {
        shelf: parsed(language, shelf)
        for shelf in ("moves", "topics", "danger", "safety", "exercises")
    }
    return Bank({**shelves, "situations": situations(language)})


@cache
def situations(language: Language) -> Mapping[str, Mapping[str, Any]]:
    """The shelves of situations by their names, without what only authors and tests read. Kept,
    because they are also looked through (understand/situations.py), and parsing takes a while.
    Raises ContentError."""
    shelves = parsed(language, "situations")
    for data in shelves.values():
        data["situation"] = [
            {key: value for key, value in entry.items() if key not in _ASIDE}
            for entry in data.get("situation", ())
        ]
    return shelves


def parsed(language: Language, shelf: str) -> dict[str, dict[str, Any]]:
    """The files of a shelf by their names, in their order. Raises ContentError."""
    folder = resources.files("qingting.content") / language / shelf
    return {
        file.name.removesuffix(".toml"): read_toml(file)
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".toml")
    }


def read_toml(file: Any) -> dict[str, Any]:
    """One content file. Raises ContentError with its name when it is missing or malformed."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"content file {file.name}: {error}") from error

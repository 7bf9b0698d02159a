"""On which line of a TOML file a key or a text stands: the parser tells values, not places.

A path names keys from the top, with the number of the table (from 0) after the name of an array
of tables: ("facet", 1, "ask").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Final

Path = tuple[str | int, ...]

_HEADER: Final = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY: Final = re.compile(r"\s*(?:\"([^\"]+)\"|([\w-]+))\s*=")


class Places:
    """The places of one file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._keys: dict[Path, int] = {}
        self._tables: Counter[str] = Counter()
        at = 0
        above: Path = ()
        for line in text.splitlines(keepends=True):
            self._starts.append(at)
            above = self._read(line, at, above)
            at += len(line)

    def _read(self, line: str, at: int, above: Path) -> Path:
        """Remember what a line opens; returns the table in which the next line stands."""
        header = _HEADER.match(line)
        if header is not None:
            above = self._table(header[2], array=header[1] == "[[")
            self._keys.setdefault(above, at)
        elif (key := _KEY.match(line)) is not None:
            self._keys.setdefault((*above, key[1] or key[2]), at)
        return above

    def _table(self, name: str, *, array: bool) -> Path:
        if array:
            self._tables[name.strip()] += 1
        path: Path = ()
        whole = ""
        for part in name.split("."):
            whole = f"{whole}.{part.strip()}".strip(".")
            path = (*path, part.strip().strip('"'))
            if whole in self._tables:
                path = (*path, self._tables[whole] - 1)
        return path

    def offset(self, path: Path) -> int:
        """Where a key stands, or what is nearest above it; 0 when nothing is known."""
        while path and path not in self._keys:
            path = path[:-1]
        return self._keys.get(path, 0)

    def after(self, value: str, offset: int) -> int:
        """Where a text ends that stands at or after an offset; the offset when it is not found."""
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        found = [
            at + len(quoted)
            for quoted in (f'"{escaped}"', f"'{value}'")
            if (at := self._text.find(quoted, offset)) >= 0
        ]
        return min(found, default=offset)

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset."""
        return max(1, bisect_right(self._starts, offset))

    def line_of(self, path: Path) -> int:
        """The line of a key, or of what is nearest above it."""
        return self.line(self.offset(path))

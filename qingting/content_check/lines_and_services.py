"""The files of lines and services (content/resources, and an institution's own), by the reader that
the talk itself uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from qingting.companion.protect.institution import with_institution
from qingting.companion.protect.resource_files import ResourceError, read_place
from qingting.companion.protect.resources import Directory
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder

_ROW: Final = re.compile(r"\bresource (\d+)")
_DAY: Final = re.compile(r"compiled_on '.*' is no day")


def check(folder: Folder) -> Iterator[Finding]:
    """Every country's file."""
    for document in folder.on("resources"):
        try:
            read_place(folder.root / document.name)
        except ResourceError as error:
            yield from _found(document, error)


def institution(path: Path, document: Document) -> Iterator[Finding]:
    """The file of an institution, which stands outside the content."""
    try:
        with_institution(Directory.read_shipped(), path)
    except ResourceError as error:
        yield from _found(document, error)


def _found(document: Document, error: ResourceError) -> Iterator[Finding]:
    """The finding for what the reader says: it names the file, then the row."""
    detail = str(error).partition(": ")[2]
    if _DAY.search(detail):
        return  # dates.py says it
    row = _ROW.search(str(error))
    key = detail.removeprefix("unknown key ").partition(" ")[0].rstrip(",")
    at = ("resource", int(row[1]) - 1, key) if row else (key,)
    yield document.found("resource", at, detail=detail)

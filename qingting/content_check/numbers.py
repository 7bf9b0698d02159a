"""No number to call stands outside the resources: it would be said when it is old or wrong."""

from __future__ import annotations

from collections.abc import Iterator

from qingting.companion.protect.numbers import phone_like
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder


def check(folder: Folder) -> Iterator[Finding]:
    """Every line of every file that people are shown, comments too: they are copied from."""
    for document in folder.documents:
        if _is_shown(document):
            for at, line in enumerate(document.text.splitlines(), 1):
                for span in phone_like(line):
                    yield document.found("number", at, number=line[span.start : span.end])


def _is_shown(document: Document) -> bool:
    # What machines read holds patterns and examples of numbers to hide.
    return not document.for_machines and document.shelf not in ("resources", "lexicon")

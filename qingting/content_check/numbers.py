"""No number to call stands outside the resources: it would be said when it is old or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qingting.companion.protect.numbers import phone_like
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, Folder

_ADDRESS: Final = re.compile(r'url = "https://')


def check(folder: Folder) -> Iterator[Finding]:
    """Every line of every file that people are shown, comments too: they are copied from."""
    for document in folder.documents:
        if _is_shown(document):
            for at, line in enumerate(document.text.splitlines(), 1):
                if document.shelf == "library" and _ADDRESS.match(line):
                    continue  # an address holds the number of an article, to be opened
                for span in phone_like(line):
                    yield document.found("number", at, number=line[span.start : span.end])


def _is_shown(document: Document) -> bool:
    # What machines read holds patterns and examples of numbers to hide.
    # Packs hold the numbers of laws; their words for people are checked (policies/words.toml).
    if document.shelf == "policies" and document.stem != "words":
        return False
    return not document.for_machines and document.shelf not in ("resources", "lexicon")

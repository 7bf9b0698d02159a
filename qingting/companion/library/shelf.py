"""The articles there are, read once. A file that cannot be read costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib import resources

from qingting.companion.library.article import SHELVES, Article, read
from qingting.companion.person import Language
from qingting.companion.words.bank import ContentError

log = logging.getLogger(__name__)

FOLDER = "library"


@cache
def articles(language: Language) -> Mapping[str, Article]:
    """Every article of a language by its slug, shelf by shelf, then by slug. Empty where there are
    none. Never raises: a broken file is logged by its name and left out."""
    folder = resources.files("qingting.content") / language / FOLDER
    if not folder.is_dir():
        return {}
    found = []
    for file in folder.iterdir():
        if not file.name.endswith(".md"):
            continue
        try:
            found.append(read(file.name.removesuffix(".md"), file.read_text(encoding="utf-8")))
        except (ContentError, OSError, UnicodeDecodeError) as error:
            # Only the type: the detail is told by `qingting content check`.
            log.error("article %s/%s: %s", language, file.name, type(error).__name__)
    ordered = sorted(found, key=lambda one: (SHELVES.index(one.shelf), one.slug))
    return {one.slug: one for one in ordered}

"""Policy packs: each names what it states in the fields of a pack, and policies/words.toml says in
both languages what each control of theirs asks. What values mean is read by qingting.policy.packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qingting.content_check.banned import wording_in
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, short
from qingting.content_check.schema import Field, Spec, against

WORDS: Final = "policies/words.toml"
_BOTH: Final[Spec] = {"zh": Field("text"), "en": Field("text")}


def check(folder: Folder) -> Iterator[Finding]:
    """The words, and that no pack states a control without any."""
    words = folder.by_name.get(WORDS)
    if words is None:
        return
    yield from against(words, {key: Field("table", inside=_BOTH) for key in words.data})
    yield from _banned(words)
    for pack in folder.on("policies"):
        if pack is not words:
            yield from _without_words(pack, words)


def _banned(words: Document) -> Iterator[Finding]:
    for key, texts in words.data.items():
        for language in LANGUAGES:
            text = texts.get(language) if isinstance(texts, dict) else None
            found = wording_in(text, language) if isinstance(text, str) else None
            if found is not None and isinstance(text, str):
                word, entry = found
                yield words.found(
                    "banned",
                    (key, language),
                    word=word,
                    why=entry.why,
                    instead=entry.instead,
                    text=short(text),
                )


def _without_words(pack: Document, words: Document) -> Iterator[Finding]:
    for number, one in enumerate(pack.data.get("control", ())):
        key = one.get("key") if isinstance(one, dict) else None
        if isinstance(key, str) and key not in words.data:
            yield pack.found("no_control_words", ("control", number, "key"), key=key)

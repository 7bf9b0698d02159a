"""Words that Qingting never says: content/banned.toml, for the linter and for the tests alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, installed, tables
from qingting.content_check.schema import Field, Spec, against

FILE: Final = "banned.toml"
_BOTH: Final[Spec] = {"zh": Field("text"), "en": Field("text")}
_LINES: Final = Field("lines", required=False)
_GROUP: Final[Spec] = {
    "why": Field("table", inside=_BOTH),
    "instead": Field("table", inside=_BOTH),
    "zh": _LINES,
    "en": _LINES,
    "except_topics": Field("names", required=False),
}
SPEC: Final[Spec] = {"group": Field("tables", inside=_GROUP)}


@dataclass(frozen=True, slots=True)
class Word:
    """One banned wording. why, instead: by language. topics: where it may stand."""

    pattern: re.Pattern[str]
    why: Mapping[Language, str]
    instead: Mapping[Language, str]
    topics: frozenset[str]


Words = Mapping[Language, tuple[Word, ...]]


def banned_in(text: str, language: Language, *, about_counselling: bool = False) -> str | None:
    """The first banned wording of a text, or None.

    about_counselling: in the talk about seeing a counsellor the English "therapist" may stand.
    """
    found = _first(text, _installed()[language], "counselling" if about_counselling else "")
    return found.pattern.pattern if found is not None else None


def wording_in(text: str, language: Language) -> tuple[str, Word] | None:
    """The first banned wording of a text as it stands there, with its entry, or None."""
    found = _first(text, _installed()[language], "")
    told = found.pattern.search(_plain(text)) if found is not None else None
    return None if found is None or told is None else (told[0], found)


def check(folder: Folder) -> Iterator[Finding]:
    """Every line that may be said or shown, by the list of the folder itself."""
    document = folder.by_name.get(FILE)
    words = _installed()
    if document is not None:
        wrong = list(against(document, SPEC)) or list(_patterns(document))
        yield from wrong
        words = words if wrong else words_of(document.data)
    for line in folder.lines:
        found = _first(line.text, words[line.language], line.document.stem)
        if found is not None:
            told = found.pattern.search(_plain(line.text))
            word = told[0] if told else ""
            yield line.found("banned", word=word, why=found.why, instead=found.instead)


def words_of(data: Mapping[str, Any]) -> Words:
    """The list from its file. Raises KeyError or re.error where the file is not in shape."""
    return {
        language: tuple(
            Word(re.compile(wording), group["why"], group["instead"], _topics(group))
            for group in data["group"]
            for wording in group.get(language, ())
        )
        for language in LANGUAGES
    }


def _topics(group: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(group.get("except_topics", ()))


@cache
def _installed() -> Words:
    return words_of(read_toml(installed() / FILE))


def _patterns(document: Document) -> Iterator[Finding]:
    """Wordings that are no pattern."""
    for number, group in tables(document.data["group"]):
        for language in LANGUAGES:
            for wording in group.get(language, ()):
                try:
                    re.compile(wording)
                except re.error as error:
                    place = ("group", number, language)
                    yield document.found("pattern", place, word=wording, detail=str(error))


def _first(text: str, words: tuple[Word, ...], topic: str) -> Word | None:
    plain = _plain(text)
    return next(
        (word for word in words if topic not in word.topics and word.pattern.search(plain)), None
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")

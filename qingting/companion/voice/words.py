"""The voices there are (content/<language>/voices): names, and lines over the plain ones.

A voice is an overlay: it has lines of its own for some of the lists in moves/, and short sentences
("asides") that may follow a reply. Where it has none, the plain words stand. A file that is missing
or broken costs that voice alone: its talk is plain (docs/voices.md).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.words.bank import ContentError, Lines, lists_of, read_toml
from qingting.companion.words.choose import Preferred

log = logging.getLogger(__name__)

# How everybody is talked to who chose nothing; it has no file.
PLAIN: Final = "plain"
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_ID: Final = re.compile(r"[a-z][a-z_]{0,23}")


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """One voice in one language.

    name: on its button. label: stands beside its replies and says that it is an AI. about: how it
    sounds, and for whom. order: its place in the list. works: the writings it was learnt from.
    model: what a language model is told of it. lists: its lines by path, as the bank of words
    addresses the plain ones, with ("aside", kind) besides.
    """

    id: str
    name: str
    label: str
    about: str
    order: int
    works: tuple[str, ...]
    model: str
    lists: Mapping[tuple[str, ...], Lines]

    def lines(self, *path: str) -> Lines:
        """Its lines for a list of moves/; empty where it has none of its own."""
        return self.lists.get(path, ())

    def asides(self, kind: str) -> Lines:
        """Its short sentences of a kind: "any", "night", "glad", or a topic."""
        return self.lists.get(("aside", kind), ())

    @property
    def samples(self) -> Lines:
        """Two lines to know it by."""
        first = (self.lines("stance", "plain")[:1], self.asides("any")[:1])
        return tuple(line for lines in first for line in lines)


def voices(language: Language) -> tuple[VoiceWords, ...]:
    """The voices of a language that can be used, in the order of their list. Anybody may choose
    any of them: none is kin, none is a lover (content_check/voices.py), and the reply guard reads
    their lines as it reads all others (tests/companion/voice)."""
    return tuple(sorted(_voices(language).values(), key=lambda one: (one.order, one.id)))


def voice_words(language: Language, which: str) -> VoiceWords | None:
    """A voice by its id; None for the plain one, and for one that this language cannot give."""
    return _voices(language).get(which)


def known(which: str) -> bool:
    """Whether this may be chosen: the plain one, or a voice that some language has."""
    return which in names_of_all()


def names_of_all() -> tuple[str, ...]:
    """The ids of all that may be chosen, the plain one first."""
    found = {one.id: one.order for language in LANGUAGES for one in voices(language)}
    return (PLAIN, *sorted(found, key=lambda one: (found[one], one)))


@cache
def _voices(language: Language) -> Mapping[str, VoiceWords]:
    return read_voices(resources.files("qingting.content") / language / "voices")


def read_voices(folder: Traversable) -> Mapping[str, VoiceWords]:
    """The voices of a folder by their ids. One that cannot be read is left out, and told by the
    name of its file alone."""
    found: dict[str, VoiceWords] = {}
    for file in _files(folder):
        which = file.name.removesuffix(".toml")
        try:
            found[which] = _voice(which, read_toml(file))
        except (ContentError, KeyError, TypeError, ValueError, AttributeError):
            log.error("voice file %s cannot be used; its talk is plain", file.name)
    return found


def _files(folder: Traversable) -> list[Traversable]:
    try:
        names = {f"{file.name}": file for file in folder.iterdir()}
    except OSError:
        return []
    return [
        file
        for name, file in sorted(names.items())
        if name.endswith(".toml") and _ID.fullmatch(name.removesuffix(".toml"))
    ]


def _voice(which: str, data: Mapping[str, Any]) -> VoiceWords:
    """A voice from what its file says. Raises KeyError, TypeError, ValueError."""
    if which == PLAIN:
        raise ValueError("the plain voice has no file")
    head = {key: data[key] for key in ("name", "label", "about", "model")}
    if not all(isinstance(text, str) and text.strip() for text in head.values()):
        raise ValueError("a text is missing")
    lists: dict[tuple[str, ...], Lines] = {}
    for path, lines in lists_of(data):
        if not all(isinstance(line, str) for line in lines):
            raise TypeError("a list holds something that is no line")
        shelf, *rest = path
        if shelf == "moves":
            lists[tuple(rest)] = _preferred(lines)
        elif shelf == "truth":
            # Asked what it is, it answers in its voice, and as truly as the plain one.
            lists["about_you", *rest] = _preferred(lines)
        elif shelf == "aside":
            lists["aside", rest[0]] = _preferred(lines)
    return VoiceWords(
        id=which,
        order=int(data["order"]),
        works=tuple(str(work) for work in data.get("works", ())),
        lists=lists,
        **head,
    )


def _preferred(lines: Lines) -> Lines:
    return tuple(Preferred(line) for line in lines)

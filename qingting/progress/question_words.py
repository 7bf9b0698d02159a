"""Plain names of the questionnaires, as their pages say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qingting.companion.instruments import shelf
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.person import Language, Person
from qingting.companion.words.bank import ContentError, read_toml
from qingting.companion.words.script import in_script


@dataclass(frozen=True, slots=True)
class Named:
    """name: what it is called. about: what it asks, in a sentence; "" where nothing is written."""

    name: str
    about: str = ""


def named(instrument: Instrument, who: Person) -> Named:
    """Its plain name; its own title where nobody wrote one."""
    words = _words(who.language).get(instrument.key)
    if words is not None:
        return Named(in_script(words["name"], who), in_script(words["about"], who))
    wording = instrument.wordings.get(who.language)
    return Named(wording.title if wording is not None else instrument.key)


def screening(who: Person) -> str:
    """The sentence that stands with every result; "" where it cannot be read, for what stands
    before it must not be lost for that."""
    try:
        return in_script(shelf.screening(who.language), who)
    except (ContentError, KeyError):
        return ""


@cache
def _words(language: Language) -> Mapping[str, Mapping[str, str]]:
    try:
        return read_toml(resources.files("qingting.content") / language / "questions.toml")
    except ContentError:
        # Names that cannot be read cost no page.
        return {}

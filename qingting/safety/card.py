"""The words of the card one shows to whoever is near, in a language that they can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from qingting.companion.person import Language, Person, Script
from qingting.companion.protect.resources import Place
from qingting.companion.words.bank import ContentError, read_toml
from qingting.companion.words.script import in_script

# Where the place is unknown: a number that may be wrong is worse than none.
_NO_NUMBER: Final[Mapping[Language, str]] = {
    "zh": "当地的急救电话",
    "en": "the local emergency number",
}
# Said when the content file cannot be read: this card may be all that somebody has.
_LAST: Final[Mapping[Language, str]] = {
    "zh": "我现在不安全。请陪着我，帮我打{emergency}。",
    "en": "I'm not safe right now. Please stay with me and call {emergency} for me.",
}


@dataclass(frozen=True, slots=True)
class CardWords:
    """The card in one language. script: as a page marks it (lang)."""

    text: str
    script: Script


def card_for(place: Place, person: Person) -> tuple[CardWords, ...]:
    """The card for a person in a place: first for those around, then, if they read something
    else, for the person."""
    around = Person(locale=f"zh-{place.code}") if _speaks_chinese(place) else Person(locale="en")
    readers = [around] if around.language == person.language else [around, person]
    return tuple(CardWords(_words(place, reader), reader.script) for reader in readers)


def _speaks_chinese(place: Place) -> bool:
    number = place.emergency()
    return number is not None and number.languages[0].partition("-")[0] == "zh"


def _words(place: Place, reader: Person) -> str:
    language = reader.language
    number = place.emergency()
    called = number.number if number and number.number else _NO_NUMBER[language]
    return in_script(_line(language).replace("{emergency}", called), reader)


def _line(language: Language) -> str:
    file = resources.files("qingting.content") / language / "safety" / "people.toml"
    try:
        return str(read_toml(file)["card"]["lines"][0])
    except (ContentError, KeyError, IndexError):
        return _LAST[language]

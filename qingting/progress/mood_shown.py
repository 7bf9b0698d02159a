"""Check-ins, and the form of one, as their page shows them in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingting.companion.person import Person
from qingting.companion.progress.mood import LEAST, MOST, Mood
from qingting.companion.progress.mood_words import CORNERS, MoodWords, mood_keys, mood_words
from qingting.companion.words.script import in_script
from qingting.progress.mood_forms import TypedMood


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be tapped. look: classes of a square, by how heavy and how much energy."""

    value: str
    words: str
    chosen: bool
    look: str = ""


@dataclass(frozen=True, slots=True)
class ShownForm:
    """The form with its words. squares: row by row, the most energy first. feelings: by corner."""

    squares: tuple[Choice, ...]
    ends: dict[str, str]
    feelings: tuple[tuple[Choice, ...], ...]
    about: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownMood:
    """One check-in. words: its place on the grid. with_it: feelings and what was going
    on. sleep: hours, "" where not said."""

    id: UUID
    on: date
    at: datetime
    words: str
    look: str
    with_it: str
    sleep: str
    note: str
    imported: bool


def shown_form(typed: TypedMood, person: Person) -> ShownForm:
    """The form as it stands."""
    words, keys = mood_words(person.language), mood_keys()
    steps = range(LEAST, MOST + 1)
    return ShownForm(
        squares=tuple(
            _square(words, valence, energy, typed.spot, person)
            for energy in reversed(steps)
            for valence in steps
        ),
        ends={end: in_script(word, person) for end, word in words.ends.items()},
        feelings=tuple(
            _choices(keys.feelings[corner], words.feelings, typed.feelings, person)
            for corner in CORNERS
        ),
        about=_choices(keys.about, words.about, typed.about, person),
    )


def shown_mood(mood: Mood, person: Person) -> ShownMood:
    """One of theirs. What has no word any more is left out."""
    words = mood_words(person.language)
    named = [words.feelings.get(one, "") for one in mood.feelings]
    named += [words.about.get(one, "") for one in mood.about]
    return ShownMood(
        id=UUID(mood.id),
        on=mood.on,
        at=mood.at,
        words=in_script(words.of(mood.valence, mood.energy), person),
        look=_look(mood.valence, mood.energy),
        with_it=in_script(" · ".join(filter(None, named)), person),
        sleep="" if mood.sleep is None else f"{mood.sleep:g}",
        note=mood.note,
        imported=mood.source == "imported",
    )


def said_after(mood: Mood, person: Person) -> str:
    """The line once it is noted."""
    words = mood_words(person.language)
    return in_script(words.said(mood.valence, int(mood.id[-4:], 16)), person)


def steps_in_words(person: Person) -> list[tuple[str, str]]:
    """Every step from heavy to light, for naming a mood of another app: value and words."""
    words = mood_words(person.language).valence
    return [(str(LEAST + place), in_script(word, person)) for place, word in enumerate(words)]


def _square(words: MoodWords, valence: int, energy: int, spot: str, person: Person) -> Choice:
    value = f"{valence}_{energy}"
    said = in_script(words.of(valence, energy), person)
    return Choice(value, said, value == spot, _look(valence, energy))


def _look(valence: int, energy: int | None) -> str:
    return f"v{valence - LEAST} e{(energy or 0) - LEAST}"


def _choices(
    keys: tuple[str, ...], words: Mapping[str, str], chosen: tuple[str, ...], person: Person
) -> tuple[Choice, ...]:
    return tuple(Choice(one, in_script(words[one], person), one in chosen) for one in keys)

"""The words of a check-in: feelings by corner of the grid, what was going on, the ends of the grid.

content/moods.toml has the keys, content/<language>/moods.toml their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.progress.mood import LEAST, MOST
from qingting.companion.words.bank import ContentError, read_toml

CORNERS: Final = ("heavy_up", "heavy_down", "light_down", "light_up")


@dataclass(frozen=True, slots=True)
class MoodKeys:
    """What there is to tap. feelings: by corner. about: what was going on."""

    feelings: Mapping[str, tuple[str, ...]]
    about: tuple[str, ...]

    @property
    def every_feeling(self) -> tuple[str, ...]:
        """All of them, corner by corner."""
        return tuple(one for corner in CORNERS for one in self.feelings[corner])


@dataclass(frozen=True, slots=True)
class MoodWords:
    """The words in one language. valence, energy: from LEAST to MOST. ends: of the grid, by
    "heavy", "light", "up", "down". kept: lines once it is noted, by "heavy", "between", "light"."""

    valence: tuple[str, ...]
    energy: tuple[str, ...]
    ends: Mapping[str, str]
    feelings: Mapping[str, str]
    about: Mapping[str, str]
    kept: Mapping[str, tuple[str, ...]]

    def of(self, valence: int, energy: int | None) -> str:
        """A place on the grid in words; without energy only how heavy or light."""
        heavy = self.valence[valence - LEAST]
        joint = ", " if heavy.isascii() else "，"
        return heavy if energy is None else f"{heavy}{joint}{self.energy[energy - LEAST]}"

    def said(self, valence: int, seed: int) -> str:
        """The line once a check-in is noted. seed: with it the same one each time."""
        lines = self.kept["heavy" if valence < 0 else "light" if valence > 0 else "between"]
        return lines[seed % len(lines)]


@cache
def mood_keys() -> MoodKeys:
    """Everything that can be tapped. Raises ContentError."""
    data = read_toml(resources.files("qingting.content") / "moods.toml")
    return MoodKeys(
        {corner: tuple(data["feelings"][corner]) for corner in CORNERS}, tuple(data["about"])
    )


@cache
def mood_words(language: Language) -> MoodWords:
    """The words of a language. Raises ContentError where one is missing."""
    data = read_toml(resources.files("qingting.content") / language / "moods.toml")
    keys, steps = mood_keys(), MOST - LEAST + 1
    words = MoodWords(
        valence=tuple(data["valence"]),
        energy=tuple(data["energy"]),
        ends=dict(data["ends"]),
        feelings={one: data["feelings"].get(one, "") for one in keys.every_feeling},
        about={one: data["about"].get(one, "") for one in keys.about},
        kept={name: tuple(lines) for name, lines in data["kept"].items()},
    )
    if len(words.valence) != steps or len(words.energy) != steps:
        raise ContentError(f"content file {language}/moods.toml: the grid has {steps} steps a side")
    missing = [key for key, word in (*words.feelings.items(), *words.about.items()) if not word]
    if missing:
        raise ContentError(f"content file {language}/moods.toml: no word for {missing[0]}")
    return words

"""Where help is: lines and services by place. Every number of every reply comes from here.

The data is in content/resources, one file a country, offered in the order in which it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from qingting.companion.person import AgeBand, Language
from qingting.companion.protect.resource import (
    KINDS,
    Ages,
    Purpose,
    Resource,
    ResourceKind,
    Words,
)
from qingting.companion.protect.resource_files import PlaceFile, ResourceError, read_place
from qingting.companion.understand.reading import Kind

INTERNATIONAL: Final = "INT"

# Kinds a person in distress can simply be given, best first; the others answer a special need.
_LINES: Final[tuple[ResourceKind, ...]] = ("crisis", "mental_health", "youth", "child")

# Where the writing alone says the place. zh-Hant is not here: it is read in Taiwan, Hong Kong
# and Macau, and a line of the wrong one does not answer.
_PLACE_OF_WRITING: Final = {"zh": "CN", "zh-hans": "CN"}


@dataclass(frozen=True, slots=True)
class Place:
    """The help of one place for a reader of one language.

    code: the place whose help this is, "INT" when nothing is known of where they are.
    finder: the international directory, always there.
    """

    code: str
    name: Words
    language: Language
    resources: tuple[Resource, ...]
    finder: Resource

    def emergency(self, purpose: Purpose = "ambulance") -> Resource | None:
        """The emergency number for this purpose, or the one for everything.

        None where the place is unknown: then the words must ask for "your local emergency number".
        """
        numbers = [each for each in self.resources if each.kind == "emergency"]
        for wanted in (purpose, "all"):
            for number in numbers:
                if number.purpose == wanted:
                    return number
        return None

    def crisis_lines(self, now: datetime, age_band: AgeBand) -> tuple[Resource, ...]:
        """Lines to call or text that are for this person, best first; may be empty.

        Lines known to be closed come last, as they help nobody now; before that, those that
        speak the language, then those for everybody, then as written in the data. A line whose
        hours are not certain is not put behind: name a second, surely open one beside it.
        """
        fitting = [line for line in self.resources if _fits(line, age_band)]
        return tuple(sorted(fitting, key=lambda line: self._merit(line, now)))

    def crisis_line(self, now: datetime, age_band: AgeBand) -> Resource | None:
        """The best line to call or text, or None where the data knows none (offer `finder`)."""
        lines = self.crisis_lines(now, age_band)
        return lines[0] if lines else None

    def lines_of(self, kind: Kind, now: datetime, age_band: AgeBand) -> tuple[Resource, ...]:
        """Lines for one kind of danger that serve this age, best first; may be empty. Those for
        some ages come before those for everybody: whoever is that age is better known there."""
        fitting = [
            line
            for line in self.resources
            if kind in line.dangers and line.number is not None and line.ages.serve(age_band)
        ]
        return tuple(
            sorted(
                fitting,
                key=lambda line: (
                    line.open_now(now) is False,
                    not line.speaks(self.language),
                    line.ages == Ages(),
                ),
            )
        )

    def all(self, now: datetime) -> tuple[Resource, ...]:
        """Everything here by kind, emergency first, closed lines last within a kind.

        The finder is added where no line for everybody is known.
        """
        here = sorted(
            self.resources, key=lambda each: (KINDS.index(each.kind), each.open_now(now) is False)
        )
        lines = any(each.kind in _LINES and each.for_everyone for each in here)
        extra = () if lines or self.finder in here else (self.finder,)
        return (*here, *extra)

    @property
    def numbers(self) -> frozenset[str]:
        """Every number of this place, as people write it: what a reply here may name."""
        return frozenset(number for each in self.resources for number in each.numbers)

    def _merit(self, line: Resource, now: datetime) -> tuple[bool, bool, bool, int]:
        return (
            line.open_now(now) is False,
            not line.speaks(self.language),
            not line.for_everyone,
            _LINES.index(line.kind),
        )


@dataclass(frozen=True, slots=True)
class Directory:
    """All places. Made by `load` (the shipped data) or `read` (a folder of an operator)."""

    files: tuple[PlaceFile, ...]

    @staticmethod
    def load() -> Directory:
        """The shipped data, read once, and the institution's own help where it has told us
        (`institution.use`). Raises ResourceError when a file cannot be used."""
        return _own[-1] if _own else _shipped()

    @staticmethod
    def read_shipped() -> Directory:
        """The shipped data alone, read once. Raises ResourceError."""
        return _shipped()

    @staticmethod
    def read(folder: Traversable) -> Directory:
        """Every *.toml of a folder. Raises ResourceError naming the file and the row."""
        found = sorted(
            (file for file in folder.iterdir() if file.name.endswith(".toml")),
            key=lambda file: file.name,
        )
        places = tuple(sorted((read_place(file) for file in found), key=lambda each: each.order))
        _check_together(places)
        return Directory(places)

    def for_place(self, region: str | None, *, language: Language) -> Place:
        """The help of a region (ISO 3166 alpha-2, any case).

        An unknown region or None gives the international finder only: nothing is guessed.
        """
        code = (region or INTERNATIONAL).upper()
        file = self._file(code) or self._file(INTERNATIONAL)
        if file is None:
            raise ResourceError("no file of the international finder")
        return Place(file.country, file.name, language, file.resources, self._finder)

    def places(self, language: Language) -> tuple[tuple[str, str], ...]:
        """(code, name) of every place for a chooser; the last is for being somewhere else."""
        return tuple((file.country, file.name.said_in(language)) for file in self.files)

    @property
    def numbers(self) -> frozenset[str]:
        """Every number of every place, as people write it."""
        return frozenset(
            number for file in self.files for each in file.resources for number in each.numbers
        )

    @property
    def _finder(self) -> Resource:
        file = self._file(INTERNATIONAL)
        for each in file.resources if file else ():
            if each.kind == "directory":
                return each
        raise ResourceError("no international finder")

    def _file(self, code: str) -> PlaceFile | None:
        for file in self.files:
            if file.country == code or code in file.covers:
                return file
        return None


def region_of(locale: str) -> str | None:
    """The region a locale names ("zh-TW", "en_GB", "zh-Hans-SG"), or None when it names none.

    Simplified Chinese without a region is taken for mainland China. The answer may be a region
    the directory does not know.
    """
    tag = locale.strip().lower().replace("_", "-")
    language, *subtags = tag.split("-")
    for subtag in subtags:
        if len(subtag) == 1:  # what follows a singleton is no region any more
            break
        if len(subtag) == 2 and subtag.isascii() and subtag.isalpha():
            return subtag.upper()
    script = next((subtag for subtag in subtags if len(subtag) == 4), None)
    return _PLACE_OF_WRITING.get(f"{language}-{script}" if script else language)


# What `use` put in place of the shipped data; at most one.
_own: list[Directory] = []


def use(directory: Directory | None) -> None:
    """Make a directory this process's; None for the shipped data alone."""
    _own[:] = [directory] if directory is not None else []


@cache
def _shipped() -> Directory:
    return Directory.read(files("qingting").joinpath("content", "resources"))


def _fits(line: Resource, age_band: AgeBand) -> bool:
    if line.kind not in _LINES or line.number is None or not line.ages.serve(age_band):
        return False
    child = line.kind == "child"
    return not child or age_band in ("under_14", "14_15", "16_17")


def _check_together(places: tuple[PlaceFile, ...]) -> None:
    """What no single file can see: ids and codes used twice, and that a finder is there."""
    _only_once("id", (each.id for place in places for each in place.resources))
    _only_once("code", (code for place in places for code in (place.country, *place.covers)))
    international = [place for place in places if place.country == INTERNATIONAL]
    if not any(each.kind == "directory" for place in international for each in place.resources):
        raise ResourceError("int.toml: one row of kind directory is needed")


def _only_once(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ResourceError(f"{what} {value!r} is used twice")
        seen.add(value)

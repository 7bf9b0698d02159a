"""What a questionnaire is: its items, how its answers make a score, and whose it is. All of it is
data in content/instruments; nothing here is about one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingting.companion.person import Language

# official: compared with the rights holder's file. unverified: the usual wording, not compared.
# operator: put in by this installation. none: no text here, the questionnaire cannot be asked.
TextStatus = Literal["official", "unverified", "operator", "none"]
Redistribution = Literal["free", "non_commercial", "operator_only", "no"]


@dataclass(frozen=True, slots=True)
class Licence:
    """Whose it is in one language, and what may be done with it."""

    status: Redistribution
    holder: str
    terms: str
    attribution: str
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its value in the score and its code where one is verified."""

    value: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. key: unique within the instrument. code: LOINC, only where verified.
    scored: whether it counts. reverse: whether its value is turned round. danger_from: an answer of
    this value or more opens a safety episode at once; None where the item asks no such thing.
    only_if: asked only when one of these items was answered `danger_from` or more."""

    key: str
    options: tuple[Option, ...]
    code: str = ""
    scored: bool = True
    reverse: bool = False
    danger_from: int | None = None
    only_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of scores. key: of its words for the operator, never said to the person."""

    key: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Wording:
    """An instrument in one language, verbatim. items and options: by item key, and by value."""

    title: str
    stem: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[int, str]]
    status: TextStatus
    licence: Licence


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. days: the window it asks about. least_age: youngest it may be asked.
    cutoff: a score from which more is asked; teen_cutoff: the same for under 18.
    higher_is_worse: which way the score runs. multiplier: of the raw sum. change: the smallest
    difference that counts, None where none is set; apart: the least days between two of them.
    panel, total: LOINC, only where verified. missing: how many scored items may be left out with
    the mean in their place. on_call_only: asked only where a person on call is declared.
    """

    key: str
    construct: str
    days: int
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    wordings: Mapping[Language, Wording]
    least_age: int
    higher_is_worse: bool = True
    multiplier: int = 1
    missing: int = 0
    cutoff: int | None = None
    teen_cutoff: int | None = None
    change: int | None = None
    apart: int = 14
    panel: str = ""
    total: str = ""
    on_call_only: bool = False
    source: str = ""
    subscales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered to an instrument: values by item key; an item left out is absent.
    language: of the wording that was shown."""

    id: str
    instrument: str
    language: Language
    on: date
    values: Mapping[str, int]
    finished: bool = False
    asked_in: Literal["page", "talk", "imported"] = "page"

"""What a questionnaire is: its items, how its answers make a score, and whose it is. All of it is
data in content/instruments; nothing here is about one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingting.companion.person import Language

# official: the owner's text, compared with their file, or two publications of it agree word for
# word. unverified: the usual wording, not compared.
# operator: put in by this installation. none: no text here, the questionnaire cannot be asked.
TextStatus = Literal["official", "unverified", "operator", "none"]
Redistribution = Literal["free", "non_commercial", "operator_only", "no"]
# How far what is known of it was confirmed: in a source, at second hand, or from memory alone.
Confidence = Literal["verified", "second_hand", "memory"]


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
    only_if: asked only when one of these items was answered `danger_from` or more. answers: name of
    its scale of answers, by which the files name their words."""

    key: str
    options: tuple[Option, ...]
    code: str = ""
    scored: bool = True
    reverse: bool = False
    danger_from: int | None = None
    only_if: tuple[str, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of scores. key: of its words for the operator, never said to the person."""

    key: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Wording:
    """An instrument in one language, verbatim. items and options: by item key, and by value. by:
    who of this installation supplied or confirmed the text; the day is the licence's
    verified_on."""

    title: str
    stem: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[int, str]]
    status: TextStatus
    licence: Licence
    by: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. days: the window it asks about, 0 where
    each question names its own. least_age: youngest it may be asked.
    cutoff: a score from which more is asked; teen_cutoff: the same for under 18.
    higher_is_worse: which way the score runs. multiplier: of the raw sum. change: the smallest
    difference that counts, None where none is set; apart: the least days between two of them.
    panel, total: LOINC, only where verified. missing: how many scored items may be left out with
    the mean in their place. on_call_only: asked only where a person on call is declared.
    source: what its rules rest on; confidence: how far that was confirmed. order: where it stands
    in a list of them. One without a scored item (yes and no) has no score: scoring.above_cutoff.
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
    confidence: Confidence = "memory"
    order: int = 99
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

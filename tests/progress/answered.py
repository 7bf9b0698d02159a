"""Answered questionnaires and check-ins for the tests of FHIR, and their bundle."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Language, Person
from qingting.companion.progress.mood import Mood
from qingting.progress.fhir import making, reading
from qingting.progress.fhir.reading import Read

TODAY: Final = date(2026, 11, 22)
NOW: Final = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
ME: Final = UUID("0d5d3a52-5f5c-4cf4-8f4e-1c1c3e1d7a10")
ZH: Final = Person(locale="zh-CN", timezone="Asia/Shanghai")
EN: Final = Person(locale="en-GB", timezone="Europe/London")
NOTE: Final = "在琴房哭了一场"
MOODS: Final = (
    Mood(uuid4().hex, TODAY, NOW, -2, 1, ("flat",), ("exams",), 4.5, NOTE),
    Mood(uuid4().hex, TODAY, NOW, 0),
)


def answers(
    key: str = "phq9",
    language: Language = "en",
    values: Mapping[str, int] | None = None,
    on: date = TODAY,
    *,
    finished: bool = True,
) -> Answers:
    """One questionnaire, every answer of it 1 where nothing else is said."""
    told = dict(values) if values is not None else dict.fromkeys(_keys(key), 1)
    return Answers(uuid4().hex, key, language, on, told, finished)


def whole_shelf() -> list[Answers]:
    """Every questionnaire there is, in both languages."""
    return [answers(key, language) for key in instruments() for language in ("zh", "en")]


def bundle_of(
    told: Sequence[Answers], moods: Sequence[Mood] = (), reader: Person = EN
) -> dict[str, Any]:
    return making.bundle(ME, told, moods, reader, NOW)


def of_kind(bundle: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [one for one in found if one["resourceType"] == kind]


def response(**changed: Any) -> dict[str, Any]:
    """One answered PHQ-9 as we write it."""
    [found] = of_kind(bundle_of([answers()]), "QuestionnaireResponse")
    return {**copy.deepcopy(found), **changed}


def read(thing: Any) -> Read:
    text = thing if isinstance(thing, str) else json.dumps(thing, ensure_ascii=False)
    return reading.read(text, instruments(), TODAY, lambda moment: ZH.local(moment).date())


def _keys(key: str) -> list[str]:
    return [item.key for item in instruments()[key].items]

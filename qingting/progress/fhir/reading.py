"""Answers that somebody pasted: a QuestionnaireResponse, or a bundle that holds some. Either all
that is ours in it can be taken, or it is said what is wrong and where. A score is never taken over:
it is counted here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from qingting.companion.instruments.instrument import Instrument
from qingting.companion.person import Language
from qingting.progress.fhir.checking import Path, fault_of
from qingting.progress.fhir.matching import Matched, matched
from qingting.progress.fhir.parsing import NotJson, parsed

Why = Literal[
    "empty",
    "no_json",
    "too_deep",
    "number",
    "text",
    "twice",
    "kind",
    "bundle",
    "none_in_it",
    "too_many",
    "invalid",
    "unfinished",
    "day",
    "ahead",
    "too_old",
    "unknown",
    "unanswered",
    "unknown_item",
    "answer",
    "answers",
    "answered_twice",
    "disagree",
]

# Of one paste: years of answering every second week.
MOST: Final = 200
# Objects within one answered questionnaire: the longest here has some hundred.
_MOST_PARTS: Final = 3000
# No questionnaire here is older.
_EARLIEST: Final = date(1990, 1, 1)
_LATEST_YEAR: Final = 2200
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T.+)?")
_DONE: Final = ("completed", "amended")
_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong. path: where, as in entry[2].resource.item[0]; empty for the whole. what: as it
    stands there, shortened; of text that is no JSON, its line and column."""

    why: Why
    path: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """One answered questionnaire. on: the day it was answered, None where that cannot be read.
    language: None where nothing says it. identifier: what it is known by elsewhere, "" for
    nothing."""

    instrument: Instrument
    values: Mapping[str, int]
    on: date | None
    language: Language | None
    identifier: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was found. problem: where there is one, nothing may be kept; `brought` is then what can
    be read all the same, so that danger in it is heard. left: answered questionnaires that are
    none of ours."""

    brought: tuple[Brought, ...] = ()
    left: tuple[Problem, ...] = ()
    problem: Problem | None = None


def read(
    text: str,
    shelf: Mapping[str, Instrument],
    today: date,
    day_of: Callable[[datetime], date],
) -> Read:
    """Read a paste. Never raises, whatever it is. day_of: the person's day of a moment."""
    try:
        data = parsed(text)
    except NotJson as error:
        what = f"{error.line}:{error.column}" if error.line else ""
        return Read(problem=Problem(error.why, _told(error.path), what))
    if not isinstance(data, dict) or data.get("resourceType") not in (
        "QuestionnaireResponse",
        "Bundle",
    ):
        kind = data.get("resourceType") if isinstance(data, dict) else ""
        return Read(problem=Problem("kind", "resourceType", _short(kind)))
    wrong: Problem | None = None
    if data["resourceType"] == "Bundle":
        wrong = _bundle_fault(data)
    found = list(_responses(data))
    if not found:
        return Read(problem=wrong or Problem("none_in_it", "entry"))
    if len(found) > MOST:
        return Read(problem=Problem("too_many", "entry", str(len(found))))
    return _all_of(found, _forms(data), shelf, today, day_of, wrong)


def _all_of(
    found: list[tuple[Path, dict[str, Any]]],
    forms: Mapping[str, Mapping[str, Any]],
    shelf: Mapping[str, Instrument],
    today: date,
    day_of: Callable[[datetime], date],
    wrong: Problem | None,
) -> Read:
    brought: list[Brought] = []
    left: list[Problem] = []
    problem = wrong
    for path, response in found:
        ours = matched(response, shelf, forms)
        if ours is None:
            place = _told((*path, "questionnaire"))
            left.append(Problem("unknown", place, _short(response.get("questionnaire"))))
            continue
        on = _day(response.get("authored"), day_of)
        problem = problem or _wrong(path, response, ours, on, today)
        brought.append(_brought(response, ours, on))
    if not brought and problem is None:
        problem = left[0]
    return Read(tuple(brought), tuple(left), problem)


def _brought(response: Mapping[str, Any], ours: Matched, on: date | None) -> Brought:
    identifier = response.get("identifier")
    known = ""
    if isinstance(identifier, dict) and identifier.get("value"):
        known = f"{identifier.get('system', '')}|{identifier['value']}"
    return Brought(ours.instrument, ours.values, on, ours.language, known)


def _wrong(
    path: Path, response: Mapping[str, Any], ours: Matched, on: date | None, today: date
) -> Problem | None:
    """The first thing that is wrong with one of ours."""
    # Counted first: the models take long over what is very large and wrong all over.
    if (parts := _parts(response)) > _MOST_PARTS:
        return Problem("too_many", _told((*path, "item")), str(parts))
    fault = fault_of(response)
    if fault is not None:
        return Problem("invalid", _told((*path, *fault)), _short(_at(response, fault)))
    authored = _told((*path, "authored"))
    said = _short(response.get("authored"))
    if response.get("status") not in _DONE:
        return Problem("unfinished", _told((*path, "status")), _short(response.get("status")))
    if on is None:
        return Problem("day", authored, said)
    if on > today or on < _EARLIEST:
        return Problem("ahead" if on > today else "too_old", authored, said)
    for one in ours.misfits:
        what = _short(_at(response, one.path))
        return Problem(one.why, _told((*path, *one.path)), what)
    if not ours.values:
        return Problem("unanswered", _told((*path, "item")))
    return None


def _bundle_fault(data: Mapping[str, Any]) -> Problem | None:
    """What is wrong with a bundle beside what lies in it."""
    entries = data.get("entry", [])
    if not isinstance(entries, list):
        return Problem("invalid", "entry", _short(entries))
    fault = fault_of({name: value for name, value in data.items() if name != "entry"})
    if fault is not None:
        return Problem("invalid", _told(fault), _short(_at(data, fault)))
    for number, one in enumerate(entries):
        resource = one.get("resource") if isinstance(one, dict) else None
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            return Problem("bundle", _told(("entry", number, "resource")))
    return None


def _responses(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path, one in _resources(data):
        if one.get("resourceType") == "QuestionnaireResponse":
            yield path, one


def _forms(data: dict[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The questionnaires that came along, by their address; also those within an answered one."""
    found: dict[str, Mapping[str, Any]] = {}
    for _path, one in _resources(data):
        inside = one.get("contained")
        for form in [one, *(inside if isinstance(inside, list) else [])]:
            if isinstance(form, dict) and form.get("resourceType") == "Questionnaire":
                found |= dict.fromkeys(_addresses(form), form)
    return found


def _addresses(form: Mapping[str, Any]) -> Iterator[str]:
    name = form.get("id")
    if isinstance(form.get("url"), str):
        yield form["url"]
    if isinstance(name, str):
        yield from (f"#{name}", f"Questionnaire/{name}", f"urn:uuid:{name}")


def _resources(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    if data.get("resourceType") != "Bundle":
        yield (), data
        return
    entries = data.get("entry")
    for number, one in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(one, dict) and isinstance(one.get("resource"), dict):
            yield ("entry", number, "resource"), one["resource"]


def _day(authored: Any, day_of: Callable[[datetime], date]) -> date | None:
    """The day something was answered; a month or a year is none."""
    if not isinstance(authored, str) or not _DAY.fullmatch(authored):
        return None
    try:
        if "T" not in authored:
            return date.fromisoformat(authored)
        moment = datetime.fromisoformat(authored)
        if moment.tzinfo is None or not _EARLIEST.year <= moment.year <= _LATEST_YEAR:
            return moment.date()
        return day_of(moment)
    except (ValueError, OverflowError):
        return None


def _parts(thing: Any) -> int:
    """How many objects there are in something."""
    count, waiting = 0, [thing]
    while waiting:
        one = waiting.pop()
        count += isinstance(one, dict)
        waiting.extend(
            one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        )
    return count


def _at(thing: Any, path: Path) -> Any:
    """What stands at a place; None where there is nothing."""
    for part in path:
        if isinstance(thing, Mapping) and part in thing:
            thing = thing[str(part)]
        elif isinstance(thing, list) and isinstance(part, int) and part < len(thing):
            thing = thing[part]
        else:
            return None
    return thing


def _told(path: Path) -> str:
    """A place as it is written: entry[2].resource.item[0]."""
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f"{'.' if said else ''}{part}"
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _short(value: Any) -> str:
    """A value as it can be shown; "" for what is no single one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return said if len(said := str(value)) <= _SHOWN else f"{said[:_SHOWN]}…"

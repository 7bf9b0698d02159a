"""Reads one country's file of lines and services. Every mistake is named by file and row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qingting.companion.protect.hours import Hours, parse_window
from qingting.companion.protect.resource import (
    CHANNEL_TYPES,
    CONFIDENCES,
    KINDS,
    PHONE_TYPES,
    PURPOSES,
    Ages,
    Channel,
    Name,
    Resource,
    Words,
)
from qingting.companion.understand.reading import KINDS as DANGERS
from qingting.companion.understand.reading import Kind

_Choice = TypeVar("_Choice", bound=str)

_COUNTRY: Final = re.compile(r"[A-Z]{2,3}")
_PHONE: Final = re.compile(r"\+?[0-9]+(?:[ -][0-9]+)*")
_PLACE_KEYS: Final = frozenset({"country", "order", "name", "timezone", "covers", "resource"})
_REQUIRED_KEYS: Final = frozenset(
    {"id", "kind", "name", "channels", "hours", "languages", "source", "confidence", "compiled_on"}
)
_ROW_KEYS: Final = _REQUIRED_KEYS | {
    *("purpose", "timezone", "ages", "audience", "url", "note", "dangers"),
}
_CHANNEL_KEYS: Final = frozenset({"type", "value", "keyword", "note"})


class ResourceError(ValueError):
    """A data file cannot be used; the message names the file and, within it, the row."""


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """One country's file. order: where it stands in a chooser. covers: codes of other countries
    that are shown this place because they have no file of their own."""

    country: str
    order: int
    name: Words
    covers: tuple[str, ...]
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a file with typed access; `where` opens every error message."""

    values: Mapping[str, object]
    where: str

    def fail(self, problem: str) -> ResourceError:
        return ResourceError(f"{self.where}: {problem}")

    def only(self, keys: frozenset[str]) -> None:
        if unknown := sorted(self.values.keys() - keys):
            raise self.fail(f"unknown key {', '.join(unknown)}")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{key} must be a text that is not empty")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def number(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fail(f"{key} must be a whole number, 0 or more")
        return value

    def optional_number(self, key: str) -> int | None:
        return self.number(key) if key in self.values else None

    def choice(self, key: str, choices: Sequence[_Choice]) -> _Choice:
        value = self.text(key)
        for choice in choices:
            if choice == value:
                return choice
        raise self.fail(f"{key} {value!r} is none of {', '.join(choices)}")

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.fail(f"{key} must be a list of texts")
        if not all(isinstance(item, str) and item for item in value):
            raise self.fail(f"{key} must hold texts only")
        return tuple(value)

    def table(self, key: str) -> _Table:
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table")
        return _Table(value, f"{self.where}, {key}")

    def tables(self, key: str) -> tuple[_Table, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.fail(f"{key} must be a list of tables, at least one")
        if not all(isinstance(item, dict) for item in value):
            raise self.fail(f"{key} must hold tables only")
        return tuple(_Table(item, f"{self.where}, {key} {i}") for i, item in enumerate(value, 1))

    def words(self, key: str) -> Words:
        table = self.table(key)
        table.only(frozenset({"zh", "en"}))
        return Words(zh=table.text("zh"), en=table.text("en"))

    def optional_words(self, key: str) -> Words | None:
        return self.words(key) if key in self.values else None

    def zone(self, key: str) -> str:
        value = self.text(key)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise self.fail(f"{key} {value!r} is no time zone") from problem
        return value


def read_place(file: Traversable, *, named: bool = True) -> PlaceFile:
    """Read and check one file. named: its name must be its country's code. Raises ResourceError
    naming the file and the row."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ResourceError(f"{file.name}: {problem}") from problem
    top = _Table(values, file.name)
    top.only(_PLACE_KEYS)
    country = top.text("country")
    fits = f"{country.lower()}.toml" == file.name or not named
    if not _COUNTRY.fullmatch(country) or not fits:
        raise top.fail(f"country {country!r} must be a code like CN and name the file")
    zone = top.zone("timezone")
    return PlaceFile(
        country=country,
        order=top.number("order"),
        name=top.words("name"),
        covers=top.texts("covers") if "covers" in top.values else (),
        resources=tuple(_resource(row, country, zone) for row in top.tables("resource")),
    )


def _resource(row: _Table, country: str, zone: str) -> Resource:
    row = _Table(row.values, f"{row.where} ({row.text('id')})")
    row.only(_ROW_KEYS)
    if missing := sorted(_REQUIRED_KEYS - row.values.keys()):
        raise row.fail(f"missing {', '.join(missing)}")
    kind = row.choice("kind", KINDS)
    if ("purpose" in row.values) != (kind == "emergency"):
        raise row.fail("purpose belongs to every emergency row and to no other")
    confidence = row.choice("confidence", CONFIDENCES)
    if confidence == "M" and kind != "emergency":
        raise row.fail("confidence M is enough for emergency numbers only")
    return Resource(
        id=row.text("id"),
        country=country,
        kind=kind,
        purpose=row.choice("purpose", PURPOSES) if kind == "emergency" else None,
        name=_name(row.table("name")),
        channels=tuple(_channel(table) for table in row.tables("channels")),
        hours=_hours(row),
        timezone=row.zone("timezone") if "timezone" in row.values else zone,
        languages=row.texts("languages"),
        ages=_ages(row),
        audience=row.optional_words("audience"),
        url=_page(row, "url") if "url" in row.values else None,
        source=row.text("source"),
        confidence=confidence,
        compiled_on=_day(row, "compiled_on"),
        note=row.optional_words("note"),
        dangers=_dangers(row),
    )


def _dangers(row: _Table) -> tuple[Kind, ...]:
    if "dangers" not in row.values:
        return ()
    named = row.texts("dangers")
    if unknown := sorted(set(named) - set(DANGERS)):
        raise row.fail(f"dangers {', '.join(unknown)} are none of {', '.join(DANGERS)}")
    return tuple(kind for kind in DANGERS if kind in named)


def _name(table: _Table) -> Name:
    table.only(frozenset({"native", "zh", "en"}))
    return Name(native=table.text("native"), zh=table.text("zh"), en=table.text("en"))


def _channel(table: _Table) -> Channel:
    table.only(_CHANNEL_KEYS)
    kind = table.choice("type", CHANNEL_TYPES)
    value = table.text("value")
    if kind in PHONE_TYPES and not _PHONE.fullmatch(value):
        raise table.fail(f"value {value!r} is no phone number")
    if kind == "web":
        _page(table, "value")
    if kind == "email" and value.count("@") != 1:
        raise table.fail(f"value {value!r} is no e-mail address")
    return Channel(kind, value, table.optional_text("keyword"), table.optional_words("note"))


def _hours(row: _Table) -> Hours:
    if isinstance(row.values.get("hours"), str):
        return Hours(row.choice("hours", ("always", "at_least_18h", "varies")))
    windows = []
    for table in row.tables("hours"):
        table.only(frozenset({"days", "open", "close"}))
        try:
            windows.append(
                parse_window(table.text("days"), table.text("open"), table.text("close"))
            )
        except ResourceError:
            raise
        except ValueError as problem:
            raise table.fail(str(problem)) from problem
    return Hours("windows", tuple(windows))


def _ages(row: _Table) -> Ages:
    if "ages" not in row.values:
        return Ages()
    table = row.table("ages")
    table.only(frozenset({"min", "max"}))
    ages = Ages(table.optional_number("min"), table.optional_number("max"))
    if ages.min is not None and ages.max is not None and ages.min > ages.max:
        raise table.fail("min is above max")
    return ages


def _page(table: _Table, key: str) -> str:
    value = table.text(key)
    if not value.startswith("https://"):
        raise table.fail(f"{key} {value!r} must start with https://")
    return value


def _day(table: _Table, key: str) -> date:
    value = table.text(key)
    try:
        return date.fromisoformat(value)
    except ValueError as problem:
        raise table.fail(f"{key} {value!r} is no day like 2026-11-21") from problem

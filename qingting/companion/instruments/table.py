"""A table of a file with typed access; every error says where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=str)


class InstrumentError(Exception):
    """A file of an instrument or of its text cannot be used; says which file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Table:
    """values: what it holds. where: opens every error message, empty at the top of a file."""

    values: Mapping[str, Any]
    where: str = ""

    def fail(self, problem: str) -> InstrumentError:
        """The error of a problem in it."""
        return InstrumentError(f"{self.where}: {problem}" if self.where else problem)

    def only(self, known: Sequence[str]) -> None:
        """Hold it to these keys: a slip of the pen must not change a score unseen."""
        if unknown := sorted(self.values.keys() - set(known)):
            raise self.fail(f"{', '.join(unknown)} is not known here")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; the default, where one is given, when it is not there."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when it is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(value)

    def number(self, key: str) -> int:
        """A whole number, 0 or more."""
        value: Any = self.values.get(key)
        if not _is_number(value):
            raise self.fail(f"{key} must be a whole number, 0 or more")
        return int(value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, each 0 or more, at least one."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(map(_is_number, value)):
            raise self.fail(f"{key} must be a list of whole numbers")
        return tuple(value)

    def switch(self, key: str) -> bool:
        """A switch, true or false."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false")
        return value

    def choice(self, key: str, choices: Sequence[Choice]) -> Choice:
        """One of these."""
        value = self.text(key)
        for one in choices:
            if one == value:
                return one
        raise self.fail(f"{key} {value!r} is none of {', '.join(choices)}")

    def day(self, key: str) -> date:
        """A day written 2026-11-21."""
        value = str(self.values.get(key, ""))
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.fail(f"{key} {value!r} is no day like 2026-11-21") from error

    def inside(self, key: str) -> Table:
        """A table in it; an empty one when it is not there."""
        value = self.values.get(key, {})
        where = f"{self.where}.{key}".lstrip(".")
        if not isinstance(value, dict):
            raise InstrumentError(f"{where} must be a table")
        return Table(value, where)

    def each(self, key: str) -> tuple[Table, ...]:
        """The tables of a list; none when it is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fail(f"{key} must be a list of tables")
        return tuple(
            Table(one, f"{self.where}.{key} {number}".lstrip("."))
            for number, one in enumerate(value, 1)
        )


def _is_number(value: Any) -> bool:
    # A TOML true is an int to isinstance.
    return type(value) is int and value >= 0

"""What erasing, exporting and the time limits need of the features above; the site puts it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from qingting.companion.person import Person
from qingting.privacy.schedule import Schedule
from qingting.privacy.sealing import PersonSeal


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be read: who says it or what it is, the words, when, and their language."""

    label: str
    text: str
    at: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One talk, one exercise, one thing told: a title and its lines."""

    title: str
    lines: Sequence[Line] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for a spreadsheet, as csv/<name>.csv."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything of one feature in an export.

    note: said above the parts. data: JSON types. resources: of FHIR R4, for what maps honestly;
    they point to the person with qingting.privacy.fhir.subject.
    """

    title: str
    note: str = ""
    parts: Sequence[Part] = ()
    data: Any = None
    tables: Sequence[Table] = ()
    resources: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a feature keeps, in plain words of the language in use.

    counted: label of a model -> what its rows are called. how_long: until when it is kept. page:
    name of the address where it can be seen, changed or deleted; "" for none.
    """

    title: str
    counted: Mapping[str, str]
    how_long: str
    page: str = ""


class Exporter(Protocol):
    """What a feature puts into a person's export, and says on the page of what is kept."""

    @property
    def name(self) -> str:
        """Where it stands in data.json."""
        ...

    @property
    def covers(self) -> frozenset[str]:
        """Labels of the models it speaks for ("talk.Message")."""
        ...

    def about(self) -> About:
        """What is kept."""
        ...

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """All of it. A value that does not open is left out and said so, never an error."""
        ...


class Running(Protocol):
    """Work that may be under way for somebody who is being erased."""

    def end(self, person: UUID) -> None:
        """End it; nothing of it may be stored afterwards. From any thread."""
        ...


class Limited(Protocol):
    """A kind of record that is kept for a time only."""

    @property
    def kind(self) -> str:
        """Its name in what is printed and noted, e.g. "guests"."""
        ...

    @property
    def noted_itself(self) -> bool:
        """Whether removing notes each deed in the audit log, in transactions of its own."""
        ...

    def due(self, schedule: Schedule, now: datetime) -> int:
        """How many would go."""
        ...

    def remove(self, schedule: Schedule, now: datetime) -> int:
        """Remove them for good; returns how many."""
        ...

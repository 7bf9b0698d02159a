"""What no feature speaks for in an export, row by row, so that a new table is never left out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from qingting.privacy import rows
from qingting.privacy.declarations import PersonalData, SealedField
from qingting.privacy.errors import Unreadable
from qingting.privacy.ports import Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place


def rest_of(person: UUID, seal: PersonSeal, covered: frozenset[str]) -> Section | None:
    """The rows of the models not covered; None where there are none."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, one in rows.declared():
        label = model._meta.label  # noqa: SLF001  # Django's documented API
        if label in covered:
            continue
        told = [_told(row, one, seal) for row in rows.rows_of(model, one, person)]
        shown = [row for row in told if row]
        if shown:
            found[label] = shown
    if not found:
        return None
    return Section(
        title=_("Other things that are kept"),
        parts=[_part(label, told) for label, told in found.items()],
        data=found,
        tables=[_table(label, told) for label, told in found.items()],
    )


def opened(seal: PersonSeal, sealed: Any, place: Place) -> str | None:
    """A sealed text, or None where there is none or it does not open: one row that is damaged
    must not keep somebody from all the others."""
    if sealed is None:
        return None
    try:
        return seal.open(sealed, place)
    except Unreadable:
        return None


def opened_json(seal: PersonSeal, sealed: Any, place: Place) -> Any:
    """A sealed JSON value, or None as `opened` gives it."""
    try:
        return None if sealed is None else seal.open_json(sealed, place)
    except Unreadable:
        return None


def _told(row: models.Model, declared: PersonalData, seal: PersonSeal) -> dict[str, Any]:
    fields = row._meta.local_concrete_fields  # noqa: SLF001
    return {
        one.name: _value(row, one, seal)
        for one in fields
        if one.name not in declared.withheld and _is_theirs(one, declared)
    }


def _is_theirs(one: models.Field[Any, Any], declared: PersonalData) -> bool:
    """Hashes say nothing to anybody; what belongs to an account is sealed under a key that is not
    the person's, and only leads back to them."""
    if isinstance(one, SealedField):
        return declared.owner == "person"
    return not isinstance(one, models.BinaryField)


def _value(row: models.Model, one: models.Field[Any, Any], seal: PersonSeal) -> Any:
    value = getattr(row, one.attname)
    if isinstance(one, SealedField):
        if not isinstance(row.pk, UUID):
            return None
        table = row._meta.db_table  # noqa: SLF001
        return opened(seal, value, Place(table, str(one.column), row.pk))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _part(label: str, told: list[dict[str, Any]]) -> Part:
    lines = [
        Line("", "; ".join(f"{name}: {value}" for name, value in row.items() if value is not None))
        for row in told
    ]
    return Part(label, lines)


def _table(label: str, told: list[dict[str, Any]]) -> Table:
    columns = list(told[0])
    name = label.lower().replace(".", "_")
    return Table(name, columns, [[row[column] for column in columns] for row in told])

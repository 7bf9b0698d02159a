"""The rows of one person, found by walking the declarations, whatever tables there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models, router
from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import Length

from qingting.privacy.declarations import Owner, PersonalData, SealedField, declaration_of

Model = type[models.Model]
Rows = QuerySet[Any]

_BATCH: Final = 500
# How to get from a person to another id that rows are known by; the site's wiring adds to it.
_owners: dict[Owner, Callable[[UUID], UUID | None]] = {"person": lambda person: person}


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of one kind there is. size: bytes of what is sealed. since: of the oldest row."""

    rows: int = 0
    size: int = 0
    since: datetime | None = None


def know_owner(owner: Owner, find: Callable[[UUID], UUID | None]) -> None:
    """From now on rows of this owner are found too: `find` leads from a person to its id, or to
    None where they have none."""
    _owners[owner] = find


def declared() -> list[tuple[Model, PersonalData]]:
    """Every model with personal data, those furthest from the person first."""
    found = [(model, declaration_of(model)) for model in apps.get_models(include_auto_created=True)]
    personal = [(model, one) for model, one in found if isinstance(one, PersonalData)]
    return sorted(personal, key=lambda one: (-one[1].person.count("__"), one[1].person == "id"))


def rows_of(model: Model, declaration: PersonalData, person: UUID) -> Rows:
    """The rows of a model that belong to a person."""
    owner = _owners.get(declaration.owner, _nobody)(person)
    if owner is None:
        return _all(model).none()
    return _all(model).filter(**{declaration.person: owner})


def counts(person: UUID) -> dict[str, Counted]:
    """By the label of each model ("talk.Message"), how much is kept of a person."""
    return {
        model._meta.label: _counted(model, rows_of(model, one, person))  # noqa: SLF001
        for model, one in declared()
    }


def erase(person: UUID) -> dict[str, int]:
    """Delete a person's rows in the main database, or take the person out of them, as each model
    declares. In a transaction of the caller. Returns the number of rows, by label, of those that
    had any."""
    # Found before anything goes: the row that leads to an account is one of those that go.
    found = [
        (model, one, rows_of(model, one, person))
        for model, one in declared()
        if one.on_erasure != "keep" and database_of(model) == "default"
    ]
    done: dict[str, int] = {}
    for model, one, rows in found:
        if one.on_erasure == "detach":
            went = {model._meta.label: rows.update(**{one.person: None})}  # noqa: SLF001
        else:
            went = rows.delete()[1]
        for label, number in went.items():
            done[label] = done.get(label, 0) + number
    return {label: number for label, number in done.items() if number}


def left_of(people: Sequence[UUID]) -> set[UUID]:
    """Of these people, those who have rows in the main database that erasing would take."""
    left: set[UUID] = set()
    for model, one in declared():
        if one.owner != "person" or one.on_erasure == "keep" or database_of(model) != "default":
            continue
        for batch in _batches(people):
            found = _all(model).filter(**{f"{one.person}__in": batch})
            left.update(found.values_list(one.person, flat=True).distinct())
    return left


def database_of(model: Model) -> str:
    """Which database a model lives in."""
    return router.db_for_read(model)


def sealed_columns(model: Model) -> list[str]:
    """The columns of a model that hold sealed values."""
    fields = model._meta.local_concrete_fields  # noqa: SLF001
    return [one.name for one in fields if isinstance(one, SealedField)]


def _counted(model: Model, rows: Rows) -> Counted:
    sums = {name: Sum(Length(name)) for name in sealed_columns(model)}
    began = _began(model)
    if began:
        sums["since"] = Min(began)  # type: ignore[assignment]  # another aggregate
    found = rows.aggregate(number=models.Count("pk"), **sums)
    number, since = found.pop("number"), found.pop("since", None)
    return Counted(number, sum(filter(None, found.values())), since)


def _began(model: Model) -> str:
    """The column that says since when a row is there; "" where none does."""
    times = [
        one.name
        for one in model._meta.local_concrete_fields  # noqa: SLF001
        if isinstance(one, models.DateTimeField) and not one.null
    ]
    known = [name for name in ("created_at", "begun_at", "at", "updated_at") if name in times]
    return known[0] if known else ""


def _all(model: Model) -> Rows:
    return model._default_manager.using(database_of(model)).all()  # noqa: SLF001


def _nobody(person: UUID) -> UUID | None:
    return None


def _batches(people: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (people[start : start + _BATCH] for start in range(0, len(people), _BATCH))

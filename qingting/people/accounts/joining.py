"""What a guest wrote becomes part of an account's person.

Every row of the guest's is found by the declarations (qingting.privacy.rows), every sealed value
opened under the guest's key and sealed under the person's for the same place, in one transaction;
then the guest goes, and their key. Of records that there is one of a person (a safety episode, a
safety plan) two are made one by the feature that owns them, so that no danger and no line is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction

from qingting.people.accounts import belonging
from qingting.people.models import Device, Person
from qingting.privacy import rows
from qingting.privacy.declarations import PersonalData, declaration_of
from qingting.privacy.sealing import PersonSeal, Place

Model = type[models.Model]
# (the guest's record, the person's record or None) -> what is kept. JSON, as it is sealed.
Merge = Callable[[Any, Any | None], Any]

_merges: dict[str, Merge] = {}
# (the guest's row, the person's): what stands in the clear in the person's is changed by it.
Chosen = Callable[[Any, Any], None]
_chosen: dict[str, Chosen] = {}
# Whose feature joins the two rows itself: (guest, their seal, person, their seal).
Joined = Callable[[UUID, PersonSeal, UUID, PersonSeal], None]
_joined: dict[str, Joined] = {}
# What a guest has and a person does not take over: who they were, and by which device.
_NOT_BROUGHT: Final = frozenset({Person, Device})
# Told apart by (person, day): the person's own row of that day stays, the guest's goes with them.
_ONE_A_DAY: Final = frozenset({"policy_dailyuse"})


def know_merge(table: str, merge: Merge) -> None:
    """How two records of a table with one row a person become one (qingting.site.wiring)."""
    _merges[table] = merge


def know_chosen(table: str, chosen: Chosen) -> None:
    """How two rows with choices in the clear become one, of a table with one row a person."""
    _chosen[table] = chosen


def know_joined(table: str, joined: Joined) -> None:
    """A table with one row a person whose feature makes two of them one itself."""
    _joined[table] = joined


def bring(guest: UUID, person: UUID, noted: Callable[[], None]) -> None:
    """Make everything of the guest's the person's. noted: called last in the same transaction.
    Raises KeyMissing, Unreadable, AuditFailed: then nothing has changed."""
    keyring = belonging.current().keyring
    theirs, mine = keyring.open(guest), keyring.open(person)
    with transaction.atomic():
        for model, declared in rows.declared():
            if _is_brought(model, declared):
                _bring(model, declared, (guest, theirs), (person, mine))
        Person.objects.filter(id=guest).delete()
        noted()
    keyring.destroy(guest)


def carry(models: Iterable[Model], before: UUID, person: UUID) -> None:
    """Make what these models hold of one person another's, sealed under their key; the rest is
    left. In the caller's transaction. Raises KeyMissing, Unreadable."""
    keyring = belonging.current().keyring
    theirs, mine = keyring.open(before), keyring.open(person)
    for model in models:
        declared = declaration_of(model)
        if isinstance(declared, PersonalData):
            _bring(model, declared, (before, theirs), (person, mine))


def _is_brought(model: Model, declared: PersonalData) -> bool:
    return (
        declared.owner == "person"
        and declared.on_erasure != "keep"
        and model not in _NOT_BROUGHT
        and rows.database_of(model) == "default"
    )


def _bring(
    model: Model,
    declared: PersonalData,
    guest: tuple[UUID, PersonSeal],
    person: tuple[UUID, PersonSeal],
) -> None:
    found = rows.rows_of(model, declared, guest[0])
    table = model._meta.db_table  # noqa: SLF001  # Django's documented API
    if table in _ONE_A_DAY:
        return
    if table in _joined:
        _joined[table](*guest, *person)
        return
    if model._meta.pk.name == declared.person:  # noqa: SLF001
        for row in found:
            _merge(model, row, guest, person)
        return
    for row in found:
        for column in rows.sealed_columns(model):
            sealed = getattr(row, column)
            if sealed is not None:
                place = Place(table, column, row.pk)
                setattr(row, column, person[1].seal(guest[1].open(sealed, place), place))
        if "__" not in declared.person:
            setattr(row, f"{declared.person}_id", person[0])
        row.save()


def _merge(
    model: Model, row: Any, guest: tuple[UUID, PersonSeal], person: tuple[UUID, PersonSeal]
) -> None:
    """A record that there is one of: its id is its person's, so it is written anew."""
    table = model._meta.db_table  # noqa: SLF001
    mine = model._default_manager.filter(pk=person[0]).first()  # noqa: SLF001
    kept = mine or model._default_manager.get(pk=guest[0])  # noqa: SLF001
    kept.pk = person[0]
    for column in rows.sealed_columns(model):
        theirs = guest[1].open_json(getattr(row, column), Place(table, column, guest[0]))
        place = Place(table, column, person[0])
        own = None if mine is None else person[1].open_json(getattr(mine, column), place)
        setattr(kept, column, person[1].seal_json(_merges[table](theirs, own), place))
    _clear_columns(kept, row, mine)
    if mine is not None and table in _chosen:
        _chosen[table](row, kept)
    kept.save(force_insert=mine is None)


def _clear_columns(kept: Any, row: Any, mine: Any | None) -> None:
    """The later time; the graver level, which is a word in the clear."""
    if mine is None:
        return
    if hasattr(kept, "updated_at"):
        kept.updated_at = max(row.updated_at, mine.updated_at)
    if hasattr(kept, "level"):
        kept.level = _graver(row.level, mine.level)


def _graver(one: str, other: str) -> str:
    order = ("none", "low", "moderate", "high", "imminent")
    return max(one, other, key=order.index)

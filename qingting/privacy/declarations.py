"""Every stored model says what it holds about people; a test fails for one that does not.

A model carries a class attribute `privacy`: either PersonalData, naming how it is exported, erased
and retained, which columns stand in the clear (ids, times and levels only) and how a row is known
to be somebody's, or NoPersonalData with the reason. Every other column of a PersonalData model is a
SealedField. Counting, exporting, erasing and joining go by these declarations
(qingting.privacy.rows), so that a new table cannot be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from django.db import models

# What the way of a row leads to: a person, or the account of one.
Owner = Literal["person", "account"]
# What erasing the person does with a row: it goes; it stays with the person taken out of it; it
# stays as it is, because what it holds of them leads to nobody any more.
OnErasure = Literal["delete", "detach", "keep"]


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A column that only ever holds sealed values (qingting.privacy.sealing)."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How a model that holds personal data treats it.

    exported: where the person finds it in their export. erased: what erasing the person does.
    retained: how long it is kept otherwise. clear: columns that are not sealed. person: the way
    from a row to the id of whom it belongs to, as the ORM's filters spell it ("person",
    "conversation__person", "id"). owner: whose id that is. on_erasure: see OnErasure. withheld:
    columns that no export shows: keys, hashes, and marks of ours that judge nobody.
    """

    exported: str
    erased: str
    retained: str
    clear: frozenset[str]
    person: str = "person"
    owner: Owner = "person"
    on_erasure: OnErasure = "delete"
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoPersonalData:
    """A model without personal data, and why it has none."""

    reason: str


# Models of other packages, by label ("sessions.Session"): whoever installs one says here what it
# holds.
ELSEWHERE: Final[dict[str, PersonalData | NoPersonalData]] = {}


def declaration_of(model: type[models.Model]) -> PersonalData | NoPersonalData | None:
    """What a model declares; None where it declares nothing."""
    own = model.__dict__.get("privacy")
    if isinstance(own, PersonalData | NoPersonalData):
        return own
    return ELSEWHERE.get(model._meta.label)  # noqa: SLF001  # Django's documented API

"""Every stored model says what it holds about people; a test fails for one that does not.

A model carries a class attribute `privacy`: either PersonalData, naming how it is exported, erased
and retained and which columns stand in the clear (ids, times and levels only), or NoPersonalData
with the reason. Every other column of a PersonalData model is a SealedField.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A column that only ever holds sealed values (qingting.privacy.sealing)."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How a model that holds personal data treats it.

    exported: where the person finds it in their export. erased: what erasing the person does.
    retained: how long it is kept otherwise. clear: columns that are not sealed.
    """

    exported: str
    erased: str
    retained: str
    clear: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoPersonalData:
    """A model without personal data, and why it has none."""

    reason: str

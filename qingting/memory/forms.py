"""What somebody writes in the place of a thing remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

# A note, not a page of a diary.
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as it was typed. on: as a date field sends it, "" for none. problem: what keeps
    it from being kept, in words; "" for nothing."""

    says: str = ""
    on: str = ""
    problem: str = ""
    day: date | None = None


def correction(form: QueryDict) -> Correction:
    """Read the form of a correction."""
    says = " ".join(form.get("says", "").split())[:LONGEST]
    on = form.get("on", "").strip()
    if not says:
        return Correction(says, on, _("There is nothing written there yet."))
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        return Correction(
            says, on, _("That day could not be read. Year, month and day, with dashes between.")
        )
    return Correction(says, on, day=day)

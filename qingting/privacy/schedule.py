"""How long each kind of record is kept: a typed object the policy in force supplies.

The defaults are the stricter ones. A pack of a jurisdiction that asks for more (or less) resolves
to the same type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Schedule:
    """deleted_talks: a deletion can be taken back for so long. private_talks: one that nobody ended
    goes so long after its last word. counts: what happened and how often,
    for yearly reports. check_ins: what was to be asked about goes so long after its day.
    letters: what was sent, stopped or given up, and who was told, goes so long after.
    guests: a guest who has not been here for so long is erased; None never."""

    deleted_talks: timedelta = timedelta(minutes=10)
    private_talks: timedelta = timedelta(hours=12)
    counts: timedelta = timedelta(days=400)
    check_ins: timedelta = timedelta(days=60)
    letters: timedelta = timedelta(days=90)
    guests: timedelta | None = timedelta(days=730)


def of_months(months: int) -> timedelta | None:
    """A time limit in months of thirty and a half days; None for 0, which means never."""
    return timedelta(days=round(months * 30.5)) if months > 0 else None

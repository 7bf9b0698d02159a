"""Age by declaration: bands instead of birthdays, and the rules of a place as typed data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from qingting.companion.person import AgeBand


class Band(StrEnum):
    """What somebody says of their age."""

    UNDER_14 = "under_14"
    FROM_14 = "14_15"
    FROM_16 = "16_17"
    ADULT = "adult"
    UNSAID = "unsaid"


WORDS: Final = {
    Band.UNDER_14: _("Under fourteen"),
    Band.FROM_14: _("Fourteen or fifteen"),
    Band.FROM_16: _("Sixteen or seventeen"),
    Band.ADULT: _("Eighteen or older"),
    Band.UNSAID: _("I'd rather not say"),
}
# The youngest that somebody of a band may be.
_YOUNGEST: Final = {Band.UNDER_14: 0, Band.FROM_14: 14, Band.FROM_16: 16, Band.ADULT: 18}


@dataclass(frozen=True, slots=True)
class AgeRules:
    """What a place asks for the young.

    alone_from: youngest age without a guardian's yes. talk_waits: whether ordinary talk waits for
    it where it is missing. must_know: whether the law needs an age from guests too; there "rather
    not say" gets a minor's rules. usage_owed: whether a guardian must be able to see usage.
    break_after, night, hours_a_day: of the minors' mode; night is when an end of the day is
    suggested, and hours_a_day how much of it, by age.
    """

    alone_from: int
    talk_waits: bool
    must_know: bool
    usage_owed: bool
    break_after: timedelta
    night: tuple[time, time] | None = None
    hours_a_day: Mapping[AgeBand, float] = field(default_factory=dict)

    def needs_guardian(self, band: Band | None) -> bool:
        """Whether somebody of this band may be too young to be here on their own. The law's line
        is never looked for inside a band: who may be under it counts as under it. Nobody is taken
        for a child because they did not say."""
        return band is not None and band in _YOUNGEST and _YOUNGEST[band] < self.alone_from

    def is_minor(self, band: Band | None) -> bool:
        """Whether a minor's rules apply."""
        if band is None or band is Band.UNSAID:
            return self.must_know
        return band is not Band.ADULT


def companion_band(band: Band | None, rules: AgeRules) -> AgeBand:
    """The same for the companion. Unsaid where the law needs to know: as sixteen."""
    if band is None or band is Band.UNSAID:
        return "16_17" if band is Band.UNSAID and rules.must_know else "unknown"
    known: dict[Band, AgeBand] = {
        Band.UNDER_14: "under_14",
        Band.FROM_14: "14_15",
        Band.FROM_16: "16_17",
        Band.ADULT: "adult",
    }
    return known[band]

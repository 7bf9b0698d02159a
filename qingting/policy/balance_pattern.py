"""Somebody's own pattern of being here, as plain sentences: against their own weeks before, never
against anybody else's, and without a word of too much or too little."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from qingting.companion.dependence.using import LATELY, Hours, minutes_a_day

# Parts of the day, from an hour on.
_NIGHT: Final = (23, 5)
_EVENING: Final = 18
_NOON: Final = 12
# Differences smaller than this are none.
_SAME: Final = 0.25
_LITTLE: Final = 1.0


def sentences(hours: Hours, today: date) -> list[str]:
    """One or two sentences; one where there is nothing to compare with."""
    lately, before = minutes_a_day(hours, today)
    if lately < _LITTLE:
        return [_("In the last two weeks you were hardly here.")]
    told = [
        _("In the last two weeks you were here about %(minutes)s minutes a day, mostly %(when)s.")
        % {"minutes": _round(lately), "when": _when(hours, today)}
    ]
    if before is None:
        return told
    if abs(lately - before) <= max(_SAME * before, 2 * _LITTLE):
        return [*told, _("That is much as it was in the weeks before.")]
    if lately > before:
        return [*told, _("In the weeks before it was less.")]
    return [*told, _("In the weeks before it was more.")]


def _round(minutes: float) -> int:
    return round(minutes) if minutes < 10 else round(minutes / 5) * 5


def _when(hours: Hours, today: date) -> str:
    """The part of the day with most of it."""
    first = today - timedelta(days=LATELY - 1)
    parts = {"night": 0.0, "morning": 0.0, "afternoon": 0.0, "evening": 0.0}
    for (day, hour), minutes in hours.items():
        if first <= day <= today:
            parts[_part(hour)] += minutes
    words = {
        "night": _("at night"),
        "morning": _("in the morning"),
        "afternoon": _("in the afternoon"),
        "evening": _("in the evening"),
    }
    return words[max(parts, key=parts.__getitem__)]


def _part(hour: int) -> str:
    if hour >= _NIGHT[0] or hour < _NIGHT[1]:
        return "night"
    if hour < _NOON:
        return "morning"
    return "afternoon" if hour < _EVENING else "evening"

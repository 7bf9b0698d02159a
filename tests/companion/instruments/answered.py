"""Answers for the tests of questionnaires."""

from __future__ import annotations

from datetime import date

from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Language

DAY = date(2026, 3, 2)


def one(key: str) -> Instrument:
    return instruments()[key]


def summing_to(instrument: Instrument, total: int) -> dict[str, int]:
    """Answers whose score is `total`."""
    raw, rest = divmod(total, instrument.multiplier)
    assert rest == 0
    scored = [item for item in instrument.items if item.scored]
    least = [min(option.value for option in item.options) for item in scored]
    more = raw - sum(least)
    values = {}
    for item, low in zip(scored, least, strict=True):
        high = max(option.value for option in item.options)
        points = low + min(more, high - low)
        more -= points - low
        values[item.key] = low + high - points if item.reverse else points
    assert more == 0
    return values


def answers(
    key: str, total: int, on: date, *, language: Language = "en", finished: bool = True
) -> Answers:
    values = summing_to(one(key), total)
    return Answers(f"{key}{on}", key, language, on, values, finished=finished)

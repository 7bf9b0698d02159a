"""How answers make a score. Every rule is the instrument's own data; nothing is guessed: a question
left out gives no score unless the instrument says how many may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from qingting.companion.instruments.instrument import Instrument, Item
from qingting.companion.person import AgeBand

# Bands of an instrument without a score: an answer of danger, or none.
POSITIVE: Final = "positive"
NEGATIVE: Final = "negative"
_TEENS: Final[tuple[AgeBand, ...]] = ("under_14", "14_15", "16_17")
# No answer's value has more figures.
_FIGURES: Final = 3


class BadAnswer(ValueError):
    """There is no such question, or it has no such answer."""


@dataclass(frozen=True, slots=True)
class Score:
    """value: None where too much was left out, or the instrument has none. band: key of the band,
    for operators and letters to a professional, never shown to the person unasked; empty without a
    value. left_out: items that were to be answered and were not. subscales: by name, None where
    one of its items is missing."""

    value: int | None
    band: str = ""
    left_out: tuple[str, ...] = ()
    subscales: Mapping[str, int | None] = field(default_factory=dict)


def checked(instrument: Instrument, values: Mapping[str, object]) -> dict[str, int]:
    """Answers as they came (numbers, or their figures in a form), in the instrument's order. Raises
    BadAnswer for a question or an answer that does not exist."""
    unknown = values.keys() - {item.key for item in instrument.items}
    if unknown:
        raise BadAnswer(f"{instrument.key} has no {', '.join(sorted(map(str, unknown)))[:80]}")
    return {
        item.key: _answer(instrument, item, values[item.key])
        for item in instrument.items
        if item.key in values
    }


def score(instrument: Instrument, values: Mapping[str, int]) -> Score:
    """The score of checked answers."""
    scored = [item for item in instrument.items if item.scored]
    counted = scored or list(instrument.items)
    left_out = tuple(
        item.key for item in counted if item.key not in values and _asked(instrument, item, values)
    )
    if not scored:
        return Score(None, _yes_or_no(instrument, values, left_out), left_out)
    value = _sum(instrument, scored, values, instrument.missing)
    return Score(
        value=value,
        band=_band(instrument, value),
        left_out=left_out,
        subscales={
            name: _sum(instrument, [item for item in scored if item.key in members], values, 0)
            for name, members in instrument.subscales.items()
        },
    )


def score_range(instrument: Instrument) -> tuple[int, int]:
    """The least and the most that the score can be; (0, 0) where the instrument has none."""
    ends = [_ends(item) for item in instrument.items if item.scored]
    return (
        sum(least for least, _ in ends) * instrument.multiplier,
        sum(most for _, most in ends) * instrument.multiplier,
    )


def dangers(instrument: Instrument, values: Mapping[str, int]) -> tuple[str, ...]:
    """The items whose answer opens a safety episode, in order; whatever else was left out, and also
    where the question was no longer to be asked."""
    return tuple(
        item.key
        for item in instrument.items
        if item.danger_from is not None and values.get(item.key, -1) >= item.danger_from
    )


def next_item(instrument: Instrument, values: Mapping[str, int]) -> Item | None:
    """The first question that is to be asked and was not answered; None when all were."""
    for item in instrument.items:
        if item.key not in values and _asked(instrument, item, values):
            return item
    return None


def above_cutoff(instrument: Instrument, score: Score, age_band: AgeBand) -> bool | None:
    """Whether the score lies on the side of the cut-off where more is asked; the cut-off itself
    does. None without a score or a cut-off. Of an age that was not said, the more careful of the
    two cut-offs counts. An instrument without a score: whether an answer of danger was given."""
    if score.band in (POSITIVE, NEGATIVE) and score.value is None:
        return score.band == POSITIVE
    cutoff = _cutoff(instrument, age_band)
    if score.value is None or cutoff is None:
        return None
    return score.value >= cutoff if instrument.higher_is_worse else score.value <= cutoff


def _cutoff(instrument: Instrument, age_band: AgeBand) -> int | None:
    usual, teen = instrument.cutoff, instrument.teen_cutoff
    if teen is None or usual is None:
        return usual if teen is None or age_band == "adult" else teen
    if age_band in _TEENS:
        return teen
    if age_band == "adult":
        return usual
    return min(usual, teen) if instrument.higher_is_worse else max(usual, teen)


def _answer(instrument: Instrument, item: Item, value: object) -> int:
    if isinstance(value, str) and len(value) <= _FIGURES and value.isascii() and value.isdecimal():
        value = int(value)
    if type(value) is int and any(value == option.value for option in item.options):
        return value
    raise BadAnswer(f"{instrument.key}: {item.key} has no such answer")


def _asked(instrument: Instrument, item: Item, values: Mapping[str, int]) -> bool:
    if not item.only_if:
        return True
    return any(key in item.only_if for key in dangers(instrument, values))


def _ends(item: Item) -> tuple[int, int]:
    values = [option.value for option in item.options]
    return min(values), max(values)


def _sum(
    instrument: Instrument, items: Iterable[Item], values: Mapping[str, int], missing: int
) -> int | None:
    """The sum of the items, turned round where they are; what is missing takes the mean of the
    others, as long as no more than `missing` are and the others are more than those."""
    asked = list(items)
    points = [_points(item, values[item.key]) for item in asked if item.key in values]
    gone = len(asked) - len(points)
    if not points or gone > missing or gone >= len(points):
        return None
    # To the nearest whole number, halves up; without fractions, so that every machine agrees.
    whole = (2 * sum(points) * len(asked) + len(points)) // (2 * len(points))
    return whole * instrument.multiplier


def _points(item: Item, value: int) -> int:
    least, most = _ends(item)
    return least + most - value if item.reverse else value


def _band(instrument: Instrument, value: int | None) -> str:
    if value is None:
        return ""
    return next((one.key for one in instrument.bands if one.least <= value <= one.most), "")


def _yes_or_no(instrument: Instrument, values: Mapping[str, int], left_out: tuple[str, ...]) -> str:
    if dangers(instrument, values):
        return POSITIVE
    return "" if left_out else NEGATIVE

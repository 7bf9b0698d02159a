"""What would change for whom if other packs were chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from qingting.companion.person import AgeBand, Language
from qingting.policy.operator_words import asks, band_words, said, value_words
from qingting.policy.packs.combine import Chosen, decide
from qingting.policy.packs.controls import CONTROLS, Control
from qingting.policy.packs.kinds import Value

BANDS: Final[tuple[AgeBand, ...]] = get_args(AgeBand)


@dataclass(frozen=True, slots=True)
class Change:
    """One control whose value becomes another for some ages."""

    control: Control
    before: Value | None
    after: Value | None
    bands: tuple[AgeBand, ...]


def changes(before: Chosen, after: Chosen, day: date) -> list[Change]:
    """Every change, in the order of the vocabulary; ages that change alike together."""
    found: list[Change] = []
    now = {band: decide(before, band, day) for band in BANDS}
    then = {band: decide(after, band, day) for band in BANDS}
    for key, control in CONTROLS.items():
        alike: dict[tuple[Value | None, Value | None], list[AgeBand]] = {}
        for band in BANDS:
            one = now[band][key].value if key in now[band] else None
            other = then[band][key].value if key in then[band] else None
            if one != other:
                alike.setdefault((one, other), []).append(band)
        found += [Change(control, *pair, tuple(bands)) for pair, bands in alike.items()]
    return found


def change_words(change: Change, language: Language) -> tuple[str, str, str, str]:
    """(what is asked, now, then, for whom) for a table."""
    everybody = len(change.bands) == len(BANDS)
    glue = "、" if language == "zh" else ", "
    whom = [band_words(one, language) for one in change.bands]
    return (
        asks(change.control.key, language),
        value_words(change.control, change.before, language),
        value_words(change.control, change.after, language),
        said(language, "differ", "everybody") if everybody else glue.join(whom),
    )

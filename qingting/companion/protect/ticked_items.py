"""What an answer to an item of danger is taken for: which level it shows, what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.instruments.instrument import Instrument, Item
from qingting.companion.instruments.scoring import dangers
from qingting.companion.protect.ticked import Ticked
from qingting.companion.understand.reading import Level

# From this value on an answer by how often ("more than half the days") is grave.
_OFTEN: Final = 2
# What a yes to an item of its own shows and tells; the others go by how often.
YES: Final[Mapping[str, tuple[Level, Mapping[str, str]]]] = {
    "asq.q1": ("moderate", {}),
    "asq.q2": ("moderate", {}),
    "asq.q3": ("high", {"thoughts": "yes"}),
    "asq.q4": ("moderate", {"attempt": "past"}),
    "asq.q5": ("imminent", {"thoughts": "yes", "timing": "soon"}),
    "cssrs_screener.q1": ("moderate", {}),
    "cssrs_screener.q2": ("high", {"thoughts": "yes"}),
    "cssrs_screener.q3": ("high", {"thoughts": "yes", "plan": "some"}),
    "cssrs_screener.q4": ("high", {"thoughts": "yes"}),
    "cssrs_screener.q5": ("high", {"thoughts": "yes", "plan": "yes"}),
    "cssrs_screener.q6": ("moderate", {"attempt": "past"}),
    "cssrs_screener.q7": ("high", {"attempt": "recent"}),
    "core10.q6": ("high", {"plan": "some"}),
    "phqa.q12": ("high", {}),
    "phqa.q13": ("moderate", {"attempt": "past"}),
}
# Those that go by how often; a test holds that every item of danger is in one of the two.
HOW_OFTEN: Final = frozenset({"phq9.q9", "phqa.q9"})
# "Prefer not to answer", where a questionnaire has it: it counts, and is not taken for a yes.
_DECLINED: Final[Mapping[str, int]] = {"asq": 2}
# Not to say whether it is now is graver than not to say whether it was.
_DECLINED_GRAVE: Final = frozenset({"asq.q5"})


def ticked(instrument: Instrument, values: Mapping[str, int]) -> list[Ticked]:
    """The answers that tell of danger."""
    by_key = {item.key: item for item in instrument.items}
    return [_taken(instrument, by_key[key], values[key]) for key in dangers(instrument, values)]


def _taken(instrument: Instrument, item: Item, value: int) -> Ticked:
    name = f"{instrument.key}.{item.key}"
    if value == _DECLINED.get(instrument.key):
        return Ticked(name, "high" if name in _DECLINED_GRAVE else "moderate", "declined")
    if name in YES:
        level, told = YES[name]
        return Ticked(name, level, "told", told)
    often = value >= _OFTEN
    return Ticked(name, "high" if often else "moderate", "often" if often else "some")

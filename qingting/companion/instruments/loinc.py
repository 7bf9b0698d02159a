"""The codes that may stand in an instrument, each seen in a source that pairs it with its question.

Wrong codes are common in public files (a panel given for a total, one questionnaire's for another),
so none is taken over from a file alone; what is not in this list is not shipped. This material
contains content from LOINC; docs/instruments.md has its notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

VERIFIED: Final[Mapping[str, str]] = {
    # Panels and totals.
    "44249-1": "PHQ-9 panel",
    "44261-6": "PHQ-9 total",
    "55757-9": "PHQ-2 panel",
    "55758-7": "PHQ-2 total",
    "69724-3": "PHQ-4 panel",
    "69737-5": "GAD-7 panel",
    "70274-6": "GAD-7 total",
    "93373-9": "C-SSRS screener panel",
    # Questions of the PHQ-9, in its order.
    "44250-9": "PHQ 1",
    "44255-8": "PHQ 2",
    "44259-0": "PHQ 3",
    "44254-1": "PHQ 4",
    "44251-7": "PHQ 5",
    "44258-2": "PHQ 6",
    "44252-5": "PHQ 7",
    "44253-3": "PHQ 8",
    "44260-8": "PHQ 9",
    # Questions of the GAD-7, in its order.
    "69725-0": "GAD 1",
    "68509-9": "GAD 2",
    "69733-4": "GAD 3",
    "69734-2": "GAD 4",
    "69735-9": "GAD 5",
    "69689-8": "GAD 6",
    "69736-7": "GAD 7",
    # Answers of both.
    "LA6568-5": "not at all, 0",
    "LA6569-3": "several days, 1",
    "LA6570-1": "more than half the days, 2",
    "LA6571-9": "nearly every day, 3",
}

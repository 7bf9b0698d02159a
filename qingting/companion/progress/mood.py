"""What somebody notes about how they are, and what was read of it in their talks. Two things, kept
apart: what a person says of themselves is theirs, a reading is our guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from qingting.companion.understand.reading import Feeling

Source = Literal["tapped", "imported"]

# Ends of both scales of the grid: how pleasant, how much energy (Russell 1980, the circumplex).
LEAST: Final = -2
MOST: Final = 2
# Hours of sleep that can be noted.
LONGEST_SLEEP: Final = 16.0


@dataclass(frozen=True, slots=True)
class Mood:
    """One check-in.

    on: the person's own day. at: the moment, with its zone. valence, energy: LEAST to MOST, from
    heavy to light and from empty to wound up. feelings: keys of content/moods.toml. about: what was
    going on, keys of the same file. sleep: hours of the night before, 0 to LONGEST_SLEEP, None when
    not said. note: their own words. source: how it came here.
    """

    id: str
    on: date
    at: datetime
    valence: int
    energy: int | None = None
    feelings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sleep: float | None = None
    note: str = ""
    source: Source = "tapped"


@dataclass(frozen=True, slots=True)
class Felt:
    """What was read in one message of a talk: the strongest feeling, how strong (0 to 1), valence
    and arousal (-1 to 1 each). at: when, in the person's own time."""

    at: datetime
    feeling: Feeling
    strength: float
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of a journal. prompt: key of the prompt it answers, empty for none. at: when it was
    begun; on: the person's own day."""

    id: str
    on: date
    at: datetime
    words: str
    prompt: str = ""
    title: str = ""

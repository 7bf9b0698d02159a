"""What was understood of one message: the typed Reading every later stage works from.

The level of a risk chooses our next action and forecasts nothing. Levels, for suicide and
self-harm: none, nothing about a real person's safety; low, distress or a resolved history;
moderate, a passive wish to die, current self-harm or urges, an ambiguous coded statement;
high, active ideation, method seeking, preparation, a recent attempt; imminent, intent with
time or means at hand, or an act in progress. Other kinds: docs/safety-protocol.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from qingting.companion.person import Language

if TYPE_CHECKING:
    # Only the type: everything is read without arrays where the package is not installed.
    import numpy as np
    from numpy.typing import NDArray

Level = Literal["none", "low", "moderate", "high", "imminent"]
LEVELS: Final[tuple[Level, ...]] = ("none", "low", "moderate", "high", "imminent")

Subject = Literal["self", "other"]

Kind = Literal[
    "suicide",
    "self_harm",
    "violence",
    "abuse",
    "sexual_violence",
    "exploitation",
    "substance",
    "eating_disorder",
    "psychosis",
    "mania",
    "panic",
]
KINDS: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined]

Feeling = Literal[
    "sadness",
    "fear",
    "anxiety",
    "shame",
    "guilt",
    "anger",
    "hurt",
    "hope",
    "hopelessness",
    "relief",
    "joy",
    "loneliness",
    "grief",
    "confusion",
    "overwhelm",
    "excitement",
    "gratitude",
    "love",
    "pride",
    "numbness",
    "disgust",
    "neutral",
]
FEELINGS: Final[tuple[Feeling, ...]] = Feeling.__args__  # type: ignore[attr-defined]

Need = Literal["vent", "advice", "information", "exercise", "human", "stop", "about_you"]

Distortion = Literal[
    "all_or_nothing",
    "overgeneralising",
    "mental_filter",
    "disqualifying_the_positive",
    "mind_reading",
    "fortune_telling",
    "catastrophising",
    "emotional_reasoning",
    "should_statements",
    "labelling",
    "personalisation",
    "blaming",
]
DISTORTIONS: Final[tuple[Distortion, ...]] = Distortion.__args__  # type: ignore[attr-defined]

Mark = Literal["past", "denied", "quoted", "joked", "fictional", "academic", "third_person"]


def rank(level: Level) -> int:
    """Position of a level, 0 (none) to 4 (imminent), so that levels can be compared."""
    return LEVELS.index(level)


def at_least(level: Level, floor: Level) -> bool:
    """True when `level` is `floor` or worse."""
    return rank(level) >= rank(floor)


def worst(*levels: Level) -> Level:
    """The most dangerous of the given levels; "none" when there are none."""
    return max(levels, key=rank, default="none")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of what was typed: half-open character offsets into the original text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FeelingRead:
    """One feeling heard in a message. strength: 0 (barely) to 1 (overwhelming)."""

    label: Feeling
    strength: float


@dataclass(frozen=True, slots=True)
class DistortionRead:
    """One thinking trap heard: its label, the words that show it and how sure, 0 to 1. A guess at
    a way of putting things, never about the person."""

    label: Distortion
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Risk:
    """Danger heard in a message.

    level: the worst over kinds. levels: level of each kind heard. subject: whose safety.
    score: 0 to 1; calibrated where a trained model gave it, a rule's weight otherwise.
    evidence: the words it rests on. marks: how the words were meant, where they were not meant
    as a present danger. shift: set when the message, after an open danger, sounds suddenly calm
    or says goodbye ("calm", "goodbye") or denies ("denial"). stands: read by a rule that nothing
    may lower. plain: what the words alone show, by the rules. vague: the trained heads alone hear
    danger and cannot tell of what kind.
    """

    level: Level = "none"
    subject: Subject = "self"
    levels: Mapping[Kind, Level] = field(default_factory=dict)
    score: float = 0.0
    evidence: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    shift: Literal["calm", "goodbye", "denial"] | None = None
    stands: bool = False
    plain: Level = "imminent"
    vague: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds heard, worst first."""
        return tuple(sorted(self.levels, key=lambda kind: -rank(self.levels[kind])))

    @property
    def guessed(self) -> bool:
        """Whether the trained heads alone hear danger, so that its kind is a guess."""
        return not at_least(self.plain, "moderate")


@dataclass(frozen=True, slots=True)
class Topic:
    """What the message is about: a topic pack of content/<language>/topics and, when one of its
    cues matched, the facet inside it. `cue` is the person's own word that showed it."""

    name: str
    facet: str | None = None
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything understood of one message. Made in milliseconds, without a model or a network.

    valence: -1 (unpleasant) to 1; arousal: 0 (still) to 1 (stirred); both from the feelings.
    vector: the meaning of the message (its most telling part when long) as a unit vector of 512
    numbers, so that nothing is encoded twice; None without an encoder or without a letter.
    """

    language: Language
    feelings: tuple[FeelingRead, ...] = ()
    valence: float = 0.0
    arousal: float = 0.2
    risk: Risk = field(default_factory=Risk)
    distortions: tuple[DistortionRead, ...] = ()
    topics: tuple[Topic, ...] = ()
    need: Need = "vent"
    refused: bool = False
    degraded: bool = False
    vector: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    @property
    def feeling(self) -> FeelingRead | None:
        """The strongest feeling, or None when nothing was heard clearly."""
        told = [read for read in self.feelings if read.label != "neutral"]
        return max(told, key=lambda read: read.strength, default=None)

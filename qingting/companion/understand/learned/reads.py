"""What the trained heads say of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingting.companion.understand.reading import Kind, Level, Span, Subject
from training.learned.labels import Trap


@dataclass(frozen=True, slots=True)
class RiskRead:
    """The danger the heads see, their own view and the rules' taken together.

    calm, moderate, high, imminent: probabilities that add up to 1; calm is none or low.
    level: what the thresholds make of them, "none" when nothing passes. subject: whose, and
    other: the probability that it is somebody else's. kinds: probability of each kind.
    """

    calm: float = 1.0
    moderate: float = 0.0
    high: float = 0.0
    imminent: float = 0.0
    level: Level = "none"
    subject: Subject = "self"
    other: float = 0.0
    kinds: Mapping[Kind, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The calibrated probability of danger at moderate or worse."""
        return 1.0 - self.calm


@dataclass(frozen=True, slots=True)
class TrapRead:
    """One thinking trap: its label, the words that show it and how sure, 0 to 1."""

    label: Trap
    span: Span
    score: float

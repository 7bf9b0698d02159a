"""What the trained heads say of a message, before the rules are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingting.companion.understand.reading import Kind


@dataclass(frozen=True, slots=True)
class RiskRead:
    """The danger the heads see.

    grades: log odds of moderate, high and imminent danger, or worse. other: the probability that
    it is somebody else's. kinds: probability of each kind.
    """

    grades: tuple[float, float, float]
    other: float = 0.0
    kinds: Mapping[Kind, float] = field(default_factory=dict)

    def mean(self, other: RiskRead) -> RiskRead:
        """What two readers say together: the mean of their log odds and of their probabilities."""
        some, grave, now = (
            (one + two) / 2 for one, two in zip(self.grades, other.grades, strict=True)
        )
        kinds = {kind: (sure + other.kinds[kind]) / 2 for kind, sure in self.kinds.items()}
        return RiskRead((some, grave, now), (self.other + other.other) / 2, kinds)

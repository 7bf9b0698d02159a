"""Which feeling a reply may name, and when anything may be met gladly."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from qingting.companion.understand.reading import FeelingRead, at_least
from qingting.companion.work import Work

# "lol" is armour more often than joy: a glad feeling is only taken up when it is plain.
GLAD: Final = frozenset({"joy", "relief", "hope", "pride", "excitement", "gratitude", "love"})
_PLAIN: Final = 0.6
# For so long after danger nothing is met gladly: "the only thing i'm good at" may be the harm.
_GLAD_AGAIN: Final = timedelta(days=1)


def heard_feeling(work: Work) -> FeelingRead | None:
    """The feeling a reply may name: the strongest, a glad one only when nothing else was heard,
    it is plain, and no danger was heard just before."""
    told = [read for read in work.reading.feelings if read.label != "neutral"]
    heavy = [read for read in told if read.label not in GLAD]
    plain = [] if just_in_danger(work) else [read for read in told if read.strength >= _PLAIN]
    return max(heavy or plain, key=lambda read: read.strength, default=None)


def glad(work: Work) -> bool:
    """Whether good news may be met gladly."""
    feeling = heard_feeling(work)
    return not just_in_danger(work) and (feeling is None or feeling.label in GLAD)


def just_in_danger(work: Work) -> bool:
    """Whether danger was heard so lately that nothing is met gladly."""
    at = work.episode.danger_at
    grave = at_least(work.episode.level, "moderate")
    return grave and at is not None and work.now - at < _GLAD_AGAIN

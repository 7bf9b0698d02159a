"""What of a reading is kept to look at: its strongest feeling, not a word of theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from qingting.companion.progress.mood import Felt
from qingting.companion.understand.reading import Reading

# A feeling read less strongly than this is a guess about a mood, and not shown as one's own.
_CLEAR: Final = 0.35


def felt_in(reading: Reading, at: datetime) -> Felt | None:
    """The feeling read in a message; None where none was heard clearly, or understanding was not
    whole. at: on the person's own clock."""
    feeling = reading.feeling
    if feeling is None or feeling.strength < _CLEAR or reading.degraded:
        return None
    # Arousal is read from still (0) to stirred (1); kept from -1 to 1, as valence is.
    return Felt(
        at=at.replace(microsecond=0),
        feeling=feeling.label,
        strength=round(feeling.strength, 2),
        valence=reading.valence,
        arousal=round(2 * reading.arousal - 1, 3),
    )

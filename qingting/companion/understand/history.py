"""What was said before, as far as understanding one message needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Speaker = Literal["person", "companion", "counsellor"]

# Older turns say little about what a bare "yes" answers, and each one costs time.
TURNS_READ: Final = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """One earlier turn of the conversation: who spoke and what they wrote."""

    speaker: Speaker
    text: str

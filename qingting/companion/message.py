"""One message of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Speaker = Literal["person", "companion", "counsellor"]

# Longer than any message a thumb types; a pasted chapter is cut with a word about it, not refused.
MAX_LENGTH: Final = 8_000


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said.

    key: the sender's idempotency key; the same key twice is the same message sent twice by a
    bad network.
    """

    text: str
    key: str = ""
    speaker: Speaker = "person"

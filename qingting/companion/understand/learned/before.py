"""What was said right before a short message: without it "yes" or "in my hand" mean nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qingting.companion.understand.history import Heard
from qingting.companion.understand.learned.views import plain_view

# A message longer than this speaks for itself. Letters of the plain view.
SHORT: Final = 60
_ASKED: Final = 60
_TOLD: Final = 40


def before(plain: str, history: Sequence[Heard]) -> str:
    """The end of the person's last turn and of what the companion then asked, in plain view;
    empty for a message that speaks for itself. plain: the plain view of the message."""
    if len(plain) > SHORT or not history:
        return ""
    asked = told = ""
    for turn in history[-2:]:
        if turn.speaker == "person":
            told = plain_view(turn.text)[-_TOLD:]
        else:
            asked = plain_view(turn.text)[-_ASKED:]
    return f"{told} {asked}".strip()

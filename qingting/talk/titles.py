"""What a conversation is called in the list of past talks."""

from __future__ import annotations

import textwrap
from typing import Final

_TITLE: Final = 24
_TITLE_LATIN: Final = 44


def title_from(text: str) -> str:
    """A title made of the first words said: 24 汉字, or 44 letters cut between words."""
    line = " ".join(text.split())
    if not line[:_TITLE_LATIN].isascii():
        return line if len(line) <= _TITLE else line[:_TITLE] + "…"
    words = textwrap.shorten(line, _TITLE_LATIN, placeholder="…")
    return words if words != "…" else line[:_TITLE_LATIN] + "…"

"""The one way a text is written before a head looks at it: plain letters, respelled."""

from __future__ import annotations

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.normalise import views


def plain_view(text: str) -> str:
    """Lower case, simplified, tricks undone; of two readings the one with letters put together."""
    return views(cleaned(text))[-1].text

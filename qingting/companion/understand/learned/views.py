"""The one way a text is written before a head looks at it: plain letters, respelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qingting.companion.understand.clean import Clean, cleaned
from qingting.companion.understand.normalise import views

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
# Letters put apart on purpose: characters that stand alone (我 想 死), or some mark that is no
# pause between two of them (自*杀). Blanks between longer runs are how Chinese chat puts commas.
_APART: Final = re.compile(
    rf"(?<![{_HAN}])[{_HAN}](?:[^\w\n]{{1,3}}[{_HAN}](?![{_HAN}]))+"
    rf"|(?<=[{_HAN}])[*./\\|_+=~^#@%&·•-]{{1,3}}(?=[{_HAN}])"
    r"|(?<![a-z'])[a-z]([^\w\n])[a-z](?:\1[a-z]){2,}(?![a-z'])"
)


def read_view(clean: Clean, seen: Sequence[Clean]) -> Clean:
    """The view that the heads read: the one with letters put together where they were put apart
    on purpose, the plain one otherwise. seen: normalise.views(clean)."""
    return seen[-1] if len(seen) > 1 and _APART.search(clean.text) else seen[0]


def plain_view(text: str) -> str:
    """The letters of that view."""
    clean = cleaned(text)
    return read_view(clean, views(clean)).text

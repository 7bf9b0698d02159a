"""Leaves out what a reasoning model thinks before it speaks.

Endpoints that know their model send its thinking in a field of its own, which is not read at all.
Local servers without that knowledge leave `<think>...</think>` at the head of the text.
"""

from __future__ import annotations

from typing import Final

_OPEN: Final = "<think>"
_CLOSE: Final = "</think>"


class Aloud:
    """Feed it deltas, take what is said aloud. One object per reply."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self._past = False

    def feed(self, delta: str) -> str:
        """The part of what came so far that is meant to be read; "" while that is not known."""
        if self._past:
            return delta
        self._held += delta
        head = self._held.lstrip()
        if not self._inside:
            if _OPEN.startswith(head[: len(_OPEN)]) and len(head) < len(_OPEN):
                return ""
            if not head.startswith(_OPEN):
                return self._let_go(self._held)
            self._inside = True
        _, closed, after = self._held.partition(_CLOSE)
        # Only a torn "</think" at the end is needed of the thoughts.
        self._held = self._held if closed else self._held[-len(_CLOSE) :]
        return self._let_go(after.lstrip()) if closed and after.strip() else ""

    def _let_go(self, text: str) -> str:
        self._past, self._held = True, ""
        return text

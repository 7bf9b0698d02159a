"""A person's wish to stop the reply, passed into a running turn."""

from __future__ import annotations

from collections.abc import Callable


class Stop:
    """Asked for once; whoever is waiting is told at once."""

    def __init__(self) -> None:
        self.requested = False
        self._listeners: list[Callable[[], None]] = []

    def request(self) -> None:
        """Stop the reply where it is."""
        self.requested = True
        for tell in self._listeners:
            tell()

    def listen(self, tell: Callable[[], None]) -> None:
        """Call `tell` when stopping is asked for; at once if it already was."""
        self._listeners.append(tell)
        if self.requested:
            tell()

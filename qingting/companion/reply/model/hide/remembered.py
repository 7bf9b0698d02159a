"""What was found in a text before, without the text: the last messages go along with every turn.

Kept are a keyed hash of a text and the places found in it; the key is drawn anew by every process
and never leaves it, so nothing here can be read back.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Final

from qingting.companion.reply.model.hide.found import Found

# About 300 conversations with their last 12 messages; a million bytes or so.
_MOST: Final = 4096
_KEY: Final = os.urandom(32)


class Remembered:
    """A finder that looks only once at the same text. find: a pure function of the text."""

    def __init__(self, find: Callable[[str], list[Found]]) -> None:
        self._find = find
        self._found: OrderedDict[bytes, tuple[Found, ...]] = OrderedDict()

    def __call__(self, text: str) -> list[Found]:
        """What `find` finds."""
        name = blake2b(text.encode("utf-8", "surrogatepass"), key=_KEY, digest_size=16).digest()
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = tuple(self._find(text))
            if len(self._found) > _MOST:
                self._found.popitem(last=False)
        else:
            self._found.move_to_end(name)
        return list(found)

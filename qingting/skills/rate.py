"""How often somebody may send a form: often enough for every hand, too seldom for a machine.

Kept in memory only, by the process: who sends how often is stored nowhere.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

# So many senders are remembered; the longest silent is forgotten first.
_SENDERS: Final = 10_000


class Rate:
    """At most `most` forms in `within` seconds, for each sender. Safe to share by threads."""

    def __init__(
        self, most: int, within: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._within = within
        self._clock = clock
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, who: str) -> bool:
        """Whether one more may come now; it is counted if it may."""
        now = self._clock()
        with self._lock:
            sent = self._sent.setdefault(who, deque())
            self._sent.move_to_end(who)
            while sent and now - sent[0] >= self._within:
                sent.popleft()
            if len(sent) >= self._most:
                return False
            sent.append(now)
            while len(self._sent) > _SENDERS:
                self._sent.popitem(last=False)
            return True

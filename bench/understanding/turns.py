"""What understanding alone costs in a turn: the same messages with the same histories, in this
process."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from bench.loads import TURNS, Said
from bench.talkers import reply
from qingting.companion.parts import Understanding
from qingting.companion.understand.history import Heard

# As many as a turn is given (qingting.talk.turns).
_HISTORY: Final = 12


def cpu_ms(said: Sequence[Said]) -> float:
    """Processor time in ms per message, after everything was loaded once."""
    understand = _as_wired()
    asked = _with_histories(said)
    for text, history in asked[: 4 * TURNS]:
        understand(text, history)
    began = time.process_time()
    for text, history in asked:
        understand(text, history)
    return (time.process_time() - began) * 1000 / len(asked)


def _as_wired() -> Understanding:
    """The understanding that the server uses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingting.site.settings")
    import django

    django.setup(set_prefix=False)
    from qingting.site.config import Config
    from qingting.site.wiring import parts_of

    return parts_of(Config(), None).understand


def _with_histories(said: Sequence[Said]) -> list[tuple[str, tuple[Heard, ...]]]:
    conversations: defaultdict[tuple[int, int], list[Heard]] = defaultdict(list)
    asked = []
    for one in sorted(said, key=lambda one: (one.talker, one.turn)):
        heard = conversations[(one.talker, one.turn // TURNS)]
        asked.append((one.text, tuple(heard[-_HISTORY:])))
        heard += [Heard("person", one.text), Heard("companion", reply(one.answer))]
    return asked

"""python -m bench.understanding.loaded [PACKAGE ...]: load understanding, read a few messages, tell
seconds and memory as JSON. Packages that are named count as not installed."""

from __future__ import annotations

import json
import os
import sys
import time

# As everywhere in the bench: invented. A short one, a long one, and several at once.
_SHORT = "其实也没什么大事，就是心里堵得慌, can't sleep again"
_LONG = "今天先去食堂，遇到同学聊了一会，然后去图书馆坐到晚上，回来的路上忽然有点想哭。" * 10
_AT_ONCE = 64


def main() -> None:
    """Measures this very process: load until the first reading, memory after all of them."""
    for name in sys.argv[1:]:
        sys.modules[name] = None  # type: ignore[assignment]
    began = time.perf_counter()
    from qingting.companion.understand import Told, understand, understand_all

    understand(_SHORT)
    load = time.perf_counter() - began
    understand(_LONG)
    understand_all([Told(_SHORT), Told(_LONG)] * (_AT_ONCE // 2))
    from bench.machine import resident_mb

    print(json.dumps({"load": load, "memory": resident_mb(os.getpid())}))


if __name__ == "__main__":
    main()

"""The worker as a process beside the server: begun again when it dies, ended with the server."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Final

from qingting.cli.worker import BESIDE

_COMMAND: Final = (sys.executable, "-m", "qingting.cli.worker", BESIDE)
# Seconds before one that died is begun again, twice as long each time; and how long a clean end may
# take.
_FIRST, _LONGEST = 1.0, 60.0
_ENDING: Final = 15.0


class Beside:
    """Use as a context manager around serving."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(_ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(_ENDING)

    def _watch(self) -> None:
        wait = _FIRST
        while not self._over.is_set():
            # It lives as long as somebody holds the other end of this pipe.
            self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE)  # noqa: S603
            if self._over.is_set():
                self._process.terminate()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._over.wait(wait)
            wait = min(wait * 2, _LONGEST)

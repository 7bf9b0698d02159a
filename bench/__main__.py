"""python -m bench: measure, print, end. Stops by itself; talks to nobody but this machine."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from types import FrameType
from typing import Final

import uvloop

from bench.measure import Size, measure
from bench.table import rows

# Whatever hangs, nothing runs longer than this (seconds).
_LIMIT: Final = 175
_SMALL: Final = Size(alone=5, together=5, conversations=5, danger_seconds=0.5)


def main() -> int:
    """Reads the command line, runs once and prints; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="five turns each, to see it work")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    asked = parser.parse_args()
    if sys.platform != "linux":
        print("The bench reads /proc and puts processes on cores: it needs Linux.")
        return 2
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LIMIT)
    result = uvloop.run(measure(_SMALL if asked.small else Size()))
    if asked.json:
        print(json.dumps(asdict(result)))
    else:
        print("\n".join(rows(result)))
    return 0


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"the bench did not end in {_LIMIT} s")


if __name__ == "__main__":
    sys.exit(main())

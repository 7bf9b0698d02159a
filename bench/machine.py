"""What is read of the machine: processor time and memory of a process, cores, versions. Linux."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PACKAGES: Final = ("django", "uvicorn", "uvloop", "openai", "aiohttp")


def cores() -> tuple[int, int]:
    """(core of the server, core of everything else); the same one where there is only one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextlib.contextmanager
def on_core(core: int) -> Iterator[None]:
    """Puts this process on one core, and with it every process started meanwhile."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_seconds(pid: int) -> float:
    """Processor time of all threads of a process since it started, user and system."""
    # The second field may hold spaces, but ends with the last bracket.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_mb(pid: int) -> float:
    """Memory of a process that is in RAM, in MB of 10**6 bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"process {pid} has no memory any more")


def described(packages: Sequence[str] = _PACKAGES, used: str = "") -> str:
    """One line about where this ran: without it no figure means anything elsewhere. packages:
    whose versions matter. used: what the cores do; by default as in `python -m bench`."""
    versions = " ".join(f"{name} {version(name)}" for name in packages)
    server, rest = cores()
    used = used or f"server on {server}, load and upstream on {rest}"
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores ({used}), "
        f"load before {os.getloadavg()[0]:.2f}; "
        f"Python {platform.python_version()}, Linux {platform.release()}; {versions}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()

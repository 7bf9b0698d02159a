"""With SQLite one process serves a data folder; this holds the lock that makes it so.

The system lets go of the lock when the process dies, however it dies, so a start after kill -9
knows that every unfinished turn is nobody's.
"""

from __future__ import annotations

import os
from typing import Final

from qingting.site.config import Config

_LOCK: Final = "serving.lock"


class AlreadyServing(Exception):
    """Another process serves this data folder."""


def alone(config: Config) -> int | None:
    """Hold the lock of the data folder; returns its handle, or None where locks cannot be had (a
    read-only disk, a system without flock)."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        handle = os.open(config.data_dir / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyServing(
            f"another qingting serves {config.data_dir}. Stop it first, or set QINGTING_DATA_DIR "
            "to another folder."
        ) from None
    return handle

"""qingting worker: the process that sends letters and keeps their timers. `qingting serve` runs one
beside itself where mail is set up; with several machines one of them runs it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any, Final

import click

from qingting.site.config import Config, ConfigError, read_config

_LOCK: Final = "working.lock"
# One number for the whole project: PostgreSQL's lock that lets one worker work.
_NUMBER: Final = 0x51_54_57_4B
_LOOK: Final = 2.0
BESIDE: Final = "--beside"


def run(*, beside: bool = False) -> int:
    """Work until stopped; returns the exit status. beside: a server runs it, and its end is ours:
    its end of the pipe at standard input closes, however it died."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingting.site.settings")
    try:
        config = read_config()
    except ConfigError as error:
        click.echo(f"qingting: {error}", err=True)
        return 2
    if config.mail is None:
        click.echo(
            "qingting: no mail is set up (QINGTING_SMTP_URL, QINGTING_MAIL_FROM and "
            "QINGTING_PUBLIC_URL), so there is nothing to do.",
            err=True,
        )
        return 2
    stopped = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stopped.set())
    if beside:
        threading.Thread(target=_with_the_server, args=(stopped,), daemon=True).start()
    held = _alone(config, stopped)
    if stopped.is_set():
        return 0
    import django

    django.setup(set_prefix=False)
    from qingting.site.telling import wire_worker
    from qingting.telling import reminders, worker

    wire_worker(config)
    worker.run(config.work_database, stopped, reminders.current().write)
    del held
    return 0


def _with_the_server(stopped: threading.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    stopped.set()


def _alone(config: Config, stopped: threading.Event) -> Any:
    """Wait until no other worker works, and hold the lock of it. Two would send letters twice."""
    while not stopped.is_set():
        held = _on_sqlite(config) if config.uses_sqlite else _on_postgres(config)
        if held is not None:
            return held
        time.sleep(_LOOK)
    return None


def _on_sqlite(config: Config) -> Any:
    try:
        import fcntl
    except ImportError:
        return -1
    handle = os.open(config.data_dir / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _on_postgres(config: Config) -> Any:
    import psycopg

    try:
        held = psycopg.connect(config.work_database, autocommit=True, connect_timeout=3)
        row = held.execute("SELECT pg_try_advisory_lock(%s)", [_NUMBER]).fetchone()
    except psycopg.Error:
        return None
    if row is None or not row[0]:
        held.close()
        return None
    return held


if __name__ == "__main__":
    sys.exit(run(beside=BESIDE in sys.argv[1:]))

"""The processes of the bench: relay and Qingting on the server's core, the upstream beside us."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.machine import on_core
from tests.servers.qingting import Server


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers. start_seconds: from the command to its first answer."""

    pid: int
    address: str
    start_seconds: float


@contextlib.contextmanager
def qingting(
    core: int, data_dir: Path, model_url: str | None, *, full: bool = False
) -> Iterator[Serving]:
    """`qingting serve` on one core; with a model when model_url is given.

    The model counts as hosted, so that masking is part of what is measured. full: the database may
    not grow by a page, as on a full disk.
    """
    environment = {"QINGTING_PLACE": "CN", "QINGTING_MODEL_CALLS_PER_DAY": "1000000"}
    if full:
        database = data_dir / "qingting.sqlite3"
        environment["QINGTING_DATABASE_URL"] = f"sqlite:///{database}?max_page_count=1"
    if model_url is not None:
        environment |= {
            "QINGTING_MODEL_URL": model_url,
            "QINGTING_MODEL_NAME": "upstream",
            "QINGTING_MODEL_HOSTED": "yes",
        }
    server = Server(data_dir, environment)
    began = time.perf_counter()
    with on_core(core):
        server.start()
    try:
        yield Serving(server.pid, server.address, time.perf_counter() - began)
    finally:
        server.stop()


@contextlib.contextmanager
def relay(core: int, folder: Path, upstream_url: str) -> Iterator[Serving]:
    """`python -m bench.relay` on one core."""
    command = [sys.executable, "-m", "bench.relay", "--upstream", upstream_url]
    command += ["--database", str(folder / "relay.sqlite3")]
    began = time.perf_counter()
    root = Path(__file__).resolve().parents[1]
    with on_core(core):
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        try:
            address = f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
            _wait_for(address)
            yield Serving(process.pid, address, time.perf_counter() - began)
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(200):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the relay does not answer")

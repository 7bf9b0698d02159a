"""The real server as a process of its own, the way `qingting serve` runs it."""

from __future__ import annotations

import atexit
import http.client
import http.cookiejar
import json
import multiprocessing
import os
import re
import shutil
import signal
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.servers import ready

# Seconds a server may take to begin, and to end, on a machine that has much else to do.
_BEGINNING = 180
_ENDING = 60
# What of the environment makes a first start another than any: where things are kept, and how.
_ITS_OWN = re.compile(r"QINGTING_\w*(?:DATABASE|KEY|POLICY)")


@lru_cache(maxsize=1)
def _forks() -> multiprocessing.context.ForkServerContext:
    """Where servers are forked from: a process that has read what each would read."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([ready.__name__])
    os.environ[ready.MARK] = "1"
    try:
        context.Process(target=int).start()
    finally:
        del os.environ[ready.MARK]
    return context


def forked(
    arguments: tuple[str, ...], environment: Mapping[str, str], out: Path, log: Path
) -> BaseProcess:
    """`qingting` with these arguments in a process of its own, started already. out, log: where its
    output goes."""
    process = _forks().Process(target=ready.run, args=(arguments, environment, str(out), str(log)))
    process.start()
    return process


def clean_environment() -> dict[str, str]:
    """What is around, without settings of ours."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("QINGTING_", "DEEPSEEK"))}


@lru_cache(maxsize=1)
def _begun() -> Path:
    """A data folder as a first start leaves it."""
    folder = Path(tempfile.mkdtemp(prefix="qingting-begun-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Server(folder / "data", first=True):
        pass
    return folder / "data"


class Server:
    """`qingting serve` with a data folder, on a free port where none is given. Use as a context
    manager. first: where there is no data folder the server makes it itself; else it finds one as
    a first start leaves it."""

    def __init__(
        self,
        data_dir: Path,
        environment: Mapping[str, str] | None = None,
        port: int = 0,
        *,
        first: bool = False,
    ) -> None:
        self.data_dir = data_dir
        self._arguments = ("serve", "--port", str(port))
        self._environment = {
            **clean_environment(),
            "QINGTING_DATA_DIR": str(data_dir),
            # Most of these are started for a page or two (docs/settings.md).
            "QINGTING_REHEARSE": "no",
            **(environment or {}),
        }
        self._first = first or any(map(_ITS_OWN.match, environment or {}))
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self._process: BaseProcess | None = None
        self.address = ""

    def start(self) -> Server:
        """Start and wait until it answers. Raises RuntimeError with its log when it does not."""
        if not self._first and not self.data_dir.exists():
            shutil.copytree(_begun(), self.data_dir)
        self.log.touch()
        out = self.log.with_suffix(".out")
        out.write_text("")
        self._process = forked(self._arguments, self._environment, out, self.log)
        until = time.monotonic() + _BEGINNING
        while self._process.is_alive() and time.monotonic() < until:
            found = re.search(r"http://\S+", out.read_text())
            if found and self._answers(found.group()):
                self.address = found.group()
                return self
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start: {out.read_text()}{self.log.read_text()}")

    @staticmethod
    def _answers(address: str) -> bool:
        try:
            urllib.request.urlopen(address + "/healthz", timeout=10).close()
        except OSError:  # refused, or slow to begin
            return False
        return True

    @property
    def pid(self) -> int:
        """Process id."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """A clean stop."""
        self._end(signal.SIGTERM)

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.is_alive():
            os.kill(self.pid, how)
        self._process.join(_ENDING)
        assert not self._process.is_alive(), "the server does not end"
        self._process.close()
        self._process = None


@dataclass(slots=True)
class Told:
    """What the server told in answer to one message."""

    events: list[dict[str, Any]]
    conversation: str
    cut: bool = False

    @property
    def reply(self) -> str:
        """The words."""
        return "".join(e["text"] for e in self.events if e["event"] == "words")

    @property
    def done(self) -> dict[str, Any] | None:
        """The last event, if it came."""
        return self.events[-1] if self.events and self.events[-1]["event"] == "done" else None

    @property
    def saved(self) -> bool:
        """Whether the server said that it kept the turn."""
        return bool(self.done and self.done["saved"])


@dataclass(slots=True)
class Visitor:
    """A browser without a screen: cookies, the form, the stream."""

    address: str
    language: str = "zh-CN"
    conversation: str = "/"
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def open(
        self, path: str, data: Mapping[str, str] | None = None, accept: str = "text/html"
    ) -> Any:
        """A request with this visitor's cookies; redirects are followed."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(
            urllib.parse.urljoin(self.address, path),
            body,
            {"Accept": accept, "Accept-Language": self.language},
        )
        return opener.open(request, timeout=60)

    def page(self, path: str = "/") -> str:
        """The text of a page, error pages included."""
        try:
            with self.open(path) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()

    def fields(self, text: str, key: str | None = None) -> dict[str, str]:
        """The form's fields as a browser would send them."""
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), None)
        if token is None:
            self.page("/")
            token = next(c.value for c in self.cookies if c.name == "csrftoken")
        return {
            "csrfmiddlewaretoken": token or "",
            "text": text,
            "key": key or uuid.uuid4().hex,
            "tz": "Asia/Shanghai",
        }

    def say(self, text: str, key: str | None = None) -> Told:
        """Send a message and read the stream to its end, or to where it was cut."""
        events: list[dict[str, Any]] = []
        cut = False
        with self.open(self.conversation, self.fields(text, key), "text/event-stream") as response:
            self.conversation = response.headers.get("Content-Location") or self.conversation
            try:
                events.extend(_events(response))
            except (OSError, http.client.HTTPException):
                cut = True
        return Told(events, self.conversation, cut)

    def say_without_script(self, text: str, key: str | None = None) -> str:
        """Send the plain form; returns the page that answers."""
        with self.open(self.conversation, self.fields(text, key)) as response:
            path = urllib.parse.urlsplit(response.url).path
            self.conversation = path
            return str(response.read().decode())


def _events(response: Any) -> Iterator[dict[str, Any]]:
    for raw in response:
        line = raw.decode()
        if line.startswith("data: "):
            yield json.loads(line[6:])

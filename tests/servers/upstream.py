"""A real OpenAI-compatible server in a process of its own, kind or broken on request.

    python -m tests.servers.upstream --port 0 --mode ok

prints one JSON line {"port": N} when it listens and serves until it is terminated. In tests:
`with running("cut") as upstream: ...`.

    POST   /v1/chat/completions   answers in the present mode, streamed or whole
    GET    /recorded              {"requests": [the last 50 bodies], "headers": [their headers],
                                  "aborted": N}
    DELETE /recorded              forgets them
    POST   /mode                  any of {"mode": "cut", "delay": 0.0, "first_delay": 1.0}

Modes:

    ok          a warm reply in the script of the last user message, token by token; the same
                request always gets the same reply, the next turn the next one
    zero        the first reply in 60 tokens written at once, for benches
    fresh       as zero, but no two replies to different words share a sentence
    echo        a reply that names the first masked token of the last user message, torn apart
    hang        takes the request and never answers
    slow_first  waits `first_delay` seconds before the first token, then as ok
    cut         one sentence and a half, then the socket closes
    error500    HTTP 500 with a text that quotes the person, as some endpoints do
    garbage     data lines that are not JSON
    empty       well-formed chunks without a word
    hostile     claims to be human, invents a number, promises, ends the chat
    long        talks until max_tokens, finish_reason "length"
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from tests.servers.replies import MODES, last_user, pieces

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class State:
    """What the server does now and what it was asked."""

    mode: str
    delay: float = 0.004
    first_delay: float = 5.0
    aborted: int = 0
    requests: deque[Any] = field(default_factory=lambda: deque(maxlen=50))
    headers: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=50))


@dataclass(frozen=True, slots=True)
class Asked:
    """One HTTP request, read whole."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


async def _read_request(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.rstrip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, json.loads(raw) if raw else None)


def _head(status: str, kind: str, extra: str) -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{extra}\r\n\r\n".encode()


def _json_response(value: object, status: str = "200 OK") -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode()
    return _head(status, "application/json", f"content-length: {len(body)}") + body


def _event(data: str) -> bytes:
    raw = f"data: {data}\n\n".encode()
    return f"{len(raw):x}\r\n".encode() + raw + b"\r\n"


def _chunk(delta: Mapping[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    value = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "upstream",
        "choices": [choice],
    }
    return _event(json.dumps(value, ensure_ascii=False))


async def _stream(state: State, body: Mapping[str, Any], writer: asyncio.StreamWriter) -> bool:
    """Writes one streamed reply. False when the connection must close after it."""
    tokens, finish = pieces(state.mode, body)
    writer.write(_head("200 OK", "text/event-stream", "transfer-encoding: chunked"))
    if state.mode == "garbage":
        writer.write(_event("<html>bad gateway</html>") + _event("{not json") + b"0\r\n\r\n")
        return True
    if state.mode == "slow_first":
        await writer.drain()
        await asyncio.sleep(state.first_delay)
    writer.write(_chunk({"role": "assistant", "content": ""}))
    for token in tokens:
        writer.write(_chunk({"content": token}))
        if state.mode not in ("zero", "fresh"):
            await writer.drain()
            await asyncio.sleep(state.delay)
    if not finish:
        return False
    writer.write(_chunk({}, finish) + _event("[DONE]") + b"0\r\n\r\n")
    return True


def _whole(state: State, body: Mapping[str, Any]) -> bytes:
    tokens, finish = pieces(state.mode, body)
    message = {"role": "assistant", "content": "".join(tokens)}
    choice = {"index": 0, "message": message, "finish_reason": finish or "stop"}
    return _json_response(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": "upstream",
            "choices": [choice],
        }
    )


async def _complete(state: State, asked: Asked, writer: asyncio.StreamWriter) -> bool:
    state.requests.append(asked.body)
    state.headers.append(asked.headers)
    if state.mode == "hang":
        await asyncio.Event().wait()
    if state.mode == "error500":
        error = {"error": {"message": f"could not process: {last_user(asked.body)}"}}
        writer.write(_json_response(error, "500 Internal Server Error"))
        return True
    if asked.body.get("stream"):
        return await _stream(state, asked.body, writer)
    writer.write(_whole(state, asked.body))
    return True


def _control(state: State, asked: Asked) -> bytes:
    match (asked.method, asked.path):
        case ("GET", "/recorded"):
            return _json_response(
                {
                    "requests": list(state.requests),
                    "headers": list(state.headers),
                    "aborted": state.aborted,
                }
            )
        case ("DELETE", "/recorded"):
            state.requests.clear()
            state.headers.clear()
            state.aborted = 0
            return _json_response({})
        case ("POST", "/mode") if asked.body.get("mode", state.mode) in MODES:
            state.mode = asked.body.get("mode", state.mode)
            state.delay = float(asked.body.get("delay", state.delay))
            state.first_delay = float(asked.body.get("first_delay", state.first_delay))
            return _json_response({"mode": state.mode})
    return _json_response({"error": {"message": "no such thing here"}}, "404 Not Found")


async def _serve_connection(
    state: State, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        while (asked := await _read_request(reader)) is not None:
            if (asked.method, asked.path) == ("POST", "/v1/chat/completions"):
                if not await _complete(state, asked, writer):
                    break
            else:
                writer.write(_control(state, asked))
            await writer.drain()
    except ConnectionError:
        state.aborted += 1
    finally:
        writer.close()


async def serve(port: int, state: State) -> None:
    """Listens on the loopback interface, says where, and serves until SIGTERM or SIGINT."""
    server = await asyncio.start_server(
        lambda reader, writer: _serve_connection(state, reader, writer), "127.0.0.1", port
    )
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()


@dataclass(frozen=True, slots=True)
class Upstream:
    """A running server, seen from a test."""

    port: int

    @property
    def base_url(self) -> str:
        """What an OpenAI client takes as its base URL."""
        return f"http://127.0.0.1:{self.port}/v1"

    def switch(self, mode: str, **settings: float) -> None:
        """Another mode from the next request on; settings: delay, first_delay (seconds)."""
        self._call("POST", "/mode", {"mode": mode, **settings})

    def recorded(self) -> list[dict[str, Any]]:
        """Bodies of the completions asked for, oldest first."""
        return list(self._call("GET", "/recorded")["requests"])

    def headers(self) -> list[dict[str, str]]:
        """Headers of the same requests, names in lower case."""
        return list(self._call("GET", "/recorded")["headers"])

    def aborted(self) -> int:
        """How many streams a client left before their end."""
        return int(self._call("GET", "/recorded")["aborted"])

    def forget(self) -> None:
        """Empties what was recorded."""
        self._call("DELETE", "/recorded")

    def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        with urlopen(request, timeout=5) as response:
            value: dict[str, Any] = json.load(response)
        return value


@contextlib.contextmanager
def running(mode: str = "ok", **settings: float) -> Iterator[Upstream]:
    """Starts the server as a process, stops it at the end."""
    command = [sys.executable, "-m", "tests.servers.upstream", "--port", "0", "--mode", mode]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            upstream = Upstream(json.loads(process.stdout.readline())["port"])
            if settings:
                upstream.switch(mode, **settings)
            yield upstream
        finally:
            process.terminate()


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(description="A fake OpenAI-compatible server for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--mode", choices=MODES, default="ok")
    parser.add_argument("--delay", type=float, default=0.004, help="seconds per token")
    asked = parser.parse_args()
    asyncio.run(serve(asked.port, State(asked.mode, asked.delay)))


if __name__ == "__main__":
    main()

"""The least that a relay can do: store one row, pass the upstream's stream on.

    python -m bench.relay --upstream http://127.0.0.1:9/v1 --database /tmp/relay.sqlite3

prints one JSON line {"port": N} and serves until it is terminated. It knows no person, seals
nothing, understands nothing and keeps no history: what Qingting costs above it is what Qingting
does. A raw ASGI application on the same uvicorn, event loop and parser as the real server.
"""

from __future__ import annotations

import argparse
import json
import socket
import sqlite3
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Relay:
    """The ASGI application. upstream: base address up to and with "/v1"."""

    def __init__(self, upstream: str, database: Path) -> None:
        self._address = f"{upstream}/chat/completions"
        self._rows = sqlite3.connect(database, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=NORMAL")
        self._rows.execute("CREATE TABLE IF NOT EXISTS said (at REAL, text TEXT)")
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request: POST with the person's words as the body, anything else is "ok"."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["method"] == "POST":
            await self._relay((await _body(receive)).decode(), send)
        else:
            await _start(send, b"text/plain")
            await send({"type": "http.response.body", "body": b"ok"})

    async def _relay(self, text: str, send: Send) -> None:
        self._rows.execute("INSERT INTO said VALUES (?, ?)", (time.time(), text))
        body = {"model": "any", "stream": True, "messages": [{"role": "user", "content": text}]}
        assert self._session is not None
        async with self._session.post(self._address, json=body) as answer:
            await _start(send, b"text/event-stream")
            async for piece in answer.content.iter_any():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self._session = aiohttp.ClientSession()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._session.close()
        self._rows.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _start(send: Send, kind: bytes) -> None:
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


def main() -> None:
    """Reads the command line and serves on the loopback interface."""
    parser = argparse.ArgumentParser(description="A bare relay to measure against.")
    parser.add_argument("--upstream", required=True)
    parser.add_argument("--database", type=Path, required=True)
    asked = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.listen()
    config = uvicorn.Config(
        Relay(asked.upstream, asked.database),
        http="httptools",
        loop="uvloop",
        log_level="warning",
        access_log=False,
        lifespan="on",
    )
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()

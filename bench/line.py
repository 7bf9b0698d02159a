"""One kept connection to a server on this machine, and how long its answers take.

As little Python per answer as possible: the load generator must not be what is measured.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

_PATIENCE: Final = 30.0
# Servers here let go of a connection that was quiet for 5 s; like a browser, open another.
_QUIET: Final = 4.0
_END_OF_CHUNKS: Final = b"\r\n0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and its moments, in seconds of one clock.

    asked: when the request was due. first_byte: of the whole response. first_word: of the reply;
    equal to `end` when it has none.
    """

    status: int
    head: bytes
    body: bytes
    asked: float
    first_byte: float
    first_word: float
    end: float

    def header(self, name: bytes) -> str:
        """The first header of that name, "" when there is none. name: in lower case."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.lower() == name:
                return value.strip().decode()
        return ""

    def cookies(self) -> dict[str, str]:
        """Cookies set by this answer."""
        found = {}
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.lower() == b"set-cookie":
                name, _, content = value.split(b";")[0].strip().decode().partition("=")
                found[name] = content
        return found


class Line:
    """A connection. word: the bytes that show that the reply has begun."""

    def __init__(self, port: int, word: bytes) -> None:
        self._port = port
        self._word = word
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    async def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes, due: float | None = None
    ) -> Answer:
        """Send a request and read its answer to the end.

        due: when it should have been sent, if earlier than now. Raises TimeoutError after 30 s,
        ConnectionError when the server goes away.
        """
        asked = time.perf_counter() if due is None else due
        reader, writer = await self._open()
        given = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{key}: {value}\r\n" for key, value in given.items())
        raw = f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        writer.write(raw)
        async with asyncio.timeout(_PATIENCE):
            answer = await self._read(reader, asked)
        self._used = answer.end
        return answer

    async def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            await self._streams[1].wait_closed()
            self._streams = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is not None and time.perf_counter() - self._used > _QUIET:
            await self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    async def _read(self, reader: asyncio.StreamReader, asked: float) -> Answer:
        raw = b""
        first_byte = first_word = 0.0
        head_ends, length = -1, -1
        while True:
            piece = await reader.read(65536)
            now = time.perf_counter()
            if not piece:
                raise ConnectionError("the server closed the connection")
            first_byte = first_byte or now
            raw += piece
            if not first_word and self._word in raw:
                first_word = now
            if head_ends < 0 and (head_ends := raw.find(b"\r\n\r\n")) >= 0:
                length = _length(raw[:head_ends])
            if head_ends < 0 or not _whole(raw, head_ends + 4, length):
                continue
            head, body = raw[:head_ends], raw[head_ends + 4 :]
            status = int(head.split(b" ", 2)[1])
            return Answer(status, head, body, asked, first_byte, first_word or now, now)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return -1


def _whole(raw: bytes, begins: int, length: int) -> bool:
    return len(raw) - begins >= length if length >= 0 else raw.endswith(_END_OF_CHUNKS)

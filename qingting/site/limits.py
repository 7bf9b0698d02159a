"""How much and how long a request may be, before anything of it is kept.

Django takes a whole body to memory or disk before a page sees it. Nothing here is ever sent a file,
so a body has a small limit and little time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

# Above Django's own limit for a form (DATA_UPLOAD_MAX_MEMORY_SIZE), so that its page answers first
# where it can.
MOST_BYTES: Final = 512 * 1024
MOST_SECONDS: Final = 30.0
# More than any address here needs; longer ones are somebody's probe.
MOST_PATH: Final = 2048
MOST_HEAD: Final = 32 * 1024

# So much of a body that is too large is still listened to, and so long.
_PASSING_BYTES: Final = 8 * 1024 * 1024
_PASSING_SECONDS: Final = 5.0

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        self.status = status


class Limited:
    """An ASGI application whose requests are neither too large nor too slow to come.

    seconds: for the whole body, from the first byte waited for.
    """

    def __init__(self, inner: Application, *, seconds: float = MOST_SECONDS) -> None:
        self._inner = inner
        self._seconds = seconds

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer 400, 408, 413, 414 or 431 itself; everything else is the application's."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        try:
            _look_at(scope)
        except _Refused as refused:
            if refused.status == 413:
                await _let_pass(receive)
            await _answer(send, refused.status)
            return
        body = _Body(receive, asyncio.get_running_loop().time() + self._seconds)
        said = _Said(send)
        try:
            await self._inner(scope, body, said)
        except _Refused as refused:
            if not said.begun:
                await _answer(send, refused.status)


async def _let_pass(receive: Receive) -> None:
    """Drop so much of a body that whoever sends a pasted book still hears the answer: a connection
    closed under a sender shows as broken, and says nothing."""
    dropped = 0
    try:
        async with asyncio.timeout(_PASSING_SECONDS):
            while dropped <= _PASSING_BYTES:
                message = await receive()
                dropped += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


class _Body:
    """Passes a body on, counting; a body that ended leaves `receive` free to wait for the reader
    to go away."""

    def __init__(self, receive: Receive, until: float) -> None:
        self._receive = receive
        self._until = until
        self._bytes = 0
        self._ended = False

    async def __call__(self) -> dict[str, Any]:
        if self._ended:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise _Refused(408) from None
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_BYTES:
            raise _Refused(413)
        self._ended = not message.get("more_body", False)
        return message


class _Said:
    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: dict[str, Any]) -> None:
        self.begun = True
        await self._send(message)


def _look_at(scope: dict[str, Any]) -> None:
    """What can be told from the head alone."""
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > MOST_PATH:
        raise _Refused(414)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEAD:
        raise _Refused(431)
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    if not lengths:
        return
    if len(set(lengths)) > 1 or not lengths[0].isdigit():
        raise _Refused(400)
    # The length of it first: Python makes no number of thousands of digits.
    if len(lengths[0]) > 18 or int(lengths[0]) > MOST_BYTES:
        raise _Refused(413)


async def _answer(send: Send, status: int) -> None:
    """A few words that tell nothing, and the connection closed: the rest is not read."""
    body = b"" if status == 408 else b"This request cannot be answered.\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

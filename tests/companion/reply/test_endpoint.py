"""The model endpoint against a real upstream process, kind and broken."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from qingting.companion.ports import ChatMessage, ChatModel
from qingting.companion.reply.model.endpoint import EndpointSettings, OpenAICompatible
from qingting.companion.reply.model.errors import (
    ModelError,
    ModelGarbage,
    ModelTimeout,
    ModelUnavailable,
)
from tests.servers.replies import REPLIES
from tests.servers.upstream import Upstream

pytestmark = pytest.mark.process

SAID = "我室友今天把我的东西都扔出去了"
MESSAGES = [ChatMessage("system", "短一点。"), ChatMessage("user", SAID)]


@pytest.fixture
async def model(upstream: Upstream) -> AsyncIterator[OpenAICompatible]:
    made = OpenAICompatible(
        EndpointSettings(upstream.base_url, "upstream", hosted=False, read_seconds=0.5)
    )
    yield made
    await made.close()


async def told(model: ChatModel, messages: list[ChatMessage] = MESSAGES) -> list[str]:
    return [piece async for piece in model.stream(messages, max_tokens=120)]


async def failure(model: ChatModel) -> tuple[ModelError, str]:
    pieces: list[str] = []

    async def listen() -> None:
        async for piece in model.stream(MESSAGES, max_tokens=12):
            pieces.append(piece)  # noqa: PERF401  # what came before the failure counts

    with pytest.raises(ModelError) as caught:
        await listen()
    return caught.value, "".join(pieces)


async def test_streams_in_pieces(model: OpenAICompatible) -> None:
    pieces = await told(model)
    assert "".join(pieces) == REPLIES["zh"][0]
    assert len(pieces) > 10
    assert all(pieces)


async def test_answers_in_english(model: OpenAICompatible) -> None:
    assert "".join(await told(model, [ChatMessage("user", "he left")])) == REPLIES["en"][0]


async def test_sends_what_was_asked(model: OpenAICompatible, upstream: Upstream) -> None:
    await told(model)
    (body,) = upstream.recorded()
    assert body["messages"] == [
        {"role": "system", "content": "短一点。"},
        {"role": "user", "content": SAID},
    ]
    assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == (
        "upstream",
        120,
        0.7,
        True,
    )


async def test_many_at_once_share_one_client(model: OpenAICompatible) -> None:
    replies = await asyncio.gather(*(told(model) for _ in range(8)))
    assert {"".join(reply) for reply in replies} == {REPLIES["zh"][0]}


async def test_zero_delay_keeps_every_token(model: OpenAICompatible, upstream: Upstream) -> None:
    upstream.switch("zero")
    pieces = await told(model)
    assert len(pieces) == 60
    assert "".join(pieces) == REPLIES["zh"][0]


@pytest.mark.parametrize(
    ("mode", "kind", "reason"),
    [
        ("hang", ModelTimeout, "read"),
        ("slow_first", ModelTimeout, "read"),
        ("cut", ModelUnavailable, "cut"),
        ("error500", ModelUnavailable, "status_500"),
        ("garbage", ModelGarbage, "not_json"),
        ("empty", ModelGarbage, "empty"),
        ("long", ModelGarbage, "length"),
    ],
)
async def test_broken_upstreams(
    model: OpenAICompatible, upstream: Upstream, mode: str, kind: type[ModelError], reason: str
) -> None:
    upstream.switch(mode)
    started = time.monotonic()
    error, text = await failure(model)
    assert (type(error), error.reason) == (kind, reason)
    assert time.monotonic() - started < 2
    assert bool(text) == (mode in {"cut", "long"})


async def test_works_again_after_each_failure(model: OpenAICompatible, upstream: Upstream) -> None:
    for mode in ("cut", "error500", "garbage", "hang"):
        upstream.switch(mode)
        await failure(model)
        upstream.switch("ok")
        assert "".join(await told(model)) == REPLIES["zh"][0]


async def test_asks_once_only(model: OpenAICompatible, upstream: Upstream) -> None:
    upstream.switch("error500")
    await failure(model)
    assert len(upstream.recorded()) == 1


async def test_no_words_in_errors_and_logs(
    model: OpenAICompatible, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for mode in ("error500", "cut"):
        upstream.switch(mode)
        error, _ = await failure(model)
        assert SAID not in "".join(traceback.format_exception(error))
    upstream.switch("ok")
    await told(model)
    assert SAID not in caplog.text
    assert REPLIES["zh"][0][:6] not in caplog.text


async def test_leaving_early_stops_the_upstream(
    model: OpenAICompatible, upstream: Upstream
) -> None:
    upstream.switch("long", delay=0.02)
    started = time.monotonic()
    async with aclosing(model.stream(MESSAGES, max_tokens=4000)) as stream:
        async for _ in stream:
            break
    assert time.monotonic() - started < 1
    async with asyncio.timeout(2):
        while not upstream.aborted():
            await asyncio.sleep(0.02)


async def test_cancelling_passes_through(model: OpenAICompatible, upstream: Upstream) -> None:
    upstream.switch("hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await told(model)


async def test_nobody_listens() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{reserved.getsockname()[1]}/v1"
        model = OpenAICompatible(EndpointSettings(base_url, "none"))
        error, _ = await failure(model)
        await model.close()
    assert (type(error), error.reason) == (ModelUnavailable, "connect")


def sse(data: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\n\r\ndata: {data}\n\n".encode("latin-1")


def choice(delta: str, finish: str = "null") -> bytes:
    return sse(f'{{"choices": [{{"delta": {delta}, "finish_reason": {finish}}}]}}')


ODD: list[tuple[bytes, type[ModelError], str]] = [
    # Closed before a word: the transport calls this a timeout, which it is not.
    (b"", ModelUnavailable, "connect"),
    (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", ModelUnavailable, "connect"),
    (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<p>hi</p>", ModelGarbage, "empty"),
    (
        b"HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:9/\r\n\r\n",
        ModelUnavailable,
        "status_307",
    ),
    (sse("[1, 2]"), ModelGarbage, "empty"),
    (sse("null"), ModelGarbage, "empty"),
    (sse("\xff\xfe"), ModelGarbage, "not_json"),
    (sse('{"error": {"message": "x"}}'), ModelUnavailable, "error"),
    (sse('{"choices": null}'), ModelGarbage, "empty"),
    (sse('{"choices": [null]}'), ModelGarbage, "empty"),
    (choice("3"), ModelGarbage, "empty"),
    (choice('{"content": 3}', '"stop"'), ModelGarbage, "empty"),
    (choice('{"reasoning_content": "hm"}', '"stop"'), ModelGarbage, "empty"),
    (choice('{"content": "a"}'), ModelUnavailable, "cut"),
    (choice('{"content": "a"}', '"length"'), ModelGarbage, "length"),
    (choice('{"content": "a"}', '"content_filter"'), ModelGarbage, "content_filter"),
]


@pytest.mark.parametrize(("answer", "kind", "reason"), ODD)
async def test_odd_answers(answer: bytes, kind: type[ModelError], reason: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    model = OpenAICompatible(EndpointSettings(f"http://127.0.0.1:{port}/v1", "odd", read_seconds=1))
    error, _ = await failure(model)
    await model.close()
    server.close()
    await server.wait_closed()
    assert (type(error), error.reason) == (kind, reason)


async def test_takes_nothing_from_the_environment(
    upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-somebody-else")
    model = OpenAICompatible(EndpointSettings(upstream.base_url, "upstream", api_key="mine"))
    await told(model)
    await model.close()
    (headers,) = upstream.headers()
    assert headers["authorization"] == "Bearer mine"
    assert "somebody-else" not in str(headers)


async def test_closed_stays_closed(upstream: Upstream) -> None:
    model = OpenAICompatible(EndpointSettings(upstream.base_url, "upstream"))
    await told(model)
    await model.close()
    await model.close()
    error, _ = await failure(model)
    assert error.reason == "closed"


def test_openai_is_imported_late() -> None:
    code = (
        "import sys, qingting.companion.reply.model.endpoint\n"
        "sys.exit('openai' in sys.modules or 'aiohttp' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

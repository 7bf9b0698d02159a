"""Any OpenAI-compatible endpoint as a `ChatModel`: DeepSeek, vLLM, Ollama, llama.cpp alike.

The `openai` package does the talking, on an aiohttp transport (a third of the CPU a streamed
turn costs on httpx). It is imported at the first message, not at start: the import takes most
of a second and 50 MB, which a guided-only installation should not pay.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qingting.companion.ports import ChatMessage
from qingting.companion.reply.model.errors import (
    ModelError,
    ModelGarbage,
    ModelTimeout,
    ModelUnavailable,
)
from qingting.companion.reply.model.thinking import Aloud

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream

CONNECT_SECONDS: Final = 5.0
# How the model says that it stopped for another reason than being done.
TORN: Final = frozenset({"length", "content_filter"})


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """Where the model is and how it is asked.

    base_url: up to and with "/v1". api_key: empty for a local server that wants none.
    hosted: True when text leaves this machine; decides masking. temperature: 0 to 2.
    read_seconds: the longest silence, before the first word and between words; the reply stage
    keeps the limit for the whole turn.
    """

    base_url: str
    model: str
    api_key: str = ""
    hosted: bool = True
    temperature: float = 0.7
    read_seconds: float = 20.0


class OpenAICompatible:
    """A `ChatModel` over HTTP. One object keeps one client and its connections.

    It belongs to the event loop of its first message; close it there. Nothing is retried: the
    person is waiting, and the guided reply is a better second try.
    """

    def __init__(self, settings: EndpointSettings) -> None:
        self.name = settings.model
        self.hosted = settings.hosted
        self._settings = settings
        self._client: AsyncOpenAI | None = None
        self._making = asyncio.Lock()
        self._closed = False

    async def stream(
        self, messages: Sequence[ChatMessage], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        """Pieces of the reply as they come, none of them empty.

        Close it (`contextlib.aclosing`) when leaving early, so that the endpoint stops writing.
        Raises ModelError when the reply is not whole; pieces given before stay good.
        """
        heard = False
        finish = ""
        aloud = Aloud()
        client = await self._connected()
        with _as_model_errors() as phase:
            source = await self._ask(client, messages, max_tokens)
            phase.streaming = True
            async with source:
                async for chunk in source:
                    said, reason = _read(chunk)
                    finish = reason or finish
                    if text := aloud.feed(said):
                        heard = True
                        yield text
        _check_whole(heard, finish)

    async def close(self) -> None:
        """Let go of connections; a later `stream` raises ModelUnavailable."""
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _connected(self) -> AsyncOpenAI:
        async with self._making:
            if self._closed:
                raise ModelUnavailable("closed")
            if self._client is None:
                # In a thread, so that the import does not stop everybody else's replies.
                self._client = await asyncio.to_thread(_make_client, self._settings)
            return self._client

    async def _ask(
        self, client: AsyncOpenAI, messages: Sequence[ChatMessage], max_tokens: int
    ) -> AsyncStream[object]:
        from openai import AsyncStream

        # The client's generic call instead of `chat.completions.create`: building a typed object
        # for every token costs 5 times the CPU of the whole turn, and is not validated anyway.
        return await client.post(
            "/chat/completions",
            cast_to=object,
            body={
                "model": self._settings.model,
                "messages": [{"role": m.role, "content": m.content} for m in messages],
                "max_tokens": max_tokens,
                "temperature": self._settings.temperature,
                "stream": True,
            },
            stream=True,
            stream_cls=AsyncStream[object],
        )


def _make_client(settings: EndpointSettings) -> AsyncOpenAI:
    from openai import AsyncOpenAI, DefaultAioHttpClient, Timeout

    timeout = Timeout(settings.read_seconds, connect=CONNECT_SECONDS)
    client = AsyncOpenAI(
        base_url=settings.base_url,
        # The client insists on a key and would else take one from the environment that was
        # meant for somebody else; local servers ignore this word.
        api_key=settings.api_key or "none",
        timeout=timeout,
        max_retries=0,
        # A redirect would carry the conversation to a place the operator did not choose.
        http_client=DefaultAioHttpClient(timeout=timeout, follow_redirects=False),
    )
    # Likewise taken from the environment, and of no meaning to other endpoints.
    client.organization = None
    client.project = None
    return client


def _read(chunk: object) -> tuple[str, str]:
    """Text and finish reason of one chunk, either may be empty.

    Nothing was validated, so any field may be missing or of another type. Thinking aloud
    (`reasoning_content`) is a field of its own and is not shown.
    """
    choices = chunk.get("choices") if isinstance(chunk, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return "", ""
    delta = choice.get("delta")
    text = delta.get("content") if isinstance(delta, dict) else None
    reason = choice.get("finish_reason")
    return (
        text if isinstance(text, str) else "",
        reason if isinstance(reason, str) else "",
    )


def _check_whole(heard: bool, finish: str) -> None:
    if finish in TORN:
        raise ModelGarbage(finish)
    if not finish:
        # A clean end of the connection looks like a finished reply; only the reason tells.
        raise ModelUnavailable("cut") if heard else ModelGarbage("empty")
    if not heard:
        raise ModelGarbage("empty")


@dataclass(slots=True)
class _Phase:
    streaming: bool = False


@contextmanager
def _as_model_errors() -> Iterator[_Phase]:
    """Turns every failure of client, transport and format into our tree.

    `from None`: the causes hold the endpoint's own words, which may quote the person.
    """
    import aiohttp
    import openai

    phase = _Phase()
    try:
        yield phase
    except openai.APIStatusError as error:
        raise ModelUnavailable(f"status_{error.status_code}") from None
    except openai.APIConnectionError as error:
        raise _lost(error, phase) from None
    except aiohttp.ClientError:
        # The transport lets some of its errors through as they are.
        raise ModelUnavailable("cut" if phase.streaming else "connect") from None
    except openai.APIError:
        raise ModelUnavailable("error") from None
    except ValueError:
        # JSON and UTF-8 errors of the stream are both ValueErrors.
        raise ModelGarbage("not_json") from None


def _lost(error: Exception, phase: _Phase) -> ModelError:
    """Timeout or lost connection. The transport names every lost connection a timeout, so the
    truth is looked up at the end of the chain of causes."""
    from aiohttp import ConnectionTimeoutError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, TimeoutError):
            return ModelTimeout("connect" if isinstance(cause, ConnectionTimeoutError) else "read")
        cause = cause.__cause__
    return ModelUnavailable("cut" if phase.streaming else "connect")

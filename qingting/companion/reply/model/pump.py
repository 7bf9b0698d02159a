"""Reads a model's stream in the background and hands over whole sentences.

Only the pump sees tokens; the turn waits for sentences, a failure or a stop, whichever is first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from qingting.companion.ports import ChatMessage, ChatModel
from qingting.companion.reply.model.errors import ModelError
from qingting.companion.reply.sentences import SentenceSplitter

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """The stream is over and why. "complete": the model finished by itself."""

    reason: Literal["complete", "model_failed", "model_slow", "stopped"]


class Pump:
    """One model stream being read. Use as an async context manager; leaving it ends the stream."""

    def __init__(self, model: ChatModel, messages: Sequence[ChatMessage], max_tokens: int) -> None:
        self._queue: asyncio.Queue[str | Ended] = asyncio.Queue()
        self._stream = model.stream(messages, max_tokens=max_tokens)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Pump:
        self._task = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task})

    def stop(self) -> None:
        """End now; sentences not yet taken are dropped."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(Ended("stopped"))

    async def sentences(
        self, *, first: float, between: float, whole: float
    ) -> AsyncIterator[str | Ended]:
        """Sentences as they are complete, then one Ended. Times in seconds: until the first
        sentence, between sentences, and for the whole."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + whole
        patience = first
        while True:
            left = min(patience, ends - loop.time())
            try:
                async with asyncio.timeout(max(left, 0)):
                    item = await self._queue.get()
            except TimeoutError:
                item = Ended("model_slow")
            yield item
            if isinstance(item, Ended):
                return
            patience = between

    async def _read(self) -> None:
        splitter = SentenceSplitter()
        try:
            # Leaving early closes the stream, so that the endpoint stops writing.
            async with aclosing(self._stream) as stream:
                async for delta in stream:
                    for sentence in splitter.feed(delta):
                        self._queue.put_nowait(sentence)
        except ModelError as error:
            # Half a sentence of a broken stream is dropped: it may be cut in the middle of a "not".
            # A reply that only grew too long was whole up to there.
            whole = error.reason == "length"
            self._queue.put_nowait(Ended("complete" if whole else "model_failed"))
            return
        except Exception as error:  # noqa: BLE001  # a bug in a model part is a failed model, at once
            # Only the type: a message of an exception may quote what a person wrote.
            log.error("model stream failed: %s", type(error).__name__)
            self._queue.put_nowait(Ended("model_failed"))
            return
        rest = splitter.flush()
        if rest.strip():
            self._queue.put_nowait(rest)
        self._queue.put_nowait(Ended("complete"))

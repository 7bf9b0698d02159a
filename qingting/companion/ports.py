"""The outside of the mind: every part that is not pure thought, as a small protocol.

`qingting.site.wiring` passes in the real parts, tests pass in fakes. Nothing here imports a web
framework, a database or a network client.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


class Clock(Protocol):
    """Tells the time; injected so that days can pass in a test."""

    def __call__(self) -> datetime:
        """The present moment, time-zone aware."""
        ...


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as an OpenAI-compatible endpoint takes it."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model that words replies. `hosted` is True when text leaves this machine."""

    name: str
    hosted: bool

    def stream(
        self, messages: Sequence[ChatMessage], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        """Pieces of the reply as they come. Raises ModelError when it cannot go on."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Masking(Protocol):
    """Hides who and where before text goes to a hosted model; one object per turn, so that the
    same name gets the same token everywhere in it."""

    def learn(self, texts: Iterable[str]) -> None:
        """Take note of what is to be hidden in all texts of a turn, before any is masked: a name
        told late is hidden early as well."""
        ...

    def mask(self, text: str) -> str:
        """The text with names, numbers, schools and addresses replaced by tokens."""
        ...

    def unmask(self, text: str) -> str:
        """The tokens of this turn turned back into what was written."""
        ...


class Embedder(Protocol):
    """Sentence vectors. Unused by the rules; the trained understanding takes one."""

    model_id: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One unit vector of `dimension` floats per text."""
        ...


class Allowance(Protocol):
    """How often a model may still word a reply for this person today."""

    first_refusal: bool

    def take(self, most: int) -> bool:
        """Use one; False when `most` are used up. `first_refusal` is then True once a day, so
        that the person is told once."""
        ...

"""The parts a turn is wired with. Defaults are the embedded ones: no model, nothing hosted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from qingting.companion.dependence.kept import Kept, NothingKept
from qingting.companion.person import Language
from qingting.companion.ports import Allowance, ChatModel, Clock, Embedder, Masking
from qingting.companion.protect.resources import Directory
from qingting.companion.recall.recollection import Memory, NoMemory
from qingting.companion.reply.model.masking import Masker
from qingting.companion.reply.stop import Stop
from qingting.companion.understand import understand
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Reading


class Understanding(Protocol):
    """Reads a message; `qingting.companion.understand.understand` is the embedded one."""

    def __call__(
        self, text: str, history: Sequence[Heard] = (), *, default_language: Language = "zh"
    ) -> Reading:
        """The reading of one message."""
        ...


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """Seconds to wait for a model. Past any of them the guided responder finishes the turn."""

    first_words: float = 8.0
    between: float = 8.0
    whole: float = 60.0


@dataclass(slots=True)
class CountedAllowance:
    """An allowance over a count somebody else keeps.

    used: calls of today before this turn; after the turn, `taken` more were made.
    told: whether the person was told today that the cap is reached.
    """

    used: int = 0
    told: bool = False
    taken: int = 0
    first_refusal: bool = False

    def take(self, most: int) -> bool:
        """Use one call; False when `most` are used up."""
        if self.used + self.taken < most:
            self.taken += 1
            return True
        self.first_refusal = not self.told
        self.told = True
        return False


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything outside of pure thought that a turn uses.

    understand: the understanding. model: who words replies, or None for the guided responder
    alone. memory: what is remembered of the person of this turn. masking: makes the mask of one
    turn. model_remembers: whether the model is also asked what is worth remembering. directory:
    loads the crisis resources. keeps_answers: whether answers to a questionnaire stay. keeps_voice:
    whether a voice asked for in this talk is kept for all talks. kept: how much room this takes in
    their life beside people. tells: whether somebody can be told of danger from here at all
    (docs/telling.md); what we say of ourselves follows it.
    """

    understand: Understanding = understand
    model: ChatModel | None = None
    limits: ModelLimits = field(default_factory=ModelLimits)
    masking: Callable[[], Masking] = Masker
    directory: Callable[[], Directory] = Directory.load
    clock: Clock = _utc_now
    embedder: Embedder | None = None
    allowance: Allowance = field(default_factory=CountedAllowance)
    memory: Memory = field(default_factory=NoMemory)
    model_remembers: bool = False
    keeps_answers: bool = False
    keeps_voice: bool = False
    kept: Kept = field(default_factory=NothingKept)
    tells: bool = False
    stop: Stop = field(default_factory=Stop)

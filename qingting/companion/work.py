"""The one piece of data that goes through the stages of a turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from qingting.companion.dependence.balance import Balance
from qingting.companion.exercise.run import Run
from qingting.companion.instruments.conversation import Asking
from qingting.companion.message import Message
from qingting.companion.person import Language, Person
from qingting.companion.plan.plan import Bring, Plan
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.safety_plan import Section
from qingting.companion.recall.recollection import Recollection
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState, Thread
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.situations import Situation
from qingting.companion.words.choose import Chooser

if TYPE_CHECKING:
    from qingting.companion.events import Event, ResponderName, ToRead
    from qingting.companion.parts import Parts


@dataclass(frozen=True, slots=True)
class Protection:
    """What the protect stage decided about this reply.

    answered: authored words already are the reply; no responder runs. may_offer: whether an
    exercise or a suggestion may be offered. path: whose words of danger speak. resources_shown: a
    line or number was given. plan_items: lines for the safety plan, told in this message.
    listening: what they told is answered by authored words that ask nothing. after: the authored
    question that follows those. situation: the one beside open danger that they told of.
    authored: no model words the reply.
    """

    answered: bool = False
    may_offer: bool = True
    path: str | None = None
    resources_shown: bool = False
    plan_items: tuple[tuple[Section, str], ...] = ()
    listening: bool = False
    after: tuple[str, ...] = ()
    situation: Situation | None = None
    authored: bool = False


@dataclass(slots=True)
class Work:
    """A turn in the making. Stages read what came before and fill in their own part.

    remembers: whether what is told now is remembered beyond this conversation.
    asked: id of the check-in that this reply asks. asks_no_more: they want none any more.
    asking: the questionnaire as this reply leaves it, where it is about one. keeps_answers: whether
    its answers stay. keeps_voice: whether a voice asked for holds for all talks. aside: how the
    aside of this reply begins, "" where it has none. article: slug of what is handed over to read
    in it; to_read: as it was told.
    balance: what is kept of how much room this takes beside people; named: whom they named, looked
    up only where it matters. brought: who else this reply brought in; disclosed: it was said again
    on that account that this is an AI. kept_balance: what is to be kept of it, None for no change.
    """

    message: Message
    person: Person
    policy: Policy
    now: datetime
    state: ConversationState
    episode: Episode
    reading: Reading
    protection: Protection = field(default_factory=Protection)
    recalled: Thread | None = None
    memories: Recollection = field(default_factory=Recollection)
    remembers: bool = False
    found: tuple[Found, ...] = ()
    plan: Plan = field(default_factory=Plan)
    run: Run | None = None
    asking: Asking | None = None
    keeps_answers: bool = False
    keeps_voice: bool = False
    aside: str = ""
    article: str | None = None
    to_read: ToRead | None = None
    balance: Balance = field(default_factory=Balance)
    named: tuple[str, ...] = ()
    brought: Bring | None = None
    disclosed: bool = False
    kept_balance: Balance | None = None
    used: list[str] = field(default_factory=list)
    asked: str = ""
    asks_no_more: bool = False
    spoken: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    tells: bool = False
    responder: ResponderName = "guided"
    fell_back: bool = False
    chooser: Chooser = field(default_factory=lambda: Chooser("", 0, frozenset(), {}))

    @property
    def conversation(self) -> str:
        """Which conversation this is; its seed is drawn once and never changes."""
        return self.state.seed

    @property
    def language(self) -> Language:
        """The language this reply is in."""
        return self.reading.language

    @property
    def reply(self) -> str:
        """The words told so far."""
        return "".join(self.spoken)


class Stage(Protocol):
    """One stage of a turn: a name, a time limit in seconds, and a written answer for failure."""

    name: str
    limit: float

    def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """Do the stage's part; events are told at once."""
        ...

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """What is done instead when `run` failed or took too long. Must not raise."""
        ...

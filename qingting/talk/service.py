"""What happens with a message: opened, answered in the background, closed; or answered unsaved.

The order of things is the promise: stored before anything else can fail, answered whatever fails.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError

from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import at_least
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.talk import balancing, companion, private, reading_back, telling, telling_someone
from qingting.talk.agreeing import GLANCE, Agreed, CannotStore
from qingting.talk.database_thread import in_database_thread
from qingting.talk.ports import CheckIns, Exercises, Feelings, Memories, Questions, Terms, Voices
from qingting.talk.remembering import remembering
from qingting.talk.running import RunningTurn
from qingting.talk.statements import NoSuchConversation
from qingting.talk.turns import (
    Answered,
    Busy,
    Closing,
    Cut,
    OpenTurn,
    answered_turn,
    close_turn,
    open_turn,
    reclaim_turn,
)

log = logging.getLogger(__name__)

# Longest a turn may take altogether, in seconds; below the life of its claim.
_LONGEST: Final = 130.0
# How long a message waits for the one before it in the same conversation, in seconds.
_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came in over a door.

    token: of the device. conversation: None to begin one. person: as the companion needs to know
    them. private: whether one begun with it leaves nothing. check_in: the question on the page that
    one is begun from.
    """

    token: str
    conversation: UUID | None
    message: Message
    person: Person
    policy: Policy
    private: bool = False
    check_in: UUID | None = None


class Talk:
    """The talk feature at work in one process.

    parts: makes the companion's parts for one turn. worker: name of this process among
    claims. exercises: where those done in a talk are kept; None keeps them in the talk alone.
    terms: what each person agreed to; None: nobody agreed to anything. memories: what is remembered
    of each beyond one conversation; None: nothing. check_ins: what may be asked afterwards; None:
    nothing. feelings: where those read in talks are kept; None: nowhere.
    questions: where questionnaires answered in talks are kept; None: nowhere. voices: where the
    voice asked for in one is; None: in that talk alone.
    """

    def __init__(
        self,
        keyring: Keyring,
        parts: Callable[[], Parts],
        clock: Callable[[], datetime],
        exercises: Exercises | None = None,
        terms: Callable[[UUID], Terms] | None = None,
        memories: Memories | None = None,
        check_ins: CheckIns | None = None,
        feelings: Feelings | None = None,
        questions: Questions | None = None,
        voices: Voices | None = None,
    ) -> None:
        self.keyring = keyring
        self.worker = uuid4().hex
        self.clock = clock
        self._kept = (exercises, memories, check_ins, feelings, questions, voices)
        self._agreed = Agreed(terms)
        self._memories = memories
        self.check_ins = check_ins
        self._keeps_answers, self._keeps_voice = questions is not None, voices is not None
        self._parts = parts
        self._running: dict[UUID, RunningTurn] = {}
        # Turns answered here whose reply could not be stored yet (a full disk): it is stored as it
        # was said, at the next message or visit.
        self._unclosed: dict[UUID, tuple[OpenTurn, Closing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def receive(self, arrival: Arrival) -> RunningTurn:
        """Take a message in and have it answered; the returned turn is followed by the caller.

        Never fails because storage failed: then the answer is unsaved and says so. Raises
        NoSuchConversation.
        """
        if (terms := await self._agreed.known(arrival.token)).waits and await self._harmless(
            arrival
        ):
            return telling.kind_words(arrival.conversation, arrival.person, closed=terms.closed)
        ends = asyncio.get_running_loop().time() + _PATIENCE
        try:
            while asyncio.get_running_loop().time() < ends:
                taken = await self._take(arrival)
                if taken is not None:
                    return taken
        except CannotStore as error:
            log.error("a message could not be stored: %s", type(error).__name__)
        return await self._answer_unsaved(arrival)

    async def _take(self, arrival: Arrival) -> RunningTurn | None:
        """One try at taking a message in; None after waiting for what had to come first."""
        try:
            opened = await in_database_thread(self._open, arrival)
        except IntegrityError:
            # Another process took the same message in at the same moment: it is known now.
            opened = await in_database_thread(self._open, arrival)
        if isinstance(opened, OpenTurn):
            return self._start(opened, arrival.person, arrival.policy)
        if isinstance(opened, Answered):
            return telling.replayed(opened)
        running = self._running.get(opened.id)
        if isinstance(opened, Busy) and opened.same_message and running is not None:
            return running
        if running is not None:
            if self._is_danger(arrival):
                # Words of danger never wait for the end of a slower reply.
                running.stop.request()
            await running.finished()
        elif opened.id in self._unclosed:
            await self._close(opened.id)
        elif isinstance(opened, Cut):
            await self.resume(arrival.token, opened.id, arrival.person, arrival.policy)
        else:
            await asyncio.sleep(0.25)
        return None

    async def resume(
        self, token: str, turn: UUID, person: Person, policy: Policy
    ) -> RunningTurn | None:
        """Answer a turn that was cut, to its end; None when somebody else answers it, or when it
        was answered and only had to be stored."""
        if turn in self._unclosed:
            await self._close(turn)
            return None

        def claim() -> OpenTurn | None:
            whose = devices.find_person(token)
            if whose is None:
                return None
            return reclaim_turn(self.keyring, whose, turn, worker=self.worker, now=self.clock())

        opened = await in_database_thread(claim)
        if opened is None:
            return self._running.get(turn)
        return self._start(opened, person, policy)

    async def follow(
        self, token: str, turn: UUID, person: Person, policy: Policy
    ) -> RunningTurn | None:
        """A turn of this device: being answered, cut and answered now, or answered before."""
        whose = await in_database_thread(devices.find_person, token)
        if whose is None:
            return None
        running = self._running.get(turn) or await self.resume(token, turn, person, policy)
        if running is not None:
            return running if whose == running.person else None
        # Between showing the page and asking for the rest, the reply may have been finished.
        before = await in_database_thread(
            answered_turn, self.keyring, whose, turn, now=self.clock()
        )
        return telling.replayed(before) if before is not None else None

    async def answer_unsaved(self, arrival: Arrival) -> RunningTurn:
        """Answer without keeping anything; for a message that may not be stored as this person's
        (an expired form), or cannot."""
        return await self._answer_unsaved(replace(arrival, conversation=None))

    def end(self, person: UUID) -> None:
        """Stop the turns of somebody who is being erased, and forget what was said in them (see
        qingting.privacy.ports.Running). A turn of theirs in another process finds its row gone."""
        for turn, running in list(self._running.items()):
            if running.person == person:
                running.erased = True
                self._unclosed.pop(turn, None)
                if self._loop is not None:
                    self._loop.call_soon_threadsafe(running.stop.request)
        for turn, (opened, _closing) in list(self._unclosed.items()):
            if opened.person == person:
                self._unclosed.pop(turn, None)

    async def end_private(self, token: str | None, which: UUID) -> None:
        """End a private conversation of this device's: what is still being answered in it is
        stopped and stored first, so that no danger is lost, then every word goes. Raises
        NoSuchConversation, StorageError, DatabaseError."""
        whose = await in_database_thread(devices.find_person, token)
        if whose is None:
            raise NoSuchConversation
        for running in list(self._running.values()):
            if running.conversation == which and running.person == whose:
                running.stop.request()
                await running.finished()
        for turn, (opened, _closing) in list(self._unclosed.items()):
            if opened.conversation == which and opened.person == whose:
                await self._close(turn)
        await in_database_thread(lambda: private.end(whose, which, self.keyring.open(whose)))

    def remembered(
        self, person: UUID, seal: PersonSeal, ids: Sequence[str]
    ) -> Mapping[str, tuple[str, str]]:
        """By id, what these remembered things say and in which language; none that is gone."""
        return self._memories.says(person, seal, ids) if self._memories and ids else {}

    async def wind_down(self) -> None:
        """Let the turns being answered finish; for a clean stop of the process."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)

    def _is_danger(self, arrival: Arrival) -> bool:
        text, language = arrival.message.text, arrival.person.language
        risk = self._parts().understand(text, default_language=language).risk
        return at_least(risk.level, "moderate")

    def _open(self, arrival: Arrival) -> OpenTurn | Answered | Busy | Cut:
        now = self.clock()
        person = devices.find_person(arrival.token)
        if person is None:
            if arrival.conversation is not None:
                raise NoSuchConversation
            person = devices.welcome(arrival.token, self.keyring, now)
        return open_turn(
            self.keyring,
            person,
            arrival.conversation,
            arrival.message,
            worker=self.worker,
            now=now,
            private=arrival.private,
            check_ins=self.check_ins,
            check_in=arrival.check_in,
        )

    def _start(self, opened: OpenTurn, person: Person, policy: Policy) -> RunningTurn:
        running = RunningTurn(opened.id, opened.conversation, opened.person)
        self._loop = asyncio.get_running_loop()
        self._running[opened.id] = running
        self._go(self._answer(opened, running, person, policy))
        return running

    def _go(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(
        self, opened: OpenTurn, running: RunningTurn, person: Person, policy: Policy
    ) -> None:
        parts = replace(
            self._parts(),
            allowance=opened.allowance,
            stop=running.stop,
            memory=remembering(self._memories, opened, self.check_ins),
            kept=balancing.kept_of(opened),
            keeps_answers=self._keeps_answers and not opened.private,
            keeps_voice=self._keeps_voice and not opened.private,
        )
        saved, message = False, None
        try:
            person, policy = await self._agreed.on_terms(person, policy, opened.person)
            async with asyncio.timeout(_LONGEST):
                done, pinned = await companion.run(
                    opened.state,
                    opened.message,
                    running,
                    person,
                    policy,
                    self.clock(),
                    opened.episode,
                    parts,
                )
            closing = companion.closing(done, pinned, opened, person, self.clock(), policy)
            if not running.erased:
                self._unclosed[opened.id] = (opened, closing)
                async with telling_someone.after(opened, done.episode, person, running):
                    message = await self._close(opened.id)
                saved = not running.erased
        except (*CannotStore, TimeoutError) as error:
            # The message itself is stored; the turn stays open and is closed on the next visit.
            log.error("a reply could not be stored: %s", type(error).__name__)
            running.tell(telling.unsaved_notice(person))
        finally:
            running.tell(telling.done(saved=saved, running=running, message=message))
            running.end()
            self._running.pop(opened.id, None)

    async def _close(self, turn: UUID) -> UUID | None:
        """Store the reply of a turn answered here; its id, None where there is nothing (more) to
        store."""
        if turn not in self._unclosed:
            return None  # its person was erased meanwhile
        opened, closing = self._unclosed[turn]
        message = await in_database_thread(
            close_turn,
            opened,
            closing,
            self.clock(),
            *self._kept,
        )
        self._unclosed.pop(turn, None)
        return message

    async def _answer_unsaved(self, arrival: Arrival) -> RunningTurn:
        """Answer at once with whatever can still be read, and say that nothing was kept."""
        running = RunningTurn(None, arrival.conversation)
        state, episode = await self._read_only(arrival)
        parts = replace(self._parts(), stop=running.stop)
        person, policy = await self._agreed.on_terms(arrival.person, arrival.policy, arrival.token)

        async def work() -> None:
            try:
                running.tell(telling.unsaved_notice(arrival.person))
                await companion.run(
                    state,
                    arrival.message,
                    running,
                    person,
                    policy,
                    self.clock(),
                    episode,
                    parts,
                )
            finally:
                running.tell(telling.done(saved=False, running=running))
                running.end()

        self._go(work())
        return running

    async def _harmless(self, arrival: Arrival) -> bool:
        """Whether this message may wait for a yes: never one with the least sign of danger, never
        one in a danger that is open."""
        text, language = arrival.message.text, arrival.person.language
        if at_least(self._parts().understand(text, default_language=language).risk.level, "low"):
            return False
        _, episode = await self._read_only(arrival)
        return not episode.is_open

    async def _read_only(self, arrival: Arrival) -> tuple[ConversationState, Episode]:
        """What can be read when nothing can be written: on a read-only or full disk everything,
        without a database nothing."""
        try:
            async with asyncio.timeout(GLANCE):
                return await in_database_thread(
                    reading_back.state_and_episode,
                    self.keyring,
                    arrival.token,
                    arrival.conversation,
                )
        except (*CannotStore, NoSuchConversation):
            return ConversationState(seed=arrival.message.key or uuid4().hex), Episode()


_current: Talk | None = None


def use(talk: Talk) -> None:
    """Set the talk of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one talk; set once at start
    _current = talk


def current() -> Talk:
    """The talk of this process. Raises RuntimeError before the site wired it."""
    if _current is None:
        raise RuntimeError("talk is not wired: qingting.site.wiring.wire() was not called")
    return _current

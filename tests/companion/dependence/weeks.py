"""Weeks of somebody's talks, played through real turns with a clock of the test's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from qingting.companion.dependence.balance import Balance
from qingting.companion.dependence.concern import Concern, concern_of
from qingting.companion.dependence.using import Hours
from qingting.companion.events import Done
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.recall.recollection import Recollection
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from tests.companion.fakes import PEOPLE, answered

# A Monday.
MONDAY = date(2026, 9, 7)


class Remembers:
    """A memory that is not paused, and holds nothing."""

    keeps = True

    async def recall(self, text: str, now: datetime) -> Recollection:
        return Recollection()


class Paused(Remembers):
    """One that is."""

    keeps = False


@dataclass
class KeptHere:
    """What is kept, in a test's own hands."""

    balance: Balance = field(default_factory=Balance)
    names: Sequence[str] = ()
    when: Hours = field(default_factory=dict)
    keeps: bool = True
    asked: int = 0

    async def named(self) -> Sequence[str]:
        self.asked += 1
        return self.names

    async def hours(self, now: datetime, since: date) -> Hours | None:
        return self.when


@dataclass
class Weeks:
    """Somebody over weeks. done: every turn that was had."""

    language: Language
    kept: KeptHere = field(default_factory=KeptHere)
    episode: Episode = field(default_factory=Episode)
    policy: Policy = field(default_factory=Policy)
    memory: Remembers = field(default_factory=Remembers)
    done: list[Done] = field(default_factory=list)
    today: date = MONDAY

    async def say(self, *texts: str, day: int, hour: int = 16) -> list[Done]:
        """A talk of a day, counted from the first Monday, in one conversation."""
        self.today = MONDAY + timedelta(days=day)
        person = PEOPLE[self.language]
        zone = person.local(datetime(2026, 9, 7, tzinfo=UTC)).tzinfo
        state = ConversationState(seed=f"day {day} at {hour}")
        had = []
        for number, text in enumerate(texts):
            now = datetime.combine(self.today, datetime.min.time(), zone)
            now += timedelta(hours=hour, minutes=2 * number)
            _, done = await answered(
                text,
                person=person,
                policy=self.policy,
                state=state,
                episode=self.episode,
                parts=Parts(memory=self.memory, kept=self.kept),
                now=now,
            )
            history = (*state.history, Heard("person", text), Heard("companion", done.reply))
            state, self.episode = replace(done.state, history=history[-12:]), done.episode
            if done.balance is not None:
                self.kept.balance = done.balance
            had.append(done)
        self.done += had
        return had

    def concern(self, later: int = 0) -> Concern:
        """What there is of it now, or days later."""
        return concern_of(self.kept.balance, self.today + timedelta(days=later))

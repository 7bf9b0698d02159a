"""What a conversation tells others; the site puts it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.companion.instruments.instrument import Answers
from qingting.companion.person import AgeBand, Language, Person
from qingting.companion.policy import Policy
from qingting.companion.progress.mood import Felt
from qingting.companion.recall.recollection import Recollection
from qingting.companion.remember.follow_ups import Due
from qingting.companion.remember.item import Found
from qingting.privacy.sealing import PersonSeal


class Exercises(Protocol):
    """Where the exercises that somebody does are kept."""

    def keep(
        self, person: UUID, conversation: UUID, seal: PersonSeal, run: Run, now: datetime
    ) -> UUID:
        """Keep a run done in a conversation as it stands now; the id it is kept under. In the
        transaction of the turn."""
        ...


class Memories(Protocol):
    """What is remembered of each person beyond one conversation."""

    def recall(
        self, person: UUID, seal: PersonSeal, text: str, now: datetime
    ) -> Recollection | None:
        """What comes to mind with a message; None while they want nothing remembered."""
        ...

    def keep(
        self,
        person: UUID,
        seal: PersonSeal,
        turn: UUID,
        found: Sequence[Found],
        now: datetime,
        today: date | None = None,
    ) -> None:
        """Keep what a message told. In the transaction of the turn. today: the person's local day,
        that of `now` by default."""
        ...

    def says(
        self, person: UUID, seal: PersonSeal, ids: Sequence[str]
    ) -> Mapping[str, tuple[str, str]]:
        """By id, what these items say and in which language; none that was forgotten."""
        ...


class Feelings(Protocol):
    """Where the feelings that are read in talks are kept, for the person to look at."""

    def keep(self, person: UUID, seal: PersonSeal, felt: Felt, now: datetime) -> None:
        """Keep what was read, unless they want none of it kept. In the transaction of the turn."""
        ...


class Questions(Protocol):
    """Where the questionnaires that are answered in talks are kept."""

    def keep(self, person: UUID, seal: PersonSeal, answers: Answers, now: datetime) -> None:
        """Keep them as they stand now, in part or whole. In the transaction of the turn."""
        ...


class Voices(Protocol):
    """Where the voice that somebody asks for in a talk is kept, for all talks."""

    def keep(self, person: UUID, seal: PersonSeal, which: str, now: datetime) -> None:
        """Keep it. In the transaction of the turn. which: its id, "plain" for none."""
        ...


class CheckIns(Protocol):
    """What may be asked afterwards: how the interview went."""

    def due(
        self,
        person: UUID,
        seal: PersonSeal,
        now: datetime,
        today: date,
        visit: Callable[[], datetime],
        language: Language | None = None,
    ) -> Due | None:
        """What may be asked now; None for nothing. visit: tells when this visit began. language: in
        which something may be asked that has none of its own; None: nothing of that kind."""
        ...

    def shown(
        self,
        person: UUID,
        seal: PersonSeal,
        due: Due,
        now: datetime,
        today: date,
        written: Callable[[str], str],
    ) -> str:
        """The words of a question on a page; the same as long as it stands there. written: puts
        words into the characters they read."""
        ...

    def answered(
        self, person: UUID, seal: PersonSeal, which: UUID, now: datetime
    ) -> tuple[Due, str] | None:
        """The question they answer by what they write, and its words, noted as asked; None when
        it does not wait or was not shown."""
        ...

    def asked(self, person: UUID, which: UUID, now: datetime) -> bool:
        """Note that it was asked. False when it does not wait (any more)."""
        ...

    def refuse(self, person: UUID) -> None:
        """Ask no more of this kind, ever; until they choose otherwise on their page."""
        ...

    def told(self, person: UUID, seal: PersonSeal, text: str, now: datetime, today: date) -> None:
        """What they tell of by themselves is not asked about any more."""
        ...

    def finished(
        self,
        person: UUID,
        seal: PersonSeal,
        run: Run,
        which: UUID,
        language: Language,
        now: datetime,
        today: date,
    ) -> None:
        """An exercise was done to its end. which: the id its run is kept under."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody talks: whether they agreed to their words going to a hosted model,
    how old they say they are, and whether everyday talk waits for a guardian's yes. closed: it is
    no guardian's yes that is missing, the law of the place closes it to minors. policy: what is
    obeyed for a person, once their age is known; None: what they came with. voice: how they chose
    that we sound."""

    hosted_model: bool = False
    age_band: AgeBand = "unknown"
    waits: bool = False
    closed: bool = False
    policy: Callable[[Person], Policy] | None = None
    voice: str = "plain"

"""Telling somebody: begun by what was said in a talk or by the person themselves, stopped by them,
answered by whoever got the letter. What follows with time is in advance.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import Error as DatabaseError
from django.db import transaction

from qingting.companion.person import Person as Reader
from qingting.companion.policy import Telling as Rule
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.who_is_told import NotTold, SetUp, grave_now, may_tell
from qingting.outbox import service as outbox
from qingting.outbox.models import Kind
from qingting.outbox.service import Outbox
from qingting.people.consent import service as consents
from qingting.people.consent.models import Guardian
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.telling.models import OPEN, State, Telling, Why
from qingting.telling.records import Record, Shown, hashed, new_code, opened, sealed
from qingting.telling.whom import Candidate, candidates

# After one was stopped or came to its end, another begins for something graver only.
QUIET: Final = timedelta(hours=12)
# How long its end stays in sight of the talk.
_SEEN: Final = timedelta(hours=12)
_NONE_LEFT: Final = timedelta(0)


class CannotBegin(StorageError):
    """Somebody would be told now, and nothing can be kept: the person must hear that."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """Telling at work in one process. rule: of the policy in force for somebody. public_url: where
    links in letters lead. episode_of: the stored safety episode of somebody."""

    keyring: Keyring
    clock: Callable[[], datetime]
    rule: Callable[[UUID], Rule]
    public_url: str
    episode_of: Callable[[UUID, PersonSeal], Episode]

    @property
    def outbox(self) -> Outbox:
        """Where letters go."""
        return outbox.current()

    @property
    def possible(self) -> bool:
        """Whether anybody can be told from here at all."""
        return self.outbox.mail is not None

    def set_up(self, person: UUID) -> SetUp:
        """What policy and operator provide for somebody."""
        return SetUp(self.rule(person), mail=self.possible)

    def notice(
        self, person: UUID, seal: PersonSeal, episode: Episode, reader: Reader
    ) -> Shown | None:
        """Begin to tell somebody, where what is known asks for it; what the person is shown, None
        where nothing new begins. Raises CannotBegin where somebody would be told, and StorageError
        or DatabaseError where it cannot be known."""
        now = self.clock()
        if not self.possible or isinstance(grave_now(episode, now), NotTold):
            return None
        found = self.first(person, episode, now)
        if found is None:
            return None
        candidate, evidence, wait = found
        record = Record(evidence, str(episode.level), reader.locale, candidate.name)
        try:
            with transaction.atomic():
                last = _last(person)
                if last is not None and not self._quiet_over(last, record, seal):
                    return self._sooner(last, record, now + wait, seal)
                return self.shown(self.begin(person, seal, candidate, record, wait), seal)
        except (StorageError, DatabaseError) as error:
            raise CannotBegin(type(error).__name__) from None

    def first(
        self, person: UUID, episode: Episode, now: datetime, without: tuple[str, ...] = ()
    ) -> tuple[Candidate, str, timedelta] | None:
        """The first who may be told, on what, and how long that can be stopped."""
        set_up = self.set_up(person)
        for candidate in candidates(person, now):
            decided = may_tell(episode, candidate.facts, set_up, now)
            if not isinstance(decided, NotTold) and candidate.id not in without:
                return candidate, decided.evidence, decided.wait
        return None

    def begin(
        self,
        person: UUID,
        seal: PersonSeal,
        candidate: Candidate,
        record: Record,
        wait: timedelta,
        *,
        row: Telling | None = None,
    ) -> Telling:
        """Write the letter and let the time run. row: one that goes on with another person."""
        now, code = self.clock(), new_code()
        row = row or Telling(id=uuid4(), person_id=person, began_at=now, why="", answer="")
        link = f"{self.public_url.rstrip('/')}/here/{code}/"
        letter = self.outbox.write(
            person,
            seal,
            Kind.TOLD,
            candidate.address,
            candidate.letter(record.reader, link),
            merge=f"{row.pk.hex}.{len(record.tried)}",
            held=True,
        )
        row.state, row.whom, row.letter = State.WAITING, candidate.id, letter
        row.goes_at, row.code_hash, row.answer, row.answer_by = now + wait, hashed(code), "", None
        row.body = sealed(record, seal, row.pk)
        row.save()
        return row

    def ask(self, person: UUID, reader: Reader) -> Shown | None:
        """Tell the one they named, now, because they want it; None where that one has no address.
        Raises StorageError, DatabaseError."""
        seal = self.keyring.open(person)
        named = [one for one in candidates(person, self.clock()) if one.to == "letter"]
        if not self.possible or not named or not named[0].address:
            return None
        with transaction.atomic():
            last = _last(person)
            if last is not None and last.state in OPEN:
                self.hurry(person)
                return self.shown(_last(person) or last, seal)
            record = Record("asked", "high", reader.locale, named[0].name)
            return self.shown(self.begin(person, seal, named[0], record, _NONE_LEFT), seal)

    def stop(self, person: UUID, why: Why) -> bool:
        """Stop the letter that waits; False when it is too late. Raises DatabaseError."""
        with transaction.atomic():
            row = _last(person)
            if row is None or row.state not in (State.WAITING, State.SENDING):
                return False
            if row.letter_id is None or not self.outbox.withdraw(row.letter_id):
                return False
            mine = Telling.objects.filter(pk=row.pk, state__in=(State.WAITING, State.SENDING))
            ended = mine.update(state=State.STOPPED, why=why, ended_at=self.clock())
            if why == Why.NOT_THEM:
                self._never_again(person, row.whom)
            return bool(ended)

    def hurry(self, person: UUID) -> bool:
        """Let the letter that waits go now."""
        waiting = Telling.objects.filter(person_id=person, state=State.WAITING)
        return bool(waiting.update(goes_at=self.clock()))

    def waits_for(self, code: str) -> bool:
        """Whether an answer is still waited for by this code."""
        return Telling.objects.filter(
            code_hash=hashed(code), answer="", state__in=(*OPEN, State.STAFF, State.UNANSWERED)
        ).exists()

    def answered(self, code: str, answer: str) -> bool:
        """Somebody who got a letter answers: there, or cannot. Once; False for a code that is used
        or no code. That somebody is there counts whenever it comes."""
        asked = Telling.objects.filter(code_hash=hashed(code), answer="")
        if answer == "there":
            going = asked.filter(state__in=(*OPEN, State.STAFF, State.UNANSWERED))
            return bool(
                going.update(answer=answer, state=State.THERE, ended_at=self.clock(), said_at=None)
            )
        return bool(asked.filter(state__in=OPEN).update(answer="cannot"))

    def seen(self, person: UUID) -> Shown | None:
        """What stands in sight of the talk: one that goes on, or one that ended lately."""
        row = _last(person)
        if row is None:
            return None
        lately = row.ended_at is not None and self.clock() - row.ended_at < _SEEN
        if row.state not in OPEN and not lately:
            return None
        return self.shown(row, self.keyring.open(person))

    def of(self, person: UUID) -> list[Shown]:
        """All there were, the newest first. Raises StorageError, DatabaseError."""
        rows = list(Telling.objects.filter(person_id=person).select_related("letter"))
        if not rows:
            return []
        seal = self.keyring.open(person)
        rows.sort(key=lambda one: one.began_at, reverse=True)
        return [self.shown(row, seal) for row in rows]

    def bad_end(self, person: UUID, seal: PersonSeal) -> Shown | None:
        """One that could not be sent and of which they were not told in a talk yet; once."""
        failed = Telling.objects.filter(person_id=person, state=State.FAILED, said_at=None)
        row = failed.order_by("-began_at").first()
        if row is None or not failed.filter(pk=row.pk).update(said_at=self.clock()):
            return None
        return self.shown(row, seal)

    def shown(self, row: Telling, seal: PersonSeal) -> Shown:
        """A telling as its person sees it. Raises Unreadable."""
        left = row.goes_at - self.clock() if row.state == State.WAITING else _NONE_LEFT
        return Shown(
            id=row.pk,
            state=State(row.state),
            why=row.why,
            name=opened(row, seal).name,
            letter=self.outbox.words_of(row.letter, seal) if row.letter else None,
            goes_at=row.goes_at,
            left=max(left, _NONE_LEFT),
            ended_at=row.ended_at,
            answer_by=row.answer_by,
        )

    def _quiet_over(self, last: Telling, record: Record, seal: PersonSeal) -> bool:
        """Whether a new one may begin after the last: that one ended long ago, or less grave."""
        if last.state in OPEN:
            return False
        ended = last.ended_at or last.began_at
        return self.clock() - ended >= QUIET or record.rank > opened(last, seal).rank

    def _sooner(
        self, last: Telling, record: Record, goes: datetime, seal: PersonSeal
    ) -> Shown | None:
        """A repeat is taken in by the one that goes on: what became graver lets it go sooner."""
        if last.state != State.WAITING or record.rank <= opened(last, seal).rank:
            return None
        waiting = Telling.objects.filter(pk=last.pk, state=State.WAITING, goes_at__gt=goes)
        if not waiting.update(goes_at=goes):
            return None
        last.goes_at = goes
        return self.shown(last, seal)

    def _never_again(self, person: UUID, whom: str) -> None:
        """Their word is a consent taken back, too."""
        parts = consents.current()
        contact = parts.contact_of(person)
        if contact is not None and contact.id == whom:
            parts.contact_may_be_told(person, yes=False)
        for one in Guardian.objects.filter(person_id=person, withdrawn_at=None):
            if one.pk.hex == whom:
                parts.guardian_may_be_alerted(person, one.pk, yes=False)


def _last(person: UUID) -> Telling | None:
    rows: Any = Telling.objects.filter(person_id=person).select_related("letter")
    found: Telling | None = rows.order_by("-began_at").first()
    return found


_current: Tellings | None = None


def use(tellings: Tellings) -> None:
    """Make it this process's (qingting.site.wiring)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = tellings


def current() -> Tellings:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("telling is not wired")
    return _current

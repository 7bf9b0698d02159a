"""What is next in a telling, decided from its row and the clock alone: the worker asks, does what
it is told, and asks again. It may ask twice, die in between, or forget all it knew: nothing is told
twice and nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from django.db import transaction

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.who_is_told import NotTold, Reason, may_tell
from qingting.outbox.models import State as LetterState
from qingting.privacy.audit import Action, By, record
from qingting.privacy.errors import StorageError
from qingting.privacy.sealing import PersonSeal
from qingting.telling.models import OPEN, State, Telling, Why
from qingting.telling.records import Record, opened, sealed
from qingting.telling.service import Tellings
from qingting.telling.tasks import make_tasks
from qingting.telling.whom import candidates

# How long an answer is waited for before somebody else is asked. Our own judgement: long enough to
# see a letter and to ring somebody, short beside a night.
ANSWER: Final = {"high": timedelta(minutes=20), "imminent": timedelta(minutes=10)}
# The second one asked is shown for a shorter time than the first.
_NEXT_WAIT: Final = timedelta(minutes=3)
# Past this a letter is no help any more (the machine was off, or is a restored copy).
_TOO_LATE: Final = timedelta(hours=12)
# A no taken back, or a wish without its plan, does not stop what was said (safety-protocol.md: one
# denial lowers nothing); the person themselves does, with one tap.
_GOES_ON: Final[frozenset[Reason]] = frozenset({"wish", "guessed"})
_SYSTEM: Final = By("system", "telling")


@dataclass(frozen=True, slots=True)
class Order:
    """What the worker does next. seconds: to wait. letter: to deliver."""

    do: Literal["wait", "deliver", "end"]
    seconds: float = 0
    letter: str = ""


# How often the row is looked at while it waits: it may have to go sooner, or an answer may come.
_WHILE_STOPPABLE: Final = 5.0
_WHILE_ASKED: Final = 10.0
_END: Final = Order("end")
_AGAIN: Final = Order("wait")


def advance(tellings: Tellings, which: UUID) -> Order:
    """Go on with a telling as far as it can go now. Raises StorageError, DatabaseError."""
    with transaction.atomic():
        row = Telling.objects.select_for_update().filter(pk=which, state__in=OPEN).first()
        if row is None:
            return _END  # ended, or erased with its person
        seal = tellings.keyring.open(row.person_id)
        known, now = opened(row, seal), tellings.clock()
        if row.state == State.WAITING:
            return _waiting(tellings, row, known, seal, now)
        if row.state == State.SENDING:
            return _sending(tellings, row, known, seal, now)
        return _told(tellings, row, known, seal, now)


def _waiting(
    tellings: Tellings, row: Telling, known: Record, seal: PersonSeal, now: datetime
) -> Order:
    if now < row.goes_at:
        return _wait(row.goes_at - now, _WHILE_STOPPABLE)
    against = _against(tellings, row, known, seal, now)
    if against is not None:
        return _ruled_out(tellings, row, known, seal, against)
    if row.letter_id is None or not tellings.outbox.release(row.letter_id):
        return _ended(tellings, row, State.STOPPED)
    row.state = State.SENDING
    row.save()
    record(Action.RELEASED_TO_CONTACT, by=_SYSTEM, subject=row.person_id, object_ref=row.pk.hex)
    return Order("deliver", letter=row.letter_id.hex)


def _against(
    tellings: Tellings, row: Telling, known: Record, seal: PersonSeal, now: datetime
) -> str | None:
    """Why the letter must not go after all; None when it goes. What was said while it waited
    counts: whoever turns out to hurt them is not told."""
    if now - row.goes_at > _TOO_LATE:
        return "too_late"
    found = [one for one in candidates(row.person_id, now) if one.id == row.whom]
    if not found or not tellings.possible:
        return "gone"
    if known.evidence == "asked":
        return None
    episode = tellings.episode_of(row.person_id, seal)
    decided = may_tell(episode, found[0].facts, tellings.set_up(row.person_id), now)
    if not isinstance(decided, NotTold) or decided.reason in _GOES_ON:
        return None
    return decided.reason


# What rules out this one, and nobody else.
_OF_THIS_ONE: Final = frozenset(
    {"no_address", "no_consent", "never_tell", "hurts_them", "cannot_rule_out", "gone"}
)


def _ruled_out(
    tellings: Tellings, row: Telling, known: Record, seal: PersonSeal, against: str
) -> Order:
    if row.letter_id is not None:
        tellings.outbox.withdraw(row.letter_id)
    if against in _OF_THIS_ONE and _another(tellings, row, known, seal):
        return _AGAIN
    row.why = Why.RULED_OUT
    return _ended(tellings, row, State.STOPPED)


def _sending(
    tellings: Tellings, row: Telling, known: Record, seal: PersonSeal, now: datetime
) -> Order:
    letter = row.letter
    if letter is None or letter.state == LetterState.WITHDRAWN:
        return _ended(tellings, row, State.STOPPED)
    if letter.state == LetterState.SENT:
        row.state, row.answer_by = State.TOLD, now + ANSWER[known.level]
        row.body = sealed(replace(known, went=True), seal, row.pk)
        row.save()
        return _AGAIN
    if letter.state == LetterState.FAILED:
        return _on(tellings, row, known, seal)
    return Order("deliver", letter=letter.pk.hex)


def _told(
    tellings: Tellings, row: Telling, known: Record, seal: PersonSeal, now: datetime
) -> Order:
    if row.answer != "cannot" and row.answer_by is not None and now < row.answer_by:
        return _wait(row.answer_by - now, _WHILE_ASKED)
    return _on(tellings, row, known, seal)


def _on(tellings: Tellings, row: Telling, known: Record, seal: PersonSeal) -> Order:
    """To somebody else, to staff, or to an honest end."""
    if _another(tellings, row, known, seal):
        return _AGAIN
    episode, rule = tellings.episode_of(row.person_id, seal), tellings.rule(row.person_id)
    if make_tasks(row, episode, rule, tellings.clock()):
        return _ended(tellings, row, State.STAFF)
    return _ended(tellings, row, State.UNANSWERED if known.went else State.FAILED)


def _another(tellings: Tellings, row: Telling, known: Record, seal: PersonSeal) -> bool:
    """Show the letter to the next one, where there is one who may be told."""
    if known.evidence == "asked":
        return False
    episode: Episode = tellings.episode_of(row.person_id, seal)
    tried = (*known.tried, row.whom)
    try:
        found = tellings.first(row.person_id, episode, tellings.clock(), without=tried)
    except StorageError:
        return False
    if found is None:
        return False
    candidate, _, wait = found
    after = known.next_to(candidate.name, row.whom)
    tellings.begin(row.person_id, seal, candidate, after, min(wait, _NEXT_WAIT), row=row)
    return True


def _wait(left: timedelta, most: float) -> Order:
    return Order("wait", min(max(left.total_seconds(), 0.1), most))


def _ended(tellings: Tellings, row: Telling, state: State) -> Order:
    row.state, row.ended_at = state, tellings.clock()
    row.save()
    return _END

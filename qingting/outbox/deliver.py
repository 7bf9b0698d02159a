"""One try at sending one letter, as the worker makes it; and when the next one is.

A letter is marked as being sent before it is handed over. Where the process died in between nobody
knows whether the server took it: a letter that tells of danger is sent once more (with the same
Message-ID, so that mailboxes which look can tell), a reminder is not.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final, Literal
from uuid import UUID

from qingting.outbox.mail import NotNow, Refused, hand_over
from qingting.outbox.models import Kind, Letter, State
from qingting.outbox.service import Outbox
from qingting.privacy.errors import StorageError

log = logging.getLogger(__name__)

# What became of a try. later: there is another one. over: there is nothing (more) to send.
Outcome = Literal["sent", "later", "failed", "over"]

# Seconds between the tries. Somebody in danger: six tries within a quarter of an hour, because a
# letter that comes the next day helps nobody and whoever waits must be told. A reminder: four
# within three hours.
BETWEEN: Final[Mapping[str, tuple[int, ...]]] = {
    Kind.TOLD: (15, 45, 120, 240, 420),
    Kind.REMINDER: (300, 1800, 7200),
}


def attempt(outbox: Outbox, which: UUID) -> Outcome:
    """Try once. There is one worker (qingting.cli.worker holds a lock), so a letter that is found
    as being sent was left by one that died. Raises DatabaseError when it cannot be known how the
    letter stands."""
    letter = Letter.objects.filter(id=which).first()
    if letter is None:
        return "over"  # erased with its person
    if letter.state == State.SENDING:
        return _after_a_death(outbox, letter)
    if letter.state != State.QUEUED:
        return "sent" if letter.state == State.SENT else "over"
    now = outbox.clock()
    mine = Letter.objects.filter(id=which, state=State.QUEUED, tries=letter.tries)
    if not mine.update(state=State.SENDING, tries=letter.tries + 1, not_before=now):
        return "over"  # stopped, or taken by another, a moment ago
    letter.tries += 1
    return _send(outbox, letter)


def wait_after(which: UUID) -> float:
    """Seconds until the next try of a letter."""
    letter = Letter.objects.filter(id=which).values_list("kind", "tries").first()
    if letter is None:
        return 0
    between = BETWEEN[letter[0]]
    return between[min(max(letter[1] - 1, 0), len(between) - 1)]


def _send(outbox: Outbox, letter: Letter) -> Outcome:
    if outbox.mail is None:
        return _end(outbox, letter, State.FAILED, "failed")
    try:
        hand_over(outbox.mail, outbox.written(letter))
    except NotNow as error:
        log.error("a letter could not be sent: %s", error)
        if letter.tries > len(BETWEEN[letter.kind]):
            return _end(outbox, letter, State.FAILED, "failed")
        Letter.objects.filter(id=letter.pk, state=State.SENDING).update(state=State.QUEUED)
        return "later"
    except (Refused, StorageError) as error:
        log.error("a letter will never be sent: %s", type(error).__name__)
        return _end(outbox, letter, State.FAILED, "failed")
    return _end(outbox, letter, State.SENT, "sent")


def _after_a_death(outbox: Outbox, letter: Letter) -> Outcome:
    log.error("a letter was being sent when the worker died; kind: %s", letter.kind)
    if letter.kind != Kind.TOLD:
        # It may have gone, and a reminder is not worth two.
        return _end(outbox, letter, State.SENT, "sent")
    found = Letter.objects.filter(id=letter.pk, state=State.SENDING, tries=letter.tries)
    if letter.tries > len(BETWEEN[letter.kind]):
        return _end(outbox, letter, State.FAILED, "failed")
    if not found.update(tries=letter.tries + 1, not_before=outbox.clock()):
        return "over"
    letter.tries += 1
    return _send(outbox, letter)


def _end(outbox: Outbox, letter: Letter, state: State, outcome: Outcome) -> Outcome:
    Letter.objects.filter(id=letter.pk, state=State.SENDING).update(
        state=state, ended_at=outbox.clock()
    )
    return outcome

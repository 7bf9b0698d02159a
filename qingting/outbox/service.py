"""Letters as others write, hold, release and stop them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from qingting.companion.protect.told_words import Letter as Words
from qingting.outbox.mail import Written
from qingting.outbox.models import Kind, Letter, State
from qingting.outbox.server import Mail
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place

log = logging.getLogger(__name__)

TABLE: Final = "outbox_letter"
# What can still be stopped.
_WAITS: Final = (State.HELD, State.QUEUED)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox of one process. mail: the operator's server; None where none is set up."""

    keyring: Keyring
    clock: Callable[[], datetime]
    mail: Mail | None

    def write(
        self,
        person: UUID,
        seal: PersonSeal,
        kind: Kind,
        to: str,
        words: Words,
        *,
        merge: str,
        held: bool = False,
        not_before: datetime | None = None,
    ) -> Letter:
        """Write a letter, or find the one that was written under the same word. held: it does not
        go before `release`. In the caller's transaction."""
        known = Letter.objects.filter(person_id=person, merge=merge).first()
        if known is not None:
            return known
        now, row = self.clock(), uuid4()
        body = {"to": to, "subject": words.subject, "lines": list(words.lines)}
        return Letter.objects.create(
            id=row,
            person_id=person,
            kind=kind,
            state=State.HELD if held else State.QUEUED,
            merge=merge,
            made_at=now,
            not_before=not_before or now,
            body=seal.seal_json(body, Place(TABLE, "body", row)),
        )

    def release(self, which: UUID) -> bool:
        """Let a held letter go. False when it was stopped or released before."""
        held = Letter.objects.filter(id=which, state=State.HELD)
        return bool(held.update(state=State.QUEUED, not_before=self.clock()))

    def withdraw(self, which: UUID) -> bool:
        """Stop a letter that has not gone. False when it is too late."""
        waiting = Letter.objects.filter(id=which, state__in=_WAITS)
        return bool(waiting.update(state=State.WITHDRAWN, ended_at=self.clock()))

    def words_of(self, letter: Letter, seal: PersonSeal) -> Words:
        """A letter, word for word. Raises Unreadable."""
        body = seal.open_json(letter.body, Place(TABLE, "body", letter.pk))
        return Words(body["subject"], tuple(body["lines"]))

    def written(self, letter: Letter) -> Written:
        """A letter as it is handed over. Raises KeyMissing, Unreadable."""
        seal = self.keyring.open(letter.person_id)
        body = seal.open_json(letter.body, Place(TABLE, "body", letter.pk))
        words = Words(body["subject"], tuple(body["lines"]))
        return Written(letter.pk, body["to"], words.subject, words.text)


_current: Outbox | None = None


def use(outbox: Outbox) -> None:
    """Make it this process's (qingting.site.wiring)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = outbox


def current() -> Outbox:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("the outbox is not wired")
    return _current

"""The voice somebody chose: on their page or in a talk, kept sealed, one a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from qingting.companion.voice.words import PLAIN, known
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.voices.models import VoiceChoice

TABLE: Final = "voices_voicechoice"


class Voices:
    """Every person's voice. Needs no actor: it is called with the person whose device or turn it
    is, and nobody else reads it."""

    def __init__(self, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        self.keyring = keyring
        self.clock = clock

    def chosen(self, person: UUID) -> str:
        """The id of their voice; "plain" where none was chosen, or one that is gone. Raises
        KeyMissing, Unreadable."""
        row = VoiceChoice.objects.filter(person_id=person).first()
        if row is None:
            return PLAIN
        return voice_in(row, self.keyring.open(person))

    def choose(self, person: UUID, which: str) -> bool:
        """Keep a choice made on their page; False for a voice that there is not. Raises
        KeyMissing."""
        if not known(which):
            return False
        self.keep(person, self.keyring.open(person), which, self.clock())
        return True

    def keep(self, person: UUID, seal: PersonSeal, which: str, now: datetime) -> None:
        """Keep a choice told in a talk (qingting.talk.ports.Voices). In the transaction of the
        turn."""
        if which == PLAIN:
            VoiceChoice.objects.filter(person_id=person).delete()
            return
        body = {"voice": which, "at": now.isoformat()}
        VoiceChoice.objects.update_or_create(
            person_id=person,
            defaults={
                "body": seal.seal_json(body, Place(TABLE, "body", person)),
                "updated_at": now,
            },
        )


def voice_in(row: VoiceChoice, seal: PersonSeal) -> str:
    """The voice of a row; the plain one where that voice is gone. Raises Unreadable."""
    which = str(seal.open_json(row.body, Place(TABLE, "body", row.person_id))["voice"])
    return which if known(which) else PLAIN


def merged(theirs: Any, mine: Any | None) -> Any:
    """Of two choices that become one person's, the later one."""
    return theirs if mine is None else max(theirs, mine, key=_moment)


def _moment(choice: Any) -> datetime:
    return datetime.fromisoformat(choice["at"])


_current: Voices | None = None


def use(voices: Voices) -> None:
    """Set the voices of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one of it; set once at start
    _current = voices


def current() -> Voices:
    """The voices of this process. Raises RuntimeError before the site wired them."""
    if _current is None:
        raise RuntimeError("voices are not wired: qingting.site.wiring.wire() was not called")
    return _current

"""Somebody who is remembered, by the services a turn uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection

from qingting.companion.message import Message
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState, Thread
from qingting.memory.service import Memories
from qingting.people import devices
from qingting.privacy.declarations import SealedField
from qingting.privacy.errors import Unreadable
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.site.talks import StoredTalks
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn

BEGAN = datetime(2026, 11, 18, 23, 40, tzinfo=UTC)


@dataclass(slots=True)
class Remembered:
    """A person, their keys and their memory; `minutes` go by with every message."""

    person: UUID
    keyring: Keyring
    memories: Memories
    token: str
    minutes: int = 0

    @property
    def seal(self) -> PersonSeal:
        return self.keyring.open(self.person)

    @property
    def now(self) -> datetime:
        return BEGAN + timedelta(minutes=self.minutes)

    def say(
        self,
        text: str,
        *found: Found,
        talk: UUID | None = None,
        reply: str = "嗯，我在听。",
        used: Sequence[str] = (),
        private: bool = False,
    ) -> OpenTurn:
        """A whole turn, stored as a talk stores it."""
        self.minutes += 1
        opened = open_turn(
            self.keyring,
            self.person,
            talk,
            Message(text, uuid4().hex),
            worker="test",
            now=self.now,
            private=private,
        )
        assert isinstance(opened, OpenTurn)
        about: dict[str, Any] = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
        if used:
            about["used"] = list(used)
        state = ConversationState(
            seed=opened.conversation.hex, turns=1, first=text, threads=(Thread(text, None, 0),)
        )
        closing = Closing(reply, about, state, opened.episode, found=found)
        close_turn(opened, closing, self.now, None, self.memories)
        return opened

    def recalls(self, text: str) -> list[str]:
        """The notes that come to mind with a text."""
        found = self.memories.recall(self.person, self.seal, text, self.now)
        return [] if found is None else [item.says for item in found.items]


def somebody() -> Remembered:
    """Somebody new."""
    keyring, token = Keyring(b"k" * 32), uuid4().hex
    person = devices.welcome(token, keyring, BEGAN)
    memories = Memories(keyring, StoredTalks(), lambda: BEGAN + timedelta(hours=1))
    return Remembered(person, keyring, memories, token)


def found(text: str, words: str, **more: Any) -> Found:
    """A find in a message: the words it rests on, and what it says."""
    start = text.index(words)
    settled = {"kind": "person", "about": words, "says": words, "language": "zh", **more}
    return Found(quote=words, start=start, end=start + len(words), **settled)


def everything_sealed(person: UUID, seal: PersonSeal) -> Iterator[tuple[str, str]]:
    """Every sealed value in the database that opens under a person's key: its column, its text."""
    for model in apps.get_models():
        table = model._meta.db_table
        sealed = [f.column for f in model._meta.fields if isinstance(f, SealedField)]
        if not sealed:
            continue
        key = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{key}", {", ".join(sealed)} FROM {table}')
            for row in cursor.fetchall():
                for column, value in zip(sealed, row[1:], strict=True):
                    if value is None:
                        continue
                    try:
                        which = row[0] if isinstance(row[0], UUID) else UUID(str(row[0]))
                        opened = seal.open_bytes(value, Place(table, column, which))
                    except (Unreadable, ValueError):
                        continue
                    yield f"{table}.{column}", opened.decode("utf-8", "replace")

"""An installation seen from outside: its server, and what its databases really hold."""

from __future__ import annotations

import base64
import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from qingting.privacy.sealing import KeyWrap, PersonSeal, Place
from tests.servers.qingting import Server

ON_POSTGRES = os.environ.get("QINGTING_TEST_DATABASE") == "postgres"


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored message, opened with its person's key."""

    person: UUID
    conversation: UUID
    seq: int
    speaker: str
    text: str


@dataclass(slots=True)
class Installation:
    """A data folder and, on PostgreSQL, the databases that belong to it. first: its first server
    makes the folder itself, as on a new machine."""

    data_dir: Path
    databases: Mapping[str, str] = field(default_factory=dict)
    first: bool = False

    def server(self, **environment: str) -> Server:
        """`qingting serve` on this installation, not started yet."""
        return Server(self.data_dir, {**self.databases, **environment}, first=self.first)

    def main(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement (with %s for values) on the main database."""
        return self._run("QINGTING_DATABASE_URL", "qingting.sqlite3", statement, values)

    def keys(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement on the key database."""
        return self._run("QINGTING_KEYS_DATABASE_URL", "keys/keys.sqlite3", statement, values)

    def count(self, table: str, where: str = "1 = 1", *values: object) -> int:
        """How many rows of a table of the main database fit."""
        return int(self.main(f"SELECT count(*) FROM {table} WHERE {where}", *values)[0][0])

    def kept(self) -> list[Kept]:
        """Every stored message, in the order of its conversation."""
        seals = self._seals()
        rows = self.main(
            "SELECT m.id, c.person_id, c.id, m.seq, m.speaker, m.body FROM talk_message m "
            "JOIN talk_conversation c ON c.id = m.conversation_id ORDER BY c.created_at, m.seq"
        )
        return [
            Kept(
                as_uuid(person),
                as_uuid(conversation),
                seq,
                speaker,
                seals[as_uuid(person)].open(
                    bytes(body), Place("talk_message", "body", as_uuid(message))
                ),
            )
            for message, person, conversation, seq, speaker, body in rows
        ]

    def let_claims_pass(self) -> None:
        """What 150 seconds do: whoever claimed a turn and died has lost it."""
        self.main("UPDATE talk_turn SET claimed_until = created_at WHERE status = 'open'")

    def _seals(self) -> dict[UUID, PersonSeal]:
        text = (self.data_dir / "secrets" / "master.key").read_text()
        wrap = KeyWrap(base64.b64decode(text))
        rows = self.keys("SELECT person_id, wrapped FROM privacy_personkey")
        return {
            as_uuid(person): PersonSeal(wrap.unwrap(bytes(wrapped), as_uuid(person)))
            for person, wrapped in rows
        }

    def _run(
        self, name: str, file: str, statement: str, values: Iterable[object]
    ) -> list[tuple[Any, ...]]:
        address = self.databases.get(name)
        if address:
            with psycopg.connect(address, autocommit=True) as postgres:
                cursor = postgres.execute(statement, list(values))
                return cursor.fetchall() if cursor.description else []
        statement = statement.replace("%s", "?")
        adapted = [one.hex if isinstance(one, UUID) else one for one in values]
        with contextlib.closing(
            sqlite3.connect(self.data_dir / file, isolation_level=None, timeout=10)
        ) as sqlite:
            return sqlite.execute(statement, adapted).fetchall()


def as_uuid(value: Any) -> UUID:
    """An id as either database gives it."""
    return value if isinstance(value, UUID) else UUID(value)


def new_databases() -> dict[str, str]:
    """Addresses of two empty PostgreSQL databases, or nothing where the tests run on SQLite."""
    if not ON_POSTGRES:
        return {}
    known = os.environ["QINGTING_DATABASE_URL"]
    made = {}
    with psycopg.connect(known, autocommit=True) as connection:
        for name in ("QINGTING_DATABASE_URL", "QINGTING_KEYS_DATABASE_URL"):
            database = f"shared_{uuid.uuid4().hex[:12]}"
            connection.execute(f"CREATE DATABASE {database}")
            made[name] = known.replace("/qingting?", f"/{database}?")
    return made

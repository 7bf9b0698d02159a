"""Where a restore puts databases together before they take their place, and what it can ask a
database without Django, which works on the staged ones meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote
from uuid import UUID

import psycopg

from qingting.privacy import backup_sqlite
from qingting.site.config import Config
from qingting.site.secrets_on_disk import file_of

_STAGED: Final = ".restoring"
_ERASED: Final = "SELECT person_id FROM privacy_erasedperson"


def staged(database: Path) -> Path:
    """Where a database is put together before it takes its place."""
    return database.with_name(database.name + _STAGED)


def staged_address(address: str) -> str:
    """The address Django is to use during a restore: of the staged file, or of PostgreSQL."""
    if not address.startswith("sqlite"):
        return address
    return f"sqlite:///{quote(str(staged(file_of(address))))}"


def remove_staged(config: Config) -> None:
    """Remove what a restore that was killed left behind. Nobody may be restoring."""
    for address in (config.main_database, config.keys_database):
        if address.startswith("sqlite"):
            backup_sqlite.remove(staged(file_of(address)))


def erased_in(address: str) -> set[UUID]:
    """Who is noted as erased in a key database. Raises sqlite3.Error or psycopg.Error where it
    cannot be read; one that is not there, or never noted anybody, has nobody."""
    if address.startswith("sqlite"):
        file = file_of(address)
        if not file.exists():
            return set()
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True)) as sqlite:
            tables = sqlite.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if ("privacy_erasedperson",) not in tables.fetchall():
                return set()
            return {UUID(str(row[0])) for row in sqlite.execute(_ERASED)}
    try:
        with psycopg.connect(address, connect_timeout=3) as postgres:
            return {row[0] for row in postgres.execute(_ERASED)}
    except psycopg.errors.UndefinedTable:
        return set()

"""An SQLite database copied while others write to it, and a copy checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from qingting.privacy.backup_file import NotABackup

_PIECE: Final = 256 * 1024


def snapshot(database: Path, copy: Path) -> None:
    """Copy a database as it is at one moment; others go on writing meanwhile, and nothing deleted
    comes along. copy: does not exist yet; only its owner may read it. Raises sqlite3.Error."""
    _made(copy)
    with closing(sqlite3.connect(_uri(database, "rw"), uri=True, timeout=10)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])


def pieces(path: Path) -> Iterator[bytes]:
    """A file a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def write(path: Path, content: Iterable[bytes]) -> None:
    """Write a file that only its owner may read, to the disk and not only on the way to it."""
    _made(path)
    with path.open("wb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def check(path: Path) -> None:
    """Raises NotABackup where a file is no whole SQLite database."""
    try:
        with closing(sqlite3.connect(_uri(path, "ro"), uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error:
        raise NotABackup("the database in it is damaged") from None
    if not whole or lost is not None:
        raise NotABackup("the database in it is damaged")


def settle(path: Path) -> None:
    """Carry a database's log of changes over into it, so that the one file is all of it. Nobody
    else may have it open."""
    with closing(sqlite3.connect(_uri(path, "rw"), uri=True, timeout=10)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


def take_place(new: Path, path: Path) -> None:
    """Put a settled database in the place of another, in one step. The log of changes of the other
    is carried over into it and goes first: it would be carried over into the new one."""
    if path.exists():
        with suppress(sqlite3.Error):  # damaged, which may be why it is replaced
            settle(path)
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    new.replace(path)


def remove(path: Path) -> None:
    """Remove a database with what lies beside it, if it is there."""
    for ending in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _made(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"

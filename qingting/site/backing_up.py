"""Making backups and checking them: the main database in one file, the key database in another, in
a folder of its own, because its copies must not grow old."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from qingting.privacy import audit, backup_file, backup_keys, backup_postgres, backup_sqlite
from qingting.privacy.audit import Action, By
from qingting.privacy.backup_file import Header, How, NotABackup
from qingting.privacy.backup_keys import KeysInside
from qingting.privacy.key_provider import KeyProvider
from qingting.site.config import Config
from qingting.site.secrets_on_disk import file_of

# Erasing somebody destroys their key; a copy of the key database may outlive that by so long.
KEYS_KEPT: Final = timedelta(days=30)
_ENDING: Final = ".backup"
_WORK: Final = "backup-work-"


@dataclass(frozen=True, slots=True)
class Made:
    """The two files of a backup, and the old key backups that were removed."""

    main: Path
    keys: Path
    removed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that opens and is whole. inside: what stands before the copy of a main database:
    its signing key, and the migrations it had. keys: what a key backup holds."""

    header: Header
    inside: dict[str, Any]
    keys: KeysInside | None = None


def make(config: Config, provider: KeyProvider, out: Path, keys_dir: Path, now: datetime) -> Made:
    """Copy both databases while people go on writing, check the copies, and let them stand.

    The key database is copied last: whoever is in the main copy has a key in it. Raises
    StorageError, DatabaseError or OSError; then nothing is left behind.
    """
    stamp = now.strftime("%Y%m%dT%H%M%S%fZ")
    main = out / "main" / f"qingting-main-{stamp}{_ENDING}"
    keys = keys_dir / f"qingting-keys-{stamp}{_ENDING}"
    drafts = [one.with_name(one.name + ".partial") for one in (main, keys)]
    for one in drafts:
        one.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with work_folder(config) as work:
            content = chain([_inside(config)], _main_database(config, work))
            how: How = "sqlite" if config.uses_sqlite else "postgresql"
            with _draft(drafts[0]) as file:
                backup_file.write(file, provider, "main", how, now, content)
            with _draft(drafts[1]) as file:
                backup_file.write(file, provider, "keys", "rows", now, backup_keys.rows())
            for one in drafts:
                check(one, provider, work)
        with transaction.atomic():
            audit.record(Action.BACKUP_MADE, by=By("command", "backup"), now=now)
        for draft, done in zip(drafts, (main, keys), strict=True):
            draft.replace(done)
    finally:
        for one in drafts:
            one.unlink(missing_ok=True)
    return Made(main, keys, tuple(remove_old_keys(keys_dir, now)))


def check(path: Path, provider: KeyProvider, work: Path) -> Checked:
    """Open a backup to its end and see that what is inside is whole. Raises NotABackup, KeyMissing,
    Unreadable, ToolsMissing or OSError."""
    with path.open("rb") as file:
        header, content = backup_file.read(file, provider)
        if header.what == "keys":
            found = backup_keys.look_through(content, provider)
            if found.unreadable:
                raise NotABackup(f"{found.unreadable} keys in it do not open with this key")
            return Checked(header, {}, found)
        inside, rest = first_line(content)
        if header.how == "sqlite":
            copy = work / f"check-{header.id.hex}.sqlite3"
            try:
                backup_sqlite.write(copy, rest)
                backup_sqlite.check(copy)
            finally:
                backup_sqlite.remove(copy)
        else:
            backup_postgres.check(rest)
            for _ in rest:  # whatever the tool did not care to read
                pass
        return Checked(header, inside)


def first_line(content: Iterator[bytes]) -> tuple[dict[str, Any], Iterator[bytes]]:
    """What stands before the copy of a main database, and the copy. Raises NotABackup."""
    start = b""
    for piece in content:
        start += piece
        if b"\n" in start:
            line, rest = start.split(b"\n", 1)
            try:
                return dict(json.loads(line)), chain([rest], content)
            except (ValueError, TypeError):
                break
    raise NotABackup("what stands before the database in it is damaged")


def remove_old_keys(keys_dir: Path, now: datetime) -> Iterable[Path]:
    """Remove the key backups of a folder that are older than KEYS_KEPT, and nothing else."""
    removed = []
    for path, header in key_backups(keys_dir):
        if now - header.made_at > KEYS_KEPT:
            path.unlink()
            removed.append(path)
    return removed


def key_backups(folder: Path) -> list[tuple[Path, Header]]:
    """The key backups in a folder, the newest first."""
    found = []
    for path in folder.glob(f"*{_ENDING}"):
        try:
            with path.open("rb") as file:
                header = backup_file.read_header(file)
        except (NotABackup, OSError):
            continue
        if header.what == "keys":
            found.append((path, header))
    return sorted(found, key=lambda one: one[1].made_at, reverse=True)


@contextmanager
def work_folder(config: Config) -> Iterator[Path]:
    """A folder beside the data for copies under way; what a killed run left is removed first."""
    inside = config.data_dir if config.data_dir.is_dir() else None
    for left in inside.glob(f"{_WORK}*") if inside else ():
        if not _is_running(left.name.removeprefix(_WORK).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_WORK}{os.getpid()}-", dir=inside) as work:
        yield Path(work)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _inside(config: Config) -> bytes:
    signing = None
    if not config.secret_key and config.secret_key_file.exists():
        signing = config.secret_key_file.read_text(encoding="ascii").strip()
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return json.dumps({"signing_key": signing, "migrations": applied}).encode() + b"\n"


def _main_database(config: Config, work: Path) -> Iterator[bytes]:
    if not config.uses_sqlite:
        yield from backup_postgres.dump(config.main_database)
        return
    copy = work / "main.sqlite3"
    backup_sqlite.snapshot(file_of(config.main_database), copy)
    yield from backup_sqlite.pieces(copy)
    backup_sqlite.remove(copy)


@contextmanager
def _draft(path: Path) -> Iterator[Any]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())

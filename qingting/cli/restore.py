"""qingting restore; docs/backup.md. Never prints a key or what anybody wrote."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path
from typing import Final
from uuid import UUID

import click
import psycopg

from qingting.cli.alone import alone
from qingting.cli.backup import Refused, ready, told
from qingting.privacy import backup_postgres
from qingting.privacy.key_provider import KeyProvider
from qingting.site.config import Config, read_config
from qingting.site.secrets_on_disk import file_of
from qingting.site.staging import erased_in, staged_address

_URLS: Final = ("QINGTING_DATABASE_URL", "QINGTING_KEYS_DATABASE_URL")


def restore(
    backup: Path, keys: Path | None, into: Path | None, *, replace: bool, accept_missing: bool
) -> int:
    """Bring a backup back; returns the exit status."""
    return told(lambda: _restore(backup, keys, into, replace, accept_missing))


def _restore(
    backup: Path, keys: Path | None, into: Path | None, replace: bool, accept_missing: bool
) -> None:
    here = read_config()
    if into is not None:
        _move_into(into, here)
    config = read_config()
    for folder in (config.data_dir, config.data_dir / "secrets", config.data_dir / "keys"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = alone(config) if config.uses_sqlite else None
    try:
        _refuse_in_use(config, replace=replace)
        erased = _erased({config.keys_database, here.keys_database})
        provider = _ready_to_restore(config)
        from qingting.site.restoring import Restore

        done = Restore(config, provider, backup, keys, erased).run(accept_missing=accept_missing)
    finally:
        if held is not None:
            os.close(held)
    click.echo(f"restored into {config.data_dir}: {done.people} people")
    if done.erased_again:
        click.echo(f"{done.erased_again} of the backup had been erased since, and were again")
    if done.without_key:
        click.echo(f"{done.without_key} have no key here: what they wrote does not open")
    if into is not None and config.master_key_file == here.master_key_file:
        click.echo(f"next: its key is still at {here.master_key_file}: keep a copy for this one")
    click.echo("next: qingting doctor, then qingting serve")


def _move_into(into: Path, here: Config) -> None:
    """Let another data folder be this process's installation, with the key of the one that is."""
    if not (here.uses_sqlite and here.keys_database.startswith("sqlite")):
        raise Refused("--into is for SQLite; with PostgreSQL, name the databases in the settings")
    for name in _URLS:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ["QINGTING_DATA_DIR"] = str(into)
    there = read_config()
    if not there.master_key_file.exists():
        os.environ["QINGTING_MASTER_KEY_PATH"] = str(here.master_key_file)


def _refuse_in_use(config: Config, *, replace: bool) -> None:
    for address in (config.main_database, config.keys_database):
        if address.startswith("sqlite"):
            filled = file_of(address).exists()
        else:
            if backup_postgres.others(address):
                raise Refused(
                    "somebody is connected to the PostgreSQL database: stop every qingting serve "
                    "(and whatever else uses it) first"
                )
            filled = backup_postgres.has_tables(address)
        if filled and not replace:
            raise Refused(
                "there is an installation already. Make a backup of it, then add --replace; or "
                "restore --into another folder"
            )


def _erased(addresses: set[str]) -> set[UUID]:
    """Who is noted as erased in the key databases that are there."""
    found: set[UUID] = set()
    for address in addresses:
        try:
            found |= erased_in(address)
        except (sqlite3.Error, psycopg.Error) as error:
            click.echo(
                f"note: the key database that is there cannot be read ({type(error).__name__}); "
                "who was erased is known from the key backups alone",
                err=True,
            )
    return found


def _ready_to_restore(config: Config) -> KeyProvider:
    """Django on the databases that are being put together."""
    for name, address in zip(_URLS, (config.main_database, config.keys_database), strict=True):
        os.environ.pop(f"{name}_FILE", None)
        os.environ[name] = staged_address(address)
    if not config.secret_key:
        # Nothing is signed here; Django wants one all the same.
        os.environ["QINGTING_SECRET_KEY"] = secrets.token_hex()
    return ready(read_config())

"""qingting backup; docs/backup.md. Never prints a key or what anybody wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg

from qingting.cli.alone import AlreadyServing
from qingting.privacy.errors import StorageError
from qingting.privacy.key_provider import KeyProvider
from qingting.site.config import Config, ConfigError, read_config


class Refused(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def make(out: Path, keys_dir: Path | None) -> int:
    """Make a backup; returns the exit status."""
    return told(lambda: _make(out, keys_dir))


def verify(file: Path) -> int:
    """Open one backup to its end; returns the exit status."""
    return told(lambda: _verify(file))


def told(work: Callable[[], None]) -> int:
    """Do something, or say in one line why it cannot be done; the exit status."""
    from django.db import Error as DatabaseError

    try:
        work()
    except (ConfigError, AlreadyServing, Refused, StorageError) as error:
        click.echo(f"qingting: {error}", err=True)
        return 2
    except (DatabaseError, sqlite3.Error, psycopg.Error) as error:
        # Not the message: it may repeat values, or an address with its password.
        click.echo(
            f"qingting: a database cannot be used ({type(error).__name__}). `qingting doctor` "
            "says which; one that is not up to date is brought there by `qingting serve`.",
            err=True,
        )
        return 2
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        click.echo(f"qingting: {error.strerror}{where}", err=True)
        return 2
    return 0


def _make(out: Path, keys_dir: Path | None) -> None:
    config = read_config()
    provider = ready(config)
    from qingting.site.backing_up import KEYS_KEPT
    from qingting.site.backing_up import make as make_backup

    made = make_backup(config, provider, out, keys_dir or out / "keys", datetime.now(UTC))
    click.echo(f"main database: {made.main} ({_size(made.main)})")
    click.echo(f"key database:  {made.keys} ({_size(made.keys)})")
    click.echo("Both were opened again and are whole.")
    for path in made.removed:
        click.echo(f"removed, older than {KEYS_KEPT.days} days: {path}")
    if keys_dir is None:
        click.echo("Keep the two folders on different disks: --keys-dir (docs/backup.md).")
    click.echo("The installation's key is in neither: keep a copy of it apart (docs/keys.md).")


def _verify(file: Path) -> None:
    config = read_config()
    provider = ready(config)
    from qingting.site.backing_up import check, work_folder

    with work_folder(config) as work:
        checked = check(file, provider, work)
    header = checked.header
    inside = f", {len(checked.keys.people)} people's keys" if checked.keys else ""
    made_at = f"{header.made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    click.echo(f"whole: {header.what} database ({header.how}), made {made_at}{inside}")


def ready(config: Config) -> KeyProvider:
    """Django set up and the parts put together. Raises ConfigError, or Refused without a key."""
    if not config.key_provider and not config.master_key and not config.master_key_file.exists():
        raise Refused(
            f"the installation's key is not at {config.master_key_file}; without it no backup can "
            "be made or opened"
        )
    import django

    django.setup(set_prefix=False)
    from qingting.site.keys import provider_of
    from qingting.site.wiring import wire

    wire(config)
    return provider_of(config)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1024:,.0f} KiB"

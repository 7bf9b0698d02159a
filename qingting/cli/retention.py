"""qingting retention: let go what is over its time (docs/privacy.md)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from qingting.site.config import Config, ConfigError, read_config

if TYPE_CHECKING:  # models are behind it, which Django's settings must come before
    from qingting.privacy.retention import Went


@click.group()
def retention() -> None:
    """How long things are kept (docs/privacy.md)."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
def run(dry_run: bool) -> None:
    """Remove for good what is over its time, and print how much of each kind went. The server
    does the same once a day."""
    sys.exit(_run(dry=dry_run))


def _run(*, dry: bool) -> int:
    """1 when a kind could not be done, 2 when the installation cannot be used."""
    try:
        config = read_config()
        if not config.secret_key and not config.secret_key_file.exists():
            return _failed(f"there is no installation in {config.data_dir}")
    except ConfigError as error:
        return _failed(str(error))
    import django
    from django.db import Error as DatabaseError

    django.setup(set_prefix=False)
    try:
        went = _went(config, dry=dry)
    except ConfigError as error:
        return _failed(str(error))
    except DatabaseError as error:
        # Not its message: a database may repeat values in it.
        return _failed(f"the databases cannot be used ({type(error).__name__})")
    for one in went:
        failed = f"  not now: {one.failed}" if one.failed else ""
        click.echo(f"{one.kind:<14} {one.number:>6}{failed}")
    return int(any(one.failed for one in went))


def _went(config: Config, *, dry: bool) -> list[Went]:
    from qingting.privacy.retention import COMMAND
    from qingting.site.persons_data import retention_of
    from qingting.site.wiring import wire

    wire(config)
    found = retention_of(config)
    return found.due() if dry else found.run(COMMAND)


def _failed(why: str) -> int:
    click.echo(f"qingting: {why}", err=True)
    return 2

"""qingting audit: check, show and export the audit log (docs/audit.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from qingting.privacy.audit_actions import Action
from qingting.site.config import Config, ConfigError, read_config

if TYPE_CHECKING:  # a model is behind it, which Django's settings must come before
    from qingting.privacy.audit_chain import Entry


_SINCE: Final = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Only from this day on (UTC)."
)


@click.group()
def audit() -> None:
    """Who did what, and when: the audit log (docs/audit.md)."""


@audit.command()
@click.option(
    "--expect", default=None, metavar="END", help="The end that an earlier check printed."
)
def verify(expect: str | None) -> None:
    """Check that no entry is missing or changed; exits with 1 and says where the first one is."""
    sys.exit(_with_installation(lambda config: _verify(config, expect)))


@audit.command()
@click.option("--subject", type=click.UUID, default=None, help="Only about this person.")
@click.option(
    "--action",
    type=click.Choice([str(one) for one in Action]),
    default=None,
    metavar="ACTION",
    help="Only this deed, such as conversation_read.",
)
@_SINCE
@click.option("--limit", default=200, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_lines", is_flag=True, help="As lines of JSON.")
def show(
    subject: UUID | None, action: str | None, since: datetime | None, limit: int, as_lines: bool
) -> None:
    """Show entries, newest first."""
    wanted = Action(action) if action is not None else None
    sys.exit(_with_installation(lambda _: _show(subject, wanted, since, limit, as_lines=as_lines)))


@audit.command()
@_SINCE
def export(since: datetime | None) -> None:
    """Write every entry as a line of JSON, oldest first."""
    sys.exit(_with_installation(lambda _: _export(since)))


def _with_installation(work: Callable[[Config], int]) -> int:
    try:
        config = read_config()
    except ConfigError as error:
        return _failed(str(error))
    if not config.secret_key and not config.secret_key_file.exists():
        return _failed(f"there is no installation in {config.data_dir}; qingting serve makes one")
    import django
    from django.db import Error as DatabaseError

    django.setup(set_prefix=False)
    from qingting.privacy.errors import StorageError

    try:
        return work(config)
    except (DatabaseError, OSError) as error:
        # Not its message: a database may repeat values in it.
        return _failed(f"the databases cannot be used ({type(error).__name__})")
    except (StorageError, ConfigError) as error:
        return _failed(str(error))


def _verify(config: Config, expected: str | None) -> int:
    from qingting.privacy.audit_verify import WHY, Mark, verify
    from qingting.privacy.installation import Installation
    from qingting.site.keys import provider_of

    try:
        mark = Mark.read(expected) if expected is not None else None
    except ValueError:
        return _failed("--expect takes an end as `qingting audit verify` prints it")
    verdict = verify(Installation(provider_of(config)).key("audit"), mark)
    for one in verdict.restored:
        click.echo(
            f"note: a backup was restored at entry {one.entry}; the log had had {one.had} entries"
        )
    if verdict.why is not None:
        click.echo(f"broken at entry {verdict.broken}: {WHY[verdict.why]}")
        held = (
            f"the {verdict.end.seq} entries before it hold"
            if verdict.broken == verdict.end.seq + 1
            else f"{verdict.end.seq} entries were read"
        )
        click.echo(f"{held}; {verdict.noted} had been noted")
        return 1
    click.echo(f"whole: {verdict.end.seq} entries, none missing, none changed")
    click.echo(f"end: {verdict.end}")
    click.echo("Write the end down elsewhere; next time: qingting audit verify --expect END")
    return 0


def _show(
    subject: UUID | None,
    action: Action | None,
    since: datetime | None,
    limit: int,
    *,
    as_lines: bool,
) -> int:
    from qingting.privacy.audit_reading import as_json, entries

    for one in entries(subject=subject, action=action, since=_in_utc(since), limit=limit):
        click.echo(as_json(one) if as_lines else _line(one))
    return 0


def _line(one: Entry) -> str:
    by = f"{one.by_kind}:{one.by_ref}" if one.by_ref else one.by_kind
    about = f" subject {one.subject}" if one.subject else ""
    what = f" object {one.object_ref}" if one.object_ref else ""
    moment = one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"{one.seq:>6}  {moment}Z  {one.action:<22} by {by}{about}{what}"


def _export(since: datetime | None) -> int:
    from qingting.privacy.audit_reading import as_json, in_order

    for one in in_order(since=_in_utc(since)):
        click.echo(as_json(one))
    return 0


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None else None


def _failed(why: str) -> int:
    click.echo(f"qingting: {why}", err=True)
    return 1

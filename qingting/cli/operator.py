"""qingting operator and qingting notice: who runs the installation, and what everybody is told
ahead (docs/roles.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import click

from qingting.site.config import Config, ConfigError, read_config

_KINDS: Final = ["model_change", "persona_change", "ending"]


@click.group()
def operator() -> None:
    """Who runs this installation (docs/roles.md)."""


@operator.command("create")
@click.option("--another", is_flag=True, help="Although there is an operator already.")
def create(another: bool) -> None:
    """Print a link that makes an operator's account: good for a day, for one use."""
    sys.exit(_with_installation(lambda config: _create(config, another=another)))


@operator.command("list")
def list_operators() -> None:
    """Who holds the role."""
    sys.exit(_with_installation(_list))


@operator.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Take the role from an operator, by the name they sign in with."""
    sys.exit(_with_installation(lambda _: _revoke(name)))


@click.group()
def notice() -> None:
    """What everybody is told on the first page, ahead of a change (docs/roles.md)."""


@notice.command("set")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day.")
@click.option("--kind", type=click.Choice(_KINDS), required=True)
@click.argument("text_zh")
@click.argument("text_en")
def notice_set(since: datetime, kind: str, text_zh: str, text_en: str) -> None:
    """Show a line from a day on; it takes the place of an older one of its kind."""
    sys.exit(_with_installation(lambda _: _set(since, kind, text_zh, text_en)))


@notice.command("end")
@click.option("--kind", type=click.Choice(_KINDS), required=True)
def notice_end(kind: str) -> None:
    """Show it no more."""
    sys.exit(_with_installation(lambda _: _end(kind)))


@notice.command("list")
def notice_list() -> None:
    """The lines there are, and from when on each is shown."""
    sys.exit(_with_installation(_notices))


def _create(config: Config, *, another: bool) -> int:
    from qingting.people.first_operator import OperatorExists, make_link

    try:
        code = make_link(datetime.now(UTC), another=another)
    except OperatorExists:
        return _failed("there is an operator already; --another makes one more")
    root = config.public_url.rstrip("/") or "http://127.0.0.1:8000"
    click.echo(f"{root}/staff/begin/{code}/")
    click.echo(
        "Good for 24 hours and for one use. Whoever opens it first has the account.", err=True
    )
    return 0


def _list(_: Config) -> int:
    from qingting.people.first_operator import operators

    found = operators(datetime.now(UTC))
    for one in found:
        click.echo(f"{one.account.username:<32} since {one.given_at:%Y-%m-%d} by {one.given_by}")
    if not found:
        click.echo("nobody; qingting operator create makes one")
    return 0


def _revoke(name: str) -> int:
    from qingting.people.first_operator import revoke as take

    if not take(name.strip().lower(), datetime.now(UTC)):
        return _failed("nobody of that name is an operator")
    click.echo("taken")
    return 0


def _set(since: datetime, kind: str, text_zh: str, text_en: str) -> int:
    from qingting.people.notices import Kind, put_up
    from qingting.privacy.audit import By

    zh, en = (" ".join(one.split()) for one in (text_zh, text_en))
    if not zh or not en:
        return _failed("both languages need words")
    put_up(Kind(kind), since.date(), zh, en, By("command", "notice"))
    click.echo(f"shown from {since:%Y-%m-%d} on")
    return 0


def _end(kind: str) -> int:
    from qingting.people.notices import Kind, take_down
    from qingting.privacy.audit import By

    if not take_down(Kind(kind), By("command", "notice")):
        return _failed("there is none of that kind")
    click.echo("not shown any more")
    return 0


def _notices(_: Config) -> int:
    from qingting.people.notices import standing

    for kind, since, words in standing():
        click.echo(f"{since}  {kind}  {words['zh']}  |  {words['en']}")
    return 0


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
    from qingting.site.wiring import wire

    try:
        wire(config)
        return work(config)
    except DatabaseError as error:
        # Not its message: a database may repeat values in it.
        return _failed(f"the databases cannot be used ({type(error).__name__})")
    except (StorageError, ConfigError) as error:
        return _failed(str(error))


def _failed(why: str) -> int:
    click.echo(f"qingting: {why}", err=True)
    return 1

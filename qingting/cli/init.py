"""qingting init: a few questions, and the settings they make (docs/policy.md). None is needed:
qingting serve runs without an answer."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Final

import click

from qingting.companion.person import Language
from qingting.site.config import Config, ConfigError, read_config

_AUDIENCES: Final = click.Choice(["school", "clinic", "minors", "public"])


@click.command()
@click.option("--place", default=None, help="Country code or pack (CN, US-CA); '' for none.")
@click.option("--audience", type=_AUDIENCES, default=None, help="For whom it is.")
@click.option("--contact", default=None, help="How people reach you; '' for no way.")
@click.option("--mail", default=None, help="Mail server, smtp://…; '' for none.")
@click.option("--mail-from", default=None, help="Address that letters come from.")
@click.option("--exports", is_flag=True, help="Print lines for a shell; write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--language", type=click.Choice(["zh", "en"]), default=None)
def init(
    place: str | None,
    audience: str | None,
    contact: str | None,
    mail: str | None,
    mail_from: str | None,
    exports: bool,
    yes: bool,
    language: Language | None,
) -> None:
    """Ask whose rules hold here, for whom it is and how you are reached, and write it down."""
    from qingting.cli.policy import spoken
    from qingting.policy.operator_words import said

    told = spoken(language)
    try:
        config = read_config()

        def asked(key: str, given: str | None, default: str) -> str:
            if given is not None:
                return given.strip()
            text: str = click.prompt(said(told, "setup", key), default=default, show_default=True)
            return text.strip()

        click.echo(said(told, "setup", "advice"), err=True)
        where = asked("place", place, config.place)
        whom = audience or click.prompt(
            said(told, "setup", "audience"), type=_AUDIENCES, default="public"
        )
        reached = asked("contact", contact, config.contact)
        # It may hold a password: one that is there already is neither shown nor asked for.
        keeps = mail is None and bool(config.smtp_url)
        server = config.smtp_url if keeps else asked("mail", mail, "")
        sender = asked("mail_from", mail_from, config.mail_from) if server else ""
        sys.exit(
            _set(config, (where, whom, reached, server, sender), told, exports=exports, yes=yes)
        )
    except ConfigError as error:
        click.echo(f"qingting: {error}", err=True)
        sys.exit(2)


def _set(
    config: Config,
    answers: tuple[str, str, str, str, str],
    language: Language,
    *,
    exports: bool,
    yes: bool,
) -> int:
    import shlex

    from qingting.cli.policy import print_changes
    from qingting.policy.operator_words import said
    from qingting.policy.packs.shelf import DEFAULT
    from qingting.site import policy_setup, settings_file

    place = answers[0]
    if place and not policy_setup.packs_of(place, "public"):
        click.echo(said(language, "setup", "unknown", place=place), err=True)
    settings = policy_setup.settings_for(*answers)
    after = settings["QINGTING_POLICY"] or DEFAULT
    if exports:
        for name, value in settings.items():
            click.echo(f"export {name}={shlex.quote(value)}" if value else f"unset {name}")
        return 0
    click.echo(said(language, "setup", "changes"))
    print_changes(config, (config.policy, after), datetime.now(UTC).date(), language)
    if not yes and not click.confirm(said(language, "setup", "write"), default=True):
        click.echo(said(language, "setup", "kept"))
        return 1
    try:
        path = settings_file.write(config.data_dir, settings)
    except (settings_file.BadFile, OSError) as error:
        raise ConfigError(str(error)) from error
    click.echo(said(language, "setup", "written", path=path))
    click.echo(said(language, "setup", "next"))
    return 0

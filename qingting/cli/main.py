"""The qingting command."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from qingting import __version__
from qingting.cli.audit import audit
from qingting.cli.init import init
from qingting.cli.operator import notice, operator
from qingting.cli.policy import policy
from qingting.cli.retention import retention
from qingting.cli.safekeeping import backup, keys, restore
from qingting.companion.person import Language
from qingting.companion.understand.learned.labels import LabelSet


@click.group()
@click.version_option(__version__, prog_name="qingting")
def main() -> None:
    """Qingting (倾听): a companion that listens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingting.site.settings")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at; 0 picks one.")
def serve(host: str, port: int) -> None:
    """Run the pages. Makes the databases and secrets at the first start."""
    from qingting.cli.serve import run

    sys.exit(run(host, port))


@main.command()
def worker() -> None:
    """Send letters and keep their timers (docs/telling.md). Where mail is set up, serve does it."""
    from qingting.cli.worker import run

    sys.exit(run())


@main.command()
def doctor() -> None:
    """Tell what is configured, what works, and what to do next."""
    from qingting.cli.doctor import examine

    sys.exit(examine())


@main.command()
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=None,
    help="Language to begin in; your terminal's by default.",
)
@click.option(
    "--responder", type=click.Choice(["guided", "model"]), default="guided", show_default=True
)
@click.option("--voice", default="plain", show_default=True, help="How it sounds: su_shi, dry…")
def chat(language: str | None, responder: str, voice: str) -> None:
    """Talk in the terminal. Nothing is kept: closing it forgets it."""
    from qingting.cli.chat import talk
    from qingting.companion.voice.words import names_of_all

    if voice not in names_of_all():
        raise click.BadParameter(f"one of {', '.join(names_of_all())}", param_hint="--voice")
    sys.exit(talk(language, responder, voice))


@main.command()
@click.option(
    "--responder", type=click.Choice(["guided", "model"]), default="guided", show_default=True
)
def converse(responder: str) -> None:
    """Run scripted conversations: JSON lines in, JSON lines out (docs/converse.md)."""
    from qingting.cli.converse import run

    sys.exit(run(sys.stdin, sys.stdout, responder))


@main.command()
@click.option(
    "--labels",
    type=click.Choice(["qingting", "goemotions", "brighter"]),
    default="qingting",
    show_default=True,
    help="The set of labels in which feelings are named.",
)
def understand(labels: LabelSet) -> None:
    """Read messages: JSON lines in, JSON lines out (docs/understand.md)."""
    from qingting.cli.understand import run

    # JSON is UTF-8 whatever the terminal speaks; bytes that are no text become "?" signs.
    with (
        open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines,
        open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out,
    ):
        sys.exit(run(lines, out, labels))


@main.command()
def guard() -> None:
    """Judge replies: JSON lines in, JSON lines out (docs/guard.md)."""
    from qingting.cli.guard import run

    sys.exit(run(sys.stdin, sys.stdout))


@main.command()
def sbom() -> None:
    """List what it is made of: CycloneDX JSON (docs/security/README.md)."""
    from qingting.cli.sbom import write

    click.echo(write(), nl=False)


@main.group()
def content() -> None:
    """What Qingting says: the files in qingting/content (docs/content.md)."""


@content.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=None,
    help="Language of the findings; your terminal's by default.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day to count from, like 2026-09-01.",
)
def check(path: Path | None, language: Language | None, today: datetime | None) -> None:
    """Say in plain words what is wrong with a folder or file of content; the installed content
    where none is named."""
    from qingting.cli.content import run

    sys.exit(run(path, language, (today or datetime.now(UTC)).date()))


main.add_command(audit)
main.add_command(operator)
main.add_command(notice)
main.add_command(retention)
main.add_command(keys)
main.add_command(backup)
main.add_command(restore)
main.add_command(policy)
main.add_command(init)

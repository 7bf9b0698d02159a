"""The commands that keep things safe: keys, backup, restore. What they do is in keys.py, backup.py
and restore.py, read only when asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def keys() -> None:
    """The installation's key, which locks everybody's keys (docs/keys.md)."""


@keys.command("status")
def keys_status() -> None:
    """Tell how many keys are under which version of the installation's key."""
    from qingting.cli.keys import status

    sys.exit(status())


@keys.command("rotate")
@click.option("--new-key", type=_FILE, help="Take the new key from this file; else one is made.")
@click.option(
    "--restarted",
    is_flag=True,
    help="For a key given by the environment: every server was started with both keys.",
)
def keys_rotate(new_key: Path | None, restarted: bool) -> None:
    """Put a new key in the place of the current one, while people go on talking. May be killed and
    run again."""
    from qingting.cli.keys import rotate

    sys.exit(rotate(new_key, restarted=restarted))


@keys.command("retire")
@click.confirmation_option(
    prompt="Backups made under older keys will not open any more. Forget the older keys?"
)
def keys_retire() -> None:
    """Forget older keys, once nothing is under them."""
    from qingting.cli.keys import retire

    sys.exit(retire())


class _MakesByDefault(click.Group):
    """`qingting backup FOLDER` is `qingting backup make FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See click."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_MakesByDefault, subcommand_metavar="OUT_DIR | verify FILE")
def backup() -> None:
    """Copy everything while the server runs: `qingting backup OUT_DIR` (docs/backup.md)."""


@backup.command("make")
@click.argument("out_dir", type=_FOLDER)
@click.option(
    "--keys-dir",
    type=_FOLDER,
    help="Where key backups go, best on another disk; OUT_DIR/keys by default. Those there that "
    "are older than 30 days are removed.",
)
def backup_make(out_dir: Path, keys_dir: Path | None) -> None:
    """Back up both databases, encrypted, and open the copies again to see that they are whole."""
    from qingting.cli.backup import make

    sys.exit(make(out_dir, keys_dir))


@backup.command("verify")
@click.argument("file", type=_FILE)
def backup_verify(file: Path) -> None:
    """Open a backup to its end, and tell whether it is whole."""
    from qingting.cli.backup import verify

    sys.exit(verify(file))


@click.command()
@click.argument("backup", type=_FILE)
@click.option("--keys", type=_FILE, help="A key backup; without it the key database stays.")
@click.option("--into", type=_FOLDER, help="Another data folder than this installation's.")
@click.option("--replace", is_flag=True, help="Put it in the place of what is there.")
@click.option(
    "--accept-missing", is_flag=True, help="Restore although some people have no key any more."
)
def restore(
    backup: Path, keys: Path | None, into: Path | None, replace: bool, accept_missing: bool
) -> None:
    """Bring a backup back. Everything is checked before anything is replaced, and whoever was
    erased stays erased."""
    from qingting.cli.restore import restore as bring_back

    sys.exit(bring_back(backup, keys, into, replace=replace, accept_missing=accept_missing))

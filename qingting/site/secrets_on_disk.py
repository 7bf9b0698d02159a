"""The first run: a data folder only its owner can enter, and the secrets that go into it."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from qingting.site.config import Config, ConfigError


def prepare(config: Config) -> None:
    """Make the data folder (0700) and generate the secrets that are missing.

    An installation that already has people never gets a new master key: a fresh key would open
    nothing and hide that the old one is lost. Raises ConfigError when the folder cannot be made.
    """
    try:
        for folder in (config.data_dir, config.data_dir / "secrets", config.data_dir / "keys"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        config.data_dir.chmod(0o700)
        if not config.secret_key:
            _generate(config.secret_key_file, secrets.token_urlsafe(48))
        if not config.master_key and not config.key_provider and not _is_old(config):
            config.master_key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _generate(config.master_key_file, base64.b64encode(os.urandom(32)).decode())
    except OSError as error:
        if config.secret_key or config.secret_key_file.exists():
            return  # a read-only disk: answer with what is there
        raise ConfigError(
            f"the data folder {config.data_dir} cannot be used: {error.strerror}. "
            "Set QINGTING_DATA_DIR to a folder this user may write."
        ) from error


def _is_old(config: Config) -> bool:
    """Whether keys of people may be kept already. A database that does not answer may hold some."""
    if config.keys_database.startswith("sqlite"):
        databases = (config.keys_database, config.main_database)
        return any(file_of(one).exists() for one in databases if one.startswith("sqlite"))
    if config.master_key_file.exists():
        return True
    import psycopg  # only for PostgreSQL, and only while there is no key

    try:
        with psycopg.connect(config.keys_database, connect_timeout=3) as connection:
            found = connection.execute("SELECT 1 FROM privacy_personkey LIMIT 1").fetchone()
    except psycopg.errors.UndefinedTable:
        return False
    except psycopg.Error:
        return True
    return found is not None


def file_of(address: str) -> Path:
    """The file of an SQLite database's address."""
    return Path(unquote(urlsplit(address).path[1:]))


def _generate(path: Path, value: str) -> None:
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value + "\n")

